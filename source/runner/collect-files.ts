/*
What a benchmark left on a host that does not share the suite directory comes to this machine: everything in its directory
there, four files at a time, sizes checked.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {errorCode} from '../directory/directory-error.ts';
import {mapLimited} from '../directory/map-limited.ts';

const atATime = 4;
const listMs = 30_000;

export type Collected = {
	readonly files: number;
	readonly bytes: number;
	/** One sentence for each file that did not come over whole. */
	readonly failures: readonly string[];
};

/**
Copies all that is in a directory of a host into one of this machine. What fails is told in the answer; it rejects only where
the directory cannot be listed.

@param host
@param from
@param to
@param sent Names that were sent there, which need not come back.
*/
export async function collectFiles(host: Host, from: string, to: string, sent: ReadonlySet<string>): Promise<Collected> {
	const listed = await listFiles(host, from);
	const wanted = listed.filter(({name}) => !sent.has(name));
	const failures: string[] = [];
	let bytes = 0;
	await mapLimited(wanted, atATime, async file => {
		try {
			const whole = path.join(to, ...file.name.split('/'));
			await fs.mkdir(path.dirname(whole), {recursive: true});
			await bring(host, `${from}/${file.name}`, await takeName(whole, host.address));
			bytes += file.bytes;
		} catch (error) {
			failures.push(messageOf(error));
		}
	});
	return {files: wanted.length - failures.length, bytes, failures};
}

/** Regular files below a directory, with names relative to it; none where there is no such directory. */
async function listFiles(host: Host, directory: string): Promise<ReadonlyArray<{readonly name: string; readonly bytes: number}>> {
	// BSD's stat has other words for the same.
	const script = 'cd "$1" 2>/dev/null || exit 0; find . -type f -exec sh -c \'stat -c "%s %n" "$@" 2>/dev/null || stat -f "%z %N" "$@"\' sh {} +';
	const {returnCode, stdout, stderr} = await host.run(['sh', '-c', script, 'sh', directory], {timeoutMs: listMs});
	if (returnCode !== 0 && stdout === '') {
		throw new BenchError('host', `${host.address}: cannot list ${directory}: ${stderr.trim().split('\n', 1)[0]!}.`);
	}

	return stdout.split('\n').flatMap(line => {
		const {bytes, name} = /^(?<bytes>\d+) \.\/(?<name>.+)$/.exec(line)?.groups ?? {};
		// A host does not get to write beside the benchmark directory.
		return bytes === undefined || name === undefined || name.split('/').includes('..') ? [] : [{name, bytes: Number(bytes)}];
	});
}

async function bring(host: Host, from: string, to: string): Promise<void> {
	try {
		await host.files.download(from, to);
	} catch (error) {
		// Nothing has come: when the host is back, the file takes its own name again.
		const {size} = await fs.stat(to);
		if (size === 0) {
			await fs.rm(to);
		}

		throw error;
	}
}

// Two hosts may each have dropped a `core`, and both come home at the same time: who makes the file has the name.
async function takeName(file: string, address: string): Promise<string> {
	try {
		const handle = await fs.open(file, 'wx');
		await handle.close();
		return file;
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') {
			throw error;
		}

		return `${file}.${address.replaceAll(/[^\w\-.]/g, '_')}`;
	}
}
