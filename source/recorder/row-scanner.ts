/*
Bytes to blocks. A row in the form that the clients write is read by `#fastRow`, byte by byte and without making a string;
whatever that does not recognise goes to `parseRow`, which knows every legal form and says what is wrong with any other.
So the fast reader may be narrow, and both must agree on what it takes.
*/
import {type Block, BlockBuilder, blockRows} from './block.ts';
import {type Header} from './header.ts';
import {LabelTable} from './label-table.ts';
import {type BadRow, parseRow, type Row} from './parse-row.ts';
import {parseSeconds, secondsLength, type Timestamp} from './timestamp.ts';

/** The scanner looks so many bytes ahead without asking where the buffer ends. */
export const slack = 64;

/** Starts of one file farther apart than this (52 days) are an error: a double would no longer hold their nanoseconds. */
export const maxSpanNanos = 2 ** 52;

/** A row in a file: 1 is the first line that was scanned. */
export type BadRowAt = BadRow & {readonly line: number};

const scale = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/** The last date and time that was read to the second, as its bytes in five overlapping words: most rows repeat it. */
class SecondsCache {
	a = 0;
	b = 0;
	c = 0;
	d = 0;
	e = 0;
	/** Epoch seconds; NaN while there is none. */
	seconds = NaN;
}

export class RowScanner {
	readonly blocks: Block[] = [];
	readonly labels = new LabelTable();
	lines = 0;
	rows = 0;
	badRows = 0;
	/** The first row that did not parse. */
	firstBad: BadRowAt | undefined;
	readonly #header: Header;
	readonly #isLabelled: boolean;
	readonly #skipBadRows: boolean;
	readonly #builder: BlockBuilder;
	readonly #startCache = new SecondsCache();
	readonly #stopCache = new SecondsCache();
	#baseSeconds = NaN;
	#bytes: Uint8Array = new Uint8Array(0);
	#view: DataView = new DataView(new ArrayBuffer(0));
	/** Where the scanner stands; after a failed fast row, where it failed. */
	#at = 0;
	/** Where the label of the row begins, once the fast reader has come so far; else −1. */
	#labelAt = -1;
	/** Of the last number that was read: how many digits it had. */
	#digits = 0;
	/** The last time that was read: nanoseconds after the base. A field, for a function would have to make an object of a double. */
	#nanos = NaN;

	/**
	Begins with the first line.

	@param header
	@param skipBadRows
	@param builder Makes the blocks; nobody else's until the end.
	*/
	constructor(header: Header, skipBadRows: boolean, builder = new BlockBuilder()) {
		builder.reset();
		this.#builder = builder;
		this.#header = header;
		this.#isLabelled = header.format === 'labelled';
		this.#skipBadRows = skipBadRows;
	}

	/** Rows that stop before they start. */
	get backwards(): number {
		return this.#builder.backwards;
	}

