import {lstatSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {BenchError} from '../core/errors.ts';
import {systemReason} from './system-reason.ts';

/**
Writes a file whole or not at all: under a temporary name beside it, then renamed. What is there already
and is no file (a link, `/dev/stdout`) is written to as it is. The recorder's thread has nothing to do meanwhile: it waits
itself, which is over sooner than other threads would have said so.

@throws {BenchError} Where the directory is missing, read-only or full.
*/
export function writeFileWhole(path: string, text: string): void {
	const temporary = temporaryName(path);
	try {
		if (isSpecial(path)) {
			writeFileSync(path, text);
			return;
		}

		writeFileSync(temporary, text);
		renameSync(temporary, path);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw cannotWrite(path, error);
	}
}

function isSpecial(path: string): boolean {
	return lstatSync(path, {throwIfNoEntry: false})?.isFile() === false;
}

/** Beside the file, so that the rename stays within a file system; hidden, so that nobody takes it for the file. */
export function temporaryName(path: string): string {
	const slash = path.lastIndexOf('/') + 1;
	return `${path.slice(0, slash)}.${path.slice(slash)}.${process.pid}.part`;
}

export function cannotWrite(path: string, cause: unknown): BenchError {
	return new BenchError('recorder', `${path} cannot be written (${systemReason(cause)}); nothing was removed.`, {cause});
}

/** Makes the names in a directory durable: rows may be removed once what they became has its name. */
export async function syncDirectory(path: string): Promise<void> {
	try {
		const directory = await open(path);
		try {
			await directory.sync();
		} finally {
			await directory.close();
		}
	} catch {
		// A file system that cannot flush a directory keeps its names itself.
	}
}
