import {closeSync, createReadStream, openSync, readSync} from 'node:fs';
import {pipeline} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Block, type BlockBuilder} from './block.ts';
import {type Control} from './control.ts';
import {type Header} from './header.ts';
import {LineFeeder} from './line-feeder.ts';
import {type BadRowAt, RowScanner} from './row-scanner.ts';

/** A stretch of a file that one thread reads. Compressed files have one part. */
export type Part = {
	/** Index of the file in the request. */
	readonly file: number;
	readonly path: string;
	/** Where its bytes are, which is mostly its path. */
	readonly bytesAt: string;
	readonly isGzip: boolean;
	readonly header: Header;
	/** The part's bytes in the file; of a compressed file, in what it unpacks to. */
	readonly from: number;
	readonly to: number;
	/** True where the part begins with the first row of the file. */
	readonly isFirst: boolean;
	/** What the part counts for in the progress: bytes on disk. */
	readonly bytes: number;
};

export type ParsedPart = {
	readonly blocks: readonly Block[];
	/** Of the indices in the blocks. */
	readonly labels: readonly string[];
	readonly lines: number;
	readonly rows: number;
	readonly badRows: number;
	/** The first bad row, its line counted from the part's first, 1. */
	readonly firstBad?: BadRowAt;
	readonly isCut: boolean;
	/** Rows that stop before they start. */
	readonly backwards: number;
};

type ParseOptions = {
	readonly skipBadRows: boolean;
	/** Hears of the bytes that were read, and says after each chunk whether to go on. */
	readonly control: Control;
	/** Of the thread: parts are read one after the other. */
	readonly builder?: BlockBuilder;
};

/**
Reads a part of a recorder file.

@throws {BenchError} Where the file cannot be read, its compression is damaged, or someone cancelled.
*/
export async function parsePart(part: Part, options: ParseOptions): Promise<ParsedPart> {
	const scanner = new RowScanner(part.header, options.skipBadRows, options.builder);
	const feeder = new LineFeeder(scanner, part.isFirst ? part.from : part.from - 1, part.to, part.isFirst);
	if (part.isGzip) {
		await readGzip(part, feeder, options.control);
	} else {
		readPlain(part, feeder, options.control);
	}

	scanner.end();
	const {blocks, lines, rows, badRows, firstBad, backwards} = scanner;
	return {blocks, labels: scanner.labels.names, lines, rows, badRows, ...(firstBad && {firstBad}), isCut: feeder.isCut, backwards};
}

function readPlain(part: Part, feeder: LineFeeder, control: Control): void {
	const file = openSync(part.bytesAt, 'r');
	try {
		while (!feeder.isDone) {
			control.throwIfCanceled();
			const {space} = feeder;
			const length = readSync(file, space, 0, space.length, feeder.position);
			if (length === 0) {
				feeder.end();
			} else {
				feeder.commit(length);
				control.addBytes(length);
			}
		}
	} finally {
		closeSync(file);
	}
}

async function readGzip(part: Part, feeder: LineFeeder, control: Control): Promise<void> {
	const file = createReadStream(part.bytesAt, {highWaterMark: 262_144});
	// `pipeline` carries an error of either stream to the one that is read.
	const unpacked = pipeline(file, createGunzip({chunkSize: 262_144}), () => undefined);
	let read = 0;
	let skip = part.from;
	try {
		for await (const chunk of unpacked as AsyncIterable<Buffer>) {
			control.throwIfCanceled();
			control.addBytes(file.bytesRead - read);
			read = file.bytesRead;
			const rest = chunk.subarray(Math.min(skip, chunk.length));
			skip -= chunk.length - rest.length;
			feed(feeder, rest);
			if (feeder.isDone) {
				return;
			}
		}

		feeder.end();
	} catch (error) {
		throw error instanceof BenchError ? error : new BenchError('recorder', `${part.path}: its gzip data are damaged or cut (${messageOf(error)}).`, {cause: error});
	}
}

function feed(feeder: LineFeeder, chunk: Buffer): void {
	for (let at = 0; at < chunk.length && !feeder.isDone;) {
		const length = chunk.copy(feeder.space, 0, at);
		feeder.commit(length);
		at += length;
	}
}
