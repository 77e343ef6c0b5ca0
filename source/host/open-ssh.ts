import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {BenchError} from '../core/errors.ts';

/**
Runs one of OpenSSH's own programs and gives back what it printed; undefined where it said no (an exit code).

@throws BenchError where the program is not installed.
*/
export async function runOpenSsh(program: 'ssh' | 'ssh-keygen', words: readonly string[], address: string): Promise<{readonly stdout: string} | {readonly refusal: string}> {
	try {
		return await promisify(execFile)(program, [...words], {timeout: 10_000});
	} catch (error) {
		const {code, stderr} = error as {readonly code?: unknown; readonly stderr?: string};
		if (code === 'ENOENT') {
			throw new BenchError(
				'host',
				`${address}: there is no program ${program} on this machine, which benchdeck reads SSH's settings and known hosts with; install OpenSSH's client (openssh-client).`,
				{cause: error},
			);
		}

		return {refusal: (stderr ?? '').trim().split('\n', 1)[0] ?? ''};
	}
}
