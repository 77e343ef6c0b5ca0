import {lstat, open, rename, rm, writeFile} from 'node:fs/promises';
import {BenchError} from '../core/errors.ts';
import {systemReason} from './system-reason.ts';

/**
Writes a file whole or not at all: under a temporary name beside it, then renamed. What is there already
and is no file (a link, `/dev/stdout`) is written to as it is.

@throws {BenchError} Where the directory is missing, read-only or full.
*/
async function writeFileWhole(path: string, text: string): Promise<void> {
	const temporary = temporaryName(path);
	try {
		if (await isSpecial(path)) {
			await writeFile(path, text);
			return;
		}

		await writeFile(temporary, text);
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, {force: true});
		throw cannotWrite(path, error);
	}
}

/** Writes several files at once, for each waits for the disk; when one cannot be written the others are there, or gone. */
export async function writeFiles(files: ReadonlyArray<{readonly path: string; readonly text: string}>): Promise<void> {
	const written = await Promise.allSettled(files.map(async ({path, text}) => writeFileWhole(path, text)));
	for (const result of written) {
		if (result.status === 'rejected') {
			throw result.reason instanceof Error ? result.reason : new Error(String(result.reason));
		}
	}
}

async function isSpecial(path: string): Promise<boolean> {
	try {
		return !(await lstat(path)).isFile();
	} catch {
		return false;
	}
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
