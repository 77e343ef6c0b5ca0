import {closeSync, createReadStream, fstatSync, openSync, readSync} from 'node:fs';
import {pipeline} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Header, parseHeader} from './header.ts';
import {NoRowsError} from './no-rows-error.ts';
import {type RecorderFile} from './request.ts';
import {systemReason} from './system-reason.ts';

/** A file and what its first bytes say. */
export type OpenedFile = {
	readonly isGzip: boolean;
	/** On disk. */
	readonly bytes: number;
	readonly header: Header;
	/** Where the first row begins, in what a compressed file unpacks to. */
	readonly headerBytes: number;
};

const headBytes = 65_536;

/**
Looks at the beginning of a recorder file.

@throws {NoRowsError} Where it is missing, empty, or ends within its header.
@throws {BenchError} Where it cannot be read or is no recorder file.
*/
export async function openRecorderFile(file: RecorderFile): Promise<OpenedFile> {
	const {head, bytes} = readHead(file);
	const isGzip = head[0] === 0x1F && head[1] === 0x8B;
	const text = isGzip ? await unpackHead(file) : head;
	if (text.length === 0) {
		throw new NoRowsError(`${file.path} is empty: its client ended before it wrote anything.`, file);
	}

	const lineEnd = text.indexOf(10);
	if (lineEnd === -1) {
		if (text.length >= headBytes) {
			throw new BenchError('recorder', `${file.path} is no recorder file: its first ${headBytes} bytes have no line end.`);
		}

		throw new NoRowsError(`${file.path} ends within its header: its client recorded no row.`, file);
	}

	return {isGzip, bytes, header: parseHeader(text.toString('latin1', 0, lineEnd).replace(/\r$/, ''), file.path), headerBytes: lineEnd + 1};
}

function readHead(file: RecorderFile): {readonly head: Buffer; readonly bytes: number} {
	let descriptor: number | undefined;
	try {
		descriptor = openSync(file.bytesAt ?? file.path, 'r');
		const head = Buffer.alloc(headBytes);
		const length = readSync(descriptor, head, 0, headBytes, 0);
		return {head: head.subarray(0, length), bytes: fstatSync(descriptor).size};
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			throw new NoRowsError(`${file.path} does not exist: its client wrote no recorder file.`, file, {isMissing: true});
		}

		throw new BenchError('recorder', `${file.path} cannot be read (${systemReason(error)}).`, {cause: error});
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
}

async function unpackHead(file: RecorderFile): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of pipeline(createReadStream(file.bytesAt ?? file.path), createGunzip(), () => undefined) as AsyncIterable<Buffer>) {
			chunks.push(chunk);
			length += chunk.length;
			if (chunk.includes(10) || length >= headBytes) {
				break;
			}
		}
	} catch (error) {
		throw new BenchError('recorder', `${file.path}: its gzip data are damaged or cut (${messageOf(error)}).`, {cause: error});
	}

	return Buffer.concat(chunks);
}
