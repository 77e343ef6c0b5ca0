import {type Stats} from 'node:fs';
import {open, stat, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {type ByteSource} from '../core/byte-source.ts';
import {BenchError} from '../core/errors.ts';

type Opened = {readonly handle: FileHandle; readonly inode: number};

export type LocalFileOptions = {
	/** @default the file's own name */
	readonly name?: string;
	/**
	How often a watched file is looked at. Looking is a `stat`: unlike `fs.watch` it also sees what another machine
	writes to a shared disk.

	@default 150
	*/
	readonly pollMs?: number;
	/** Whether nothing is expected to change: a watched file is then looked at every few seconds. */
	readonly isAtRest?: () => boolean;
};

const restMs = 3000;

/**
A file on this machine. One that is not there yet is empty; one that was replaced by another of the same name is read
anew; one that was cut is as long as it is now.
*/
export function localFile(file: string, {name = path.basename(file), pollMs = 150, isAtRest = () => false}: LocalFileOptions = {}): ByteSource {
	let opened: Promise<Opened | undefined> | undefined;
	let isClosed = false;

	const close = async () => {
		const last = opened;
		opened = undefined;
		const {handle} = await last?.catch(() => undefined) ?? {};
		await handle?.close().catch(() => undefined);
	};

	const handleOf = async (): Promise<FileHandle | undefined> => {
		opened ??= openFile(file);
		const found = await opened;
		if (!found) {
			opened = undefined;
		}

		return found?.handle;
	};

	return {
		name,
		async size() {
			const found = await statOf(file);
			if (!found) {
				return 0;
			}

			const last = await opened?.catch(() => undefined);
			if (last && last.inode !== found.ino) {
				await close();
			}

			return found.size;
		},
		async read(offset, length, into) {
			try {
				const handle = isClosed ? undefined : await handleOf();
				if (!handle || length <= 0) {
					return new Uint8Array();
				}

				const bytes = into ? Buffer.from(into.buffer, into.byteOffset, length) : Buffer.allocUnsafeSlow(length);
				return bytes.subarray(0, await fill(handle, bytes, offset));
			} catch (error) {
				throw unreadable(file, error);
			}
		},
		async writtenAt() {
			return (await statOf(file))?.mtimeMs;
		},
		watch(onChange) {
			let last: string | undefined;
			const look = async () => {
				const found = await statOf(file).catch(() => undefined);
				const now = found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
				// The first look calls back too: it may have changed before it.
				quietLooks = now === last ? quietLooks + 1 : 0;
				if (now !== last) {
					onChange();
				}

				last = now;
			};

			// A hundred logs that are silent cost little: after some looks in vain the next one takes its time.
			let quietLooks = 0;
			let timer: NodeJS.Timeout;
			const lookAgain = () => {
				const quietMs = isAtRest() ? restMs : pollMs * 3;
				timer = setTimeout(() => {
					void look();
					lookAgain();
				}, Math.max(100, quietLooks < 10 ? pollMs : quietMs));
				timer.unref();
			};

			void look();
			lookAgain();
			return () => {
				clearTimeout(timer);
			};
		},
		async close() {
			isClosed = true;
			await close();
		},
	};
}

/** Reads until the buffer is full or the file ends; a read may return less than it was asked for. */
async function fill(handle: FileHandle, bytes: Buffer, offset: number): Promise<number> {
	let filled = 0;
	while (filled < bytes.length) {
		const {bytesRead} = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
		if (bytesRead === 0) {
			break;
		}

		filled += bytesRead;
	}

	return filled;
}

async function openFile(file: string): Promise<Opened | undefined> {
	// A pipe would block the open until somebody writes: look at what it is first.
	if (!await statOf(file)) {
		return undefined;
	}

	try {
		const handle = await open(file, 'r');
		return {handle, inode: (await handle.stat()).ino};
	} catch (error) {
		if (isMissing(error)) {
			return undefined;
		}

		throw error;
	}
}

async function statOf(file: string): Promise<Stats | undefined> {
	try {
		const found = await stat(file);
		if (!found.isFile()) {
			throw new BenchError('directory', `${file} is ${found.isDirectory() ? 'a directory' : 'no regular file'}, where a log should be.`);
		}

		return found;
	} catch (error) {
		if (isMissing(error)) {
			return undefined;
		}

		throw unreadable(file, error);
	}
}

function unreadable(file: string, error: unknown): BenchError {
	if (error instanceof BenchError) {
		return error;
	}

	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
	return new BenchError('directory', `${file} cannot be read (${code}); check its owner and mode.`, {cause: error});
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
