import {Buffer} from 'node:buffer';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';

// Of `sun_path`: 108 bytes on Linux, 104 on macOS, a NUL among them.
const maxPathBytes = 103;

/** How the directory of a socket begins, and the socket's own name. */
export const socketDirectory = 'benchdeck-';
export const socketName = 'control';

export type SocketPlace = {readonly path: string; remove(): Promise<void>};

/**
A place for a control socket, in a directory of its own that nobody else may enter: in $XDG_RUNTIME_DIR, else in the
temporary folder.

@throws BenchError `host` where there is none that a socket's name fits into.
*/
export async function createSocketPlace(bases: readonly string[] = usualBases()): Promise<SocketPlace> {
	for (const base of bases) {
		if (Buffer.byteLength(path.join(base, `${socketDirectory}XXXXXX`, socketName)) > maxPathBytes) {
			continue;
		}

		try {
			// It is made with mode 0700.
			const directory = await fs.mkdtemp(path.join(base, socketDirectory));
			return {
				path: path.join(directory, socketName),
				async remove() {
					await fs.rm(directory, {recursive: true, force: true}).catch(() => undefined);
				},
			};
		} catch {
			// Not there, or not ours to write in: the next one.
		}
	}

	throw new BenchError('host', `There is no place for the control socket in ${bases.join(', ')}: set XDG_RUNTIME_DIR to a short path that you can write.`);
}

function usualBases(): readonly string[] {
	const runtime = process.env['XDG_RUNTIME_DIR'];
	return [...new Set([...(runtime ? [runtime] : []), os.tmpdir(), '/tmp'])];
}