	/**
	Reads whole lines.

	@param bytes The byte before `to` ends a line, and `slack` bytes follow it.
	@returns False where a row did not parse and bad rows are not skipped: the scanner is then done.
	*/
	scan(bytes: Uint8Array, from: number, to: number): boolean {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		for (let at = from; at < to; at = this.#at) {
			this.#at = at;
			this.#labelAt = -1;
			this.lines++;
			if (!(this.#header.isCanonical && this.#fastRow()) && !this.#slowRow(at)) {
				return false;
			}

			if (this.#builder.length === blockRows) {
				this.#takeBlock();
			}
		}

		return true;
	}

	/** Counts a line that was not worth reading; false where bad rows are not skipped. */
	reject(reason: string): boolean {
		this.lines++;
		return this.#reject({column: this.#header.columns[0]!, reason});
	}

	/** Ends the last block. */
	end(): void {
		if (this.#builder.length > 0) {
			this.#takeBlock();
		}
	}

	#takeBlock(): void {
		this.blocks.push(this.#builder.take(this.#baseSeconds));
	}

	/** Reads a row in the clients' form and stands behind it; false where it is in no such form, or its label is new. */
	#fastRow(): boolean {
		if (!this.#time(this.#startCache)) {
			return false;
		}

		const start = this.#nanos;
		if (!this.#time(this.#stopCache)) {
			return false;
		}

		const stop = this.#nanos;

		const count = this.#isLabelled ? this.#whole(9) : 1;
		const latency = count >= 0 ? this.#whole(15) : count;
		if (!(latency >= 0)) {
			return false;
		}

		this.#labelAt = this.#at;
		const label = this.labels.match(this.#bytes, this.#at);
		if (label < 0) {
			return false;
		}

		this.#at = this.labels.end + (this.#bytes[this.labels.end] === 13 ? 2 : 1);
		this.#builder.add(start, stop, latency, count, label);
		this.rows++;
		return true;
	}

	/** Reads a timestamp and its comma into `#nanos`; false where there is none, or, with the first row, no base yet. */
	#time(cache: SecondsCache): boolean {
		const view = this.#view;
		let at = this.#at;
		if (view.getInt32(at, true) !== cache.a || view.getInt32(at + 4, true) !== cache.b || view.getInt32(at + 8, true) !== cache.c || view.getInt32(at + 12, true) !== cache.d || view.getInt32(at + 15, true) !== cache.e) {
			this.#fill(cache, at);
		}

		at += secondsLength;
		const bytes = this.#bytes;
		let nanos = 0;
		if (bytes[at] === 46) {
			this.#at = at + 1;
			nanos = this.#number();
			const digits = this.#digits;
			if (digits === 0 || digits > 9) {
				return false;
			}

			nanos *= scale[digits]!;
			at = this.#at;
			const unit = digits > 6 ? 1 : (digits > 3 ? 1e3 : 1e6);
			if (unit < this.#builder.unit) {
				this.#builder.unit = unit;
			}
		}

		if (bytes[at] === 90) {
			at++;
		} else if (this.#view.getInt32(at) === 0x2B_30_30_3A && this.#view.getInt16(at + 4) === 0x30_30) {
			at += 6; // `+00:00`
		} else {
			return false;
		}

		this.#at = at + 1;
		this.#nanos = ((cache.seconds - this.#baseSeconds) * 1e9) + nanos;
		// NaN, which a base that is missing or a date that is none makes, fails the comparison.
		return bytes[at] === 44 && Math.abs(this.#nanos) <= maxSpanNanos;
	}

	#fill(cache: SecondsCache, at: number): void {
		const view = this.#view;
		cache.seconds = parseSeconds(this.#bytes, at);
		cache.a = view.getInt32(at, true);
		cache.b = view.getInt32(at + 4, true);
		cache.c = view.getInt32(at + 8, true);
		cache.d = view.getInt32(at + 12, true);
		cache.e = view.getInt32(at + 15, true);
	}

	/** Reads a whole number of at most so many digits and its comma; NaN where there is none. */
	#whole(maxDigits: number): number {
		const value = this.#number();
		const isEnded = this.#bytes[this.#at] === 44;
		this.#at++;
		return isEnded && this.#digits > 0 && this.#digits <= maxDigits ? value : NaN;
	}

	/** Reads digits, perhaps none. */
	#number(): number {
		const bytes = this.#bytes;
		const from = this.#at;
		let at = from;
		let value = 0;
		for (let digit = bytes[at]! - 48; digit >= 0 && digit <= 9; digit = bytes[at]! - 48) {
			value = (value * 10) + digit;
			at++;
		}

		this.#at = at;
		this.#digits = at - from;
		return value;
	}

	/** Reads any row and stands behind it; false where it is bad and that is an error. */
	#slowRow(at: number): boolean {
		const end = this.#bytes.indexOf(10, at);
		const lineEnd = end > at && this.#bytes[end - 1] === 13 ? end - 1 : end;
		this.#at = end + 1;
		if (lineEnd === at) {
			return true; // An empty line, as CSV readers do, is nothing.
		}

		const row = parseRow(Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + at, lineEnd - at).toString('latin1'), this.#header);
		const bad = 'reason' in row ? row : this.#addRow(row, lineEnd);
		return !bad || this.#reject(bad);
	}

	#reject(bad: BadRow): boolean {
		this.badRows++;
		this.firstBad ??= {...bad, line: this.lines};
		return this.#skipBadRows;
	}

	#addRow(row: Row, lineEnd: number): BadRow | undefined {
		if (this.rows === 0) {
			this.#baseSeconds = row.start.seconds;
		}

		const start = this.#nanosAfterBase(row.start);
		const stop = this.#nanosAfterBase(row.stop);
		if (Math.abs(start) > maxSpanNanos || Math.abs(stop) > maxSpanNanos) {
			return {column: Math.abs(start) > maxSpanNanos ? 'start' : 'stop', reason: 'it is more than 52 days from the first row of its file, so one of the two is wrong'};
		}

		const id = this.labels.idOf(row.label);
		if (this.#labelAt >= 0) {
			this.labels.learn(this.#bytes.subarray(this.#labelAt, lineEnd), id);
		}

		this.#builder.unit = Math.min(this.#builder.unit, [1e9, 1e6, 1e3].find(unit => row.start.nanos % unit === 0) ?? 1);
		this.#builder.add(start, stop, row.latencyNanos, row.count, id);
		this.rows++;
		return undefined;
	}

	#nanosAfterBase({seconds, nanos}: Timestamp): number {
		return ((seconds - this.#baseSeconds) * 1e9) + nanos;
	}
}
