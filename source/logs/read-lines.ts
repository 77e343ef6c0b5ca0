/*
Lines of a log of any size, from any offset, forwards and backwards: only what is shown is read.

A file may be one line of gigabytes, and still has to be scrolled. So a line that is longer than a block (1 MiB) is taken
as several: an offset that is a multiple of the block breaks the line where the whole block before it holds no newline.
That is a matter of the bytes around the offset alone, so that reading from the end finds the same lines as reading from
the start.
*/
import {type ByteSource} from '../core/byte-source.ts';

export type LogLine = {
	/** Of its first byte. */
	readonly offset: number;
	/** Where the next line begins. */
	readonly end: number;
	/** Without its line end; invalid UTF-8 is U+FFFD. */
	readonly text: string;
	/** Bytes of it that `text` leaves out, because it is very long. */
	readonly cutBytes: number;
	/** It has a line end; false for a last line that may still grow. */
	readonly isEnded: boolean;
};

export type ReadOptions = {
	/**
	How much of a line is kept as text.

	@default 64 KiB
	*/
	readonly lineBytes?: number;
};

const newline = 10;
const carriageReturn = 13;

/** Bytes in a block: no line is longer than two of them. */
export const blockBytes = 1024 * 1024;

const windowBytes = 64 * 1024;

/** At most `count` lines from the start of one; fewer at the end, or where the next would begin at `to`. */
export async function readLines(source: ByteSource, from: number, count: number, {to = Infinity, lineBytes = windowBytes}: ReadOptions & {readonly to?: number} = {}): Promise<readonly LogLine[]> {
	const lines: LogLine[] = [];
	let start = from;
	let position = from;
	let kept: Buffer[] = [];
	let window = windowBytes;
	while (lines.length < count && position < to) {
		const chunk = bufferOf(await source.read(position, Math.min(window, to - position)));
		if (chunk.length === 0) {
			break;
		}

		let index = 0;
		while (index < chunk.length && lines.length < count) {
			const found = chunk.indexOf(newline, index);
			const longest = (Math.ceil(start / blockBytes) + 1) * blockBytes;
			const stop = Math.min(found === -1 ? chunk.length : found + 1, longest - position);
			const room = lineBytes - (position + index - start);
			if (room > 0) {
				kept.push(chunk.subarray(index, Math.min(stop, index + room)));
			}

			index = stop;
			const isEnded = stop === found + 1;
			if (!(isEnded || position + stop === longest)) {
				continue;
			}

			lines.push(lineOf(kept, start, position + stop, isEnded));
			start = position + stop;
			kept = [];
		}

		position += index;
		window = Math.min(window * 2, blockBytes);
	}

	if (lines.length < count && position > start) {
		lines.push(lineOf(kept, start, position, false));
	}

	return lines;
}

/** The last `count` lines that end at an offset: the end of the log, or the start of a line. */
export async function readLinesBefore(source: ByteSource, before: number, count: number, options: ReadOptions = {}): Promise<readonly LogLine[]> {
	let lines: readonly LogLine[] = [];
	let end = before;
	let window = windowBytes;
	while (lines.length < count && end > 0) {
		const from = await lineStart(source, Math.max(0, end - window));
		lines = [...await readLines(source, from, Infinity, {...options, to: end}), ...lines];
		end = from;
		window = Math.min(window * 2, 4 * blockBytes);
	}

	return lines.slice(Math.max(0, lines.length - count));
}

/** Where the line begins that holds the byte at an offset; the offset itself where a line begins there. */
export async function lineStart(source: ByteSource, offset: number): Promise<number> {
	const block = Math.floor(offset / blockBytes) * blockBytes;
	const found = await lastNewline(source, block, offset);
	if (found !== undefined) {
		return found + 1;
	}

	if (block === 0) {
		return 0;
	}

	const before = await lastNewline(source, block - blockBytes, block);
	return before === undefined ? block : before + 1;
}

/** Offset of the last newline in `[from, to)`. */
async function lastNewline(source: ByteSource, from: number, to: number): Promise<number | undefined> {
	let end = to;
	while (end > from) {
		const start = Math.max(from, end - windowBytes);
		const found = bufferOf(await source.read(start, end - start)).lastIndexOf(newline);
		if (found !== -1) {
			return start + found;
		}

		end = start;
	}

	return undefined;
}

/** The same bytes as a Buffer, which can be searched. */
export function bufferOf(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function lineOf(kept: readonly Buffer[], offset: number, end: number, isEnded: boolean): LogLine {
	const bytes = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
	const isWhole = bytes.length === end - offset;
	let {length} = bytes;
	if (isWhole && isEnded) {
		length--;
		length -= length > 0 && bytes[length - 1] === carriageReturn ? 1 : 0;
	}

	if (!isWhole) {
		length = wholeCharacters(bytes, length);
	}

	return {offset, end, text: bytes.toString('utf8', 0, length), cutBytes: isWhole ? 0 : end - offset - length, isEnded};
}

/** Leaves out the beginning of a UTF-8 character that was cut. */
function wholeCharacters(bytes: Buffer, length: number): number {
	for (let back = 1; back <= Math.min(3, length); back++) {
		const byte = bytes[length - back]!;
		if (byte >= 0xC0) {
			const size = byte >= 0xF0 ? 4 : (byte >= 0xE0 ? 3 : 2);
			return back < size ? length - back : length;
		}

		if (byte < 0x80) {
			break;
		}
	}

	return length;
}
