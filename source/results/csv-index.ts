/*
A results.csv whose cells are read when they are asked for. One pass over the bytes finds where each cell begins; a table of
two million cells is open after that, and a column becomes values when somebody looks at it.
*/
import {type Buffer, isAscii} from 'node:buffer';
import {type Json} from '../core/json.ts';
import {parseCell} from '../directory/cell.ts';

export type CsvIndex = {
	readonly columns: readonly string[];
	/** Rows that have as many cells as there are columns. */
	readonly length: number;
	cell(row: number, place: number): string;
	value(row: number, place: number): Json;
	/** A whole column; equal cells that follow one another are parsed once. */
	values(place: number): readonly Json[];
	/** What is damaged, as `parseResults` says it. */
	readonly warnings: readonly string[];
};

const [lineFeed, carriageReturn, quote, comma] = [10, 13, 34, 44];

/** The index of a CSV text (RFC 4180, LF or CRLF, a byte order mark, empty lines). Rows from the first damage on are not read. */
export function indexCsv(bytes: Buffer): CsvIndex {
	const {starts, width, header, length, odd, isLastOdd, isDamaged} = scanRecords(bytes);
	const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
	const text = (from: number, to: number): string => {
		const raw = bytes.toString(encoding, from, to);
		return raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
	};

	// Where a cell begins; the next begins behind its comma.
	const place = (row: number, column: number) => (row * (width + 1)) + column;
	const cell = (row: number, column: number) => text(starts[place(row, column)]!, starts[place(row, column) + 1]! - 1);
	const values = (column: number): readonly Json[] => {
		let value: Json = null;
		let [from, size] = [0, -1];
		return Array.from({length}, (_, row) => {
			const at = starts[place(row, column)]!;
			const bytesOfCell = starts[place(row, column) + 1]! - 1 - at;
			if (bytesOfCell !== size || !isSame(bytes, from, at, size)) {
				value = parseCell(text(at, at + bytesOfCell));
			}

			[from, size] = [at, bytesOfCell];
			return value;
		});
	};

	const warnings = isDamaged ? [`it is damaged after row ${length + odd}: a quote is not closed, or text follows it`] : [];
	if (odd > 0) {
		warnings.push(odd === 1 && isLastOdd ? 'its last row is cut' : `${odd} of its rows have not ${width} cells`);
	}

	return {columns: header.map(([from, to]) => text(from, to)), length, cell, value: (row, column) => parseCell(cell(row, column)), values, warnings};
}

function isSame(bytes: Uint8Array, one: number, other: number, size: number): boolean {
	for (let index = 0; index < size; index++) {
		if (bytes[one + index] !== bytes[other + index]) {
			return false;
		}
	}

	return true;
}

type Scanned = {
	/** Of each row, the offsets of its cells and, behind the last, one past its end. */
	readonly starts: Uint32Array;
	readonly width: number;
	readonly header: ReadonlyArray<readonly [from: number, to: number]>;
	readonly length: number;
	/** Rows of another width. */
	readonly odd: number;
	readonly isLastOdd: boolean;
	readonly isDamaged: boolean;
};

function scanRecords(bytes: Uint8Array): Scanned {
	let starts = new Uint32Array(4096);
	let [used, width, length, odd] = [0, 0, 0, 0];
	let [isLastOdd, isDamaged] = [false, false];
	let header: Scanned['header'] = [];
	let at = bytes[0] === 0xEF && bytes[1] === 0xBB && bytes[2] === 0xBF ? 3 : 0;
	while (at < bytes.length && !isDamaged) {
		const first = used;
		starts[used++] = at;
		for (let isInside = true; isInside;) {
			const end = cellEnd(bytes, at);
			if (end < 0) {
				isDamaged = true;
				break;
			}

			const isLine = bytes[end] !== comma;
			const isReturned = isLine && end > at && end < bytes.length && bytes[end - 1] === carriageReturn;
			if (used + 2 > starts.length) {
				starts = grown(starts);
			}

			starts[used++] = end + (isReturned ? 0 : 1);
			at = end + 1;
			isInside = !isLine;
		}

		const cells = used - first - 1;
		const isEmpty = cells === 1 && starts[used - 1]! - 1 === starts[first];
		if (isDamaged || isEmpty) {
			used = first;
		} else if (width === 0) {
			header = cellsBetween(starts.subarray(first, used));
			[width, used] = [cells, first];
		} else if (cells === width) {
			length++;
			isLastOdd = false;
		} else {
			odd++;
			isLastOdd = true;
			used = first;
		}

		if (used + 2 > starts.length) {
			starts = grown(starts);
		}
	}

	return {starts, width, header, length, odd, isLastOdd, isDamaged};
}

function cellsBetween(starts: Uint32Array): Scanned['header'] {
	return Array.from({length: starts.length - 1}, (_, cell) => [starts[cell]!, starts[cell + 1]! - 1] as const);
}

function grown(starts: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(starts.length * 2);
	larger.set(starts);
	return larger;
}

/** Where a cell ends: at its comma, its line feed, or the end of the file; -1 where its quotes are wrong. */
function cellEnd(bytes: Uint8Array, from: number): number {
	let at = from;
	if (bytes[at] !== quote) {
		for (; at < bytes.length; at++) {
			const byte = bytes[at]!;
			if (byte === comma || byte === lineFeed) {
				return at;
			}

			if (byte === quote) {
				return -1;
			}
		}

		return at;
	}

	for (at++; at < bytes.length; at++) {
		if (bytes[at] !== quote) {
			continue;
		}

		if (bytes[at + 1] !== quote) {
			const next = bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed ? at + 2 : at + 1;
			return next >= bytes.length || bytes[next] === comma || bytes[next] === lineFeed ? next : -1;
		}

		at++;
	}

	return -1;
}
