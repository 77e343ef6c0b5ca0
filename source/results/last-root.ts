/*
Where suites were written last: a small file in the person's state folder, so that `benchdeck browse` opens there from
anywhere. It is a convenience: nothing fails where it cannot be read or written.
*/
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {isObject} from '../core/json.ts';
import {writeWhole} from '../directory/write-whole.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_STATE_HOME/benchdeck`, by default `~/.local/state/benchdeck`. A relative value is ignored, as the XDG specification asks. */
function stateFolder(env: Environment): string {
	const base = env['XDG_STATE_HOME'] ?? '';
	return path.join(path.isAbsolute(base) ? base : path.join(os.homedir(), '.local', 'state'), 'benchdeck');
}

/** The directory that suites were written to last, absolute; undefined where none is known, or where it is gone. */
export async function readLastRoot(env: Environment): Promise<string | undefined> {
	try {
		const content = JSON.parse(await fs.readFile(stateFile(env), 'utf8')) as unknown;
		const root = isObject(content) ? content['suiteDirectory'] : undefined;
		return typeof root === 'string' && (await fs.stat(root)).isDirectory() ? root : undefined;
	} catch {
		return undefined;
	}
}

/** Remembers the directory that a suite is written to. Never rejects. */
export async function rememberRoot(root: string, env: Environment): Promise<void> {
	try {
		await fs.mkdir(stateFolder(env), {recursive: true});
		await writeWhole(stateFile(env), `${JSON.stringify({suiteDirectory: path.resolve(root)}, undefined, '\t')}\n`);
	} catch {
		// A home that is read-only or full costs the default, not the run.
	}
}

function stateFile(env: Environment): string {
	return path.join(stateFolder(env), 'last-root.json');
}
