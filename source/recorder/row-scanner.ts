/*
Bytes to blocks. A row in the form that the clients write is read by `#fastRows`, without making a string;
whatever that does not recognise goes to `parseRow`, which knows every legal form and says what is wrong with any other.
So the fast reader may be narrow, and both must agree on what it takes.
*/
import {type Block, BlockBuilder, blockRows} from './block.ts';
import {type Header} from './header.ts';
import {LabelTable} from './label-table.ts';
import {type BadRow, parseRow, type Row} from './parse-row.ts';
import {type Timestamp} from './timestamp.ts';
import {TimestampReader} from './timestamp-reader.ts';

/** The scanner looks so many bytes ahead without asking where the buffer ends. */
export const slack = 64;

/** Starts of one file farther apart than this (52 days) are an error: a double would no longer hold their nanoseconds. */
export const maxSpanNanos = 2 ** 52;

/** A row in a file: 1 is the first line that was scanned. */
export type BadRowAt = BadRow & {readonly line: number};

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
	readonly #startReader = new TimestampReader();
	readonly #stopReader = new TimestampReader();
	#bytes: Uint8Array = new Uint8Array(0);
	#view: DataView = new DataView(new ArrayBuffer(0));
	/** Where the scanner stands. */
	#at = 0;
	/** Where the label of the row begins, once the fast reader has come so far; else −1. */
	#labelAt = -1;
	/** The whole number that was read last. */
	#number = 0;

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
		this.#at = from;
		while (this.#at < to) {
			if (this.#header.isCanonical) {
				this.#fastRows(to);
			}

			if (this.#builder.length < blockRows && this.#at < to) {
				this.lines++;
				if (!this.#slowRow(this.#at)) {
					return false;
				}
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
		this.#builder.unit = Math.min(this.#builder.unit, this.#startReader.unit, this.#stopReader.unit);
		this.blocks.push(this.#builder.take(this.#startReader.baseSeconds));
	}

	/** Reads rows in the clients' form, up to one that is in no such form or whose label is new, and stands there. */
	#fastRows(to: number): void {
		const bytes = this.#bytes;
		const view = this.#view;
		const builder = this.#builder;
		const {starts, spans, latencies, counts, labels} = builder;
		const from = builder.length;
		let row = from;
		let at = this.#at;
		let last = row > 0 ? starts[row - 1]! : -Infinity;
		let isSorted = true;
		this.#labelAt = -1;
		while (at < to && row < blockRows) {
			let next = this.#startReader.read(view, at);
			if (next < 0) {
				break;
			}

			const start = this.#startReader.nanos;
			next = this.#stopReader.read(view, next);
			const stop = this.#stopReader.nanos;
			// NaN, which a base that is missing or a date that is none makes, fails the comparisons.
			if (next < 0 || !(Math.abs(start) <= maxSpanNanos) || !(Math.abs(stop) <= maxSpanNanos)) {
				break;
			}

			let count = 1;
			if (this.#isLabelled) {
				count = bytes[next]! - 48;
				if (count >= 0 && count <= 9 && bytes[next + 1] === 44) {
					next += 2;
				} else {
					next = this.#whole(next, 9);
					count = this.#number;
				}
			}

			next = next < 0 ? next : this.#whole(next, 15);
			if (next < 0) {
				break;
			}

			const label = this.labels.match(bytes, view, next);
			if (label < 0) {
				this.#labelAt = next;
				break;
			}

			starts[row] = start;
			spans[row] = stop - start;
			latencies[row] = this.#number;
			counts[row] = count;
			labels[row] = label;
			isSorted &&= start >= last;
			last = start;
			row++;
			at = this.labels.end + (bytes[this.labels.end] === 13 ? 2 : 1);
		}

		this.#at = at;
		builder.length = row;
		builder.isSorted &&= isSorted;
		this.rows += row - from;
		this.lines += row - from;
	}

	/** Reads a whole number of at most so many digits into `#number`; where its comma ends, or −1. */
	#whole(from: number, maxDigits: number): number {
		const bytes = this.#bytes;
		let at = from;
		let value = 0;
		for (let digit = bytes[at]! - 48; digit >= 0 && digit <= 9; digit = bytes[at]! - 48) {
			value = (value * 10) + digit;
			at++;
		}

		this.#number = value;
		return bytes[at] === 44 && at > from && at - from <= maxDigits ? at + 1 : -1;
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
			this.#startReader.baseSeconds = row.start.seconds;
			this.#stopReader.baseSeconds = row.start.seconds;
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

		this.#builder.unit = Math.min(this.#builder.unit, [1e9, 1e6, 1e3].find(unit => row.start.nanos % unit === 0 && row.stop.nanos % unit === 0) ?? 1);
		this.#builder.add(start, stop, row.latencyNanos, row.count, id);
		this.rows++;
		return undefined;
	}

	#nanosAfterBase({seconds, nanos}: Timestamp): number {
		return ((seconds - this.#startReader.baseSeconds) * 1e9) + nanos;
	}
}
