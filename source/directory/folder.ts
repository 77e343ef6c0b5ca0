/*
A directory, read for what it is: whatever is missing, cut, unreadable or of the wrong kind becomes a warning.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {gunzipSync, constants as zlib} from 'node:zlib';
import {isObject, type JsonObject} from '../core/json.ts';
import {reasonOf} from './directory-error.ts';

export type Folder = {
	readonly path: string;
	/** Files, directories and all else in it. */
	readonly names: ReadonlySet<string>;
	/** In bytes; undefined where there is no such file. */
	size(name: string): Promise<number | undefined>;
	/** Epoch ms; undefined where there is nothing of the name. */
	modifiedAt(name: string): Promise<number | undefined>;
	/** A file's content, unpacked where it is gzip. Undefined with a warning where it cannot be read, without one where there is none. */
	text(name: string): Promise<string | undefined>;
	/** A JSON object. */
	json(name: string): Promise<JsonObject | undefined>;
	/** The last `length` bytes of a file. */
	tail(name: string, length: number): Promise<string>;
	isDirectory(name: string): Promise<boolean>;
	warn(message: string): void;
};

// What these files hold is kilobytes, a night's journal some megabytes; more than this is something else.
const maxBytes = 256 * 1024 * 1024;

/**
Opens a directory.

@param directory
@param prefix What its files are called in warnings: `` or `001/`.
@param warnings Where warnings go.
@throws The system's error where it cannot be listed.
*/
export async function openFolder(directory: string, prefix: string, warnings: string[]): Promise<Folder> {
	const names: ReadonlySet<string> = new Set(await fs.readdir(directory));
	const file = (name: string) => path.join(directory, name);
	const warn = (name: string, problem: string) => {
		warnings.push(`${prefix}${name}: ${problem}`);
	};

	const text = async (name: string) => {
		if (!names.has(name)) {
			return undefined;
		}

		try {
			// Asked before it is opened: a pipe would wait for a writer.
			const stats = await fs.stat(file(name));
			if (!stats.isFile()) {
				warn(name, 'is not a file');
				return undefined;
			}

			if (stats.size > maxBytes) {
				warn(name, `is too large to be what its name says (${stats.size} bytes)`);
				return undefined;
			}

			return decode(await fs.readFile(file(name)));
		} catch (error) {
			warn(name, `cannot be read: ${reasonOf(error)}`);
			return undefined;
		}
	};

	return {
		path: directory,
		names,
		text,
		warn(message) {
			warnings.push(prefix + message);
		},
		async size(name) {
			const stats = names.has(name) ? await statOf(file(name)) : undefined;
			return stats?.isFile() ? stats.size : undefined;
		},
		modifiedAt: async name => (await statOf(file(name)))?.mtimeMs,
		isDirectory: async name => (await statOf(file(name)))?.isDirectory() ?? false,
		async json(name) {
			const content = await text(name);
			if (content === undefined) {
				return undefined;
			}

			try {
				const value = JSON.parse(content) as unknown;
				if (isObject(value)) {
					return value as JsonObject;
				}

				warn(name, 'does not hold an object');
			} catch {
				warn(name, content.trim() === '' ? 'is empty' : 'is not JSON; it may be cut');
			}

			return undefined;
		},
		tail: async (name, length) => readTail(file(name), length),
	};
}

async function statOf(file: string) {
	try {
		return await fs.stat(file);
	} catch {
		return undefined;
	}
}

async function readTail(file: string, length: number): Promise<string> {
	try {
		const stats = await fs.stat(file);
		if (!stats.isFile()) {
			return '';
		}

		const handle = await fs.open(file);
		try {
			const {buffer, bytesRead} = await handle.read({buffer: new Uint8Array(length), position: Math.max(0, stats.size - length)});
			return new TextDecoder().decode(buffer.subarray(0, bytesRead));
		} finally {
			await handle.close();
		}
	} catch {
		return '';
	}
}

// A cut gzip file gives what is in it.
function decode(content: Uint8Array): string {
	const isGzip = content[0] === 0x1F && content[1] === 0x8B;
	return new TextDecoder().decode(isGzip ? gunzipSync(content, {finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: maxBytes}) : content);
}
