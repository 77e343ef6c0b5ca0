/*
Rows in columns: some thousands of one file, sorted by start, in the smallest typed arrays that hold them exactly (10 bytes
a row on a millisecond clock, where the text has 63). They lie in shared memory, so that several threads work on them without
a copy. Times are whole multiples of the clock's unit after a moment near them, so that each is exact.
*/
import {StableSorter} from './stable-sorter.ts';

/** As many as keep the columns that are being filled in a core's cache. */
export const blockRows = 32_768;

export type Block = {
	readonly rows: number;
	/** Epoch seconds that `first` counts from. */
	readonly baseSeconds: number;
	/** All starts and stops are whole multiples of so many nanoseconds. */
	readonly unit: number;
	/** The first start, nanoseconds after `baseSeconds`. */
	readonly first: number;
	/** Units after `first`, ascending. */
	readonly starts: Uint32Array | Float64Array;
	/** Units from a row's start to its stop. */
	readonly spans: Int8Array | Int16Array | Int32Array | Float64Array;
	/** Nanoseconds. */
	readonly latencies: Uint32Array | Float64Array;
	/** Requests of each row; one number where all rows have as many. */
	readonly counts: Uint8Array | Uint32Array | number;
	/** Indices into a list of labels; one number where all rows have one label. */
	readonly labels: Uint8Array | Uint16Array | number;
	/** The last stop, nanoseconds after `baseSeconds`. */
	readonly lastStop: number;
};

/** Gathers rows, in any order, and makes blocks of them. Whoever writes into its columns counts `length` up and keeps `isSorted` true to them. */
export class BlockBuilder {
	/** Nanoseconds. */
	readonly starts = new Float64Array(blockRows);
	/** Nanoseconds. */
	readonly spans = new Float64Array(blockRows);
	/** Nanoseconds. */
	readonly latencies = new Float64Array(blockRows);
	readonly counts = new Uint32Array(blockRows);
	readonly labels = new Uint16Array(blockRows);
	length = 0;
	isSorted = true;
	/** Rows of all blocks that stop before they start. */
	backwards = 0;
	/** The finest fraction that was seen: 1e9 with seconds, 1 with nanoseconds. */
	unit = 1e9;
	readonly #sorter = new StableSorter();

	/** Forgets all that it knows, and keeps its memory: a builder serves one part of a file after the other. */
	reset(): void {
		this.length = 0;
		this.isSorted = true;
		this.backwards = 0;
		this.unit = 1e9;
	}

	/** Adds a row; the caller takes the block when there are `blockRows`. */
	add(start: number, stop: number, latency: number, count: number, label: number): void {
		const index = this.length++;
		this.starts[index] = start;
		this.spans[index] = stop - start;
		this.latencies[index] = latency;
		this.counts[index] = count;
		this.labels[index] = label;
		this.isSorted &&= index === 0 || start >= this.starts[index - 1]!;
	}

	/** The rows as a block, leaving none; there must be one at least. */
	take(baseSeconds: number): Block {
		const rows = this.length;
		const {unit} = this;
		const {least: leastSpan, most: mostSpan, last: lastStop} = this.#summarizeSpans();
		const order = this.isSorted ? undefined : this.#sorter.order(this.starts, rows, unit);
		const first = this.starts[order ? order[0]! : 0]!;
		const last = this.starts[order ? order[rows - 1]! : rows - 1]!;
		toUnits(this.starts, rows, first, unit);
		toUnits(this.spans, rows, 0, unit);
		const counts = extremes(this.counts, rows);
		const labels = extremes(this.labels, rows);
		const block = {
			rows,
			baseSeconds,
			unit,
			first,
			starts: copied(this.starts, (last - first) / unit <= 4_294_967_295 ? new Uint32Array(shared(rows * 4)) : new Float64Array(shared(rows * 8)), order),
			spans: copied(this.spans, spanColumn(rows, leastSpan / unit, mostSpan / unit), order),
			latencies: copied(this.latencies, greatest(this.latencies, rows) <= 4_294_967_295 ? new Uint32Array(shared(rows * 4)) : new Float64Array(shared(rows * 8)), order),
			counts: counts.least === counts.most ? counts.least : copied(this.counts, counts.most <= 255 ? new Uint8Array(shared(rows)) : new Uint32Array(shared(rows * 4)), order),
			labels: labels.least === labels.most ? labels.least : copied(this.labels, labels.most <= 255 ? new Uint8Array(shared(rows)) : new Uint16Array(shared(rows * 2)), order),
			lastStop,
		} satisfies Block;
		this.length = 0;
		this.isSorted = true;
		return block;
	}

	/** In nanoseconds: the shortest and the longest span, and the last stop. */
	#summarizeSpans(): {readonly least: number; readonly most: number; readonly last: number} {
		const {starts, spans, length} = this;
		let least = Infinity;
		let most = -Infinity;
		let last = -Infinity;
		for (let index = 0; index < length; index++) {
			const span = spans[index]!;
			const stop = starts[index]! + span;
			// Twice as fast as Math.min and Math.max, which ask for NaN and -0 too.
			if (span < least) {
				least = span;
			}

			if (span > most) {
				most = span;
			}

			if (stop > last) {
				last = stop;
			}
		}

		if (least < 0) {
			this.backwards += spans.subarray(0, length).filter(span => span < 0).length;
		}

		return {least, most, last};
	}
}

function shared(bytes: number): SharedArrayBuffer {
	return new SharedArrayBuffer(bytes);
}

function spanColumn(rows: number, least: number, most: number): Block['spans'] {
	const furthest = Math.max(-1 - least, most);
	if (furthest <= 127) {
		return new Int8Array(shared(rows));
	}

	if (furthest <= 32_767) {
		return new Int16Array(shared(rows * 2));
	}

	return furthest <= 2_147_483_647 ? new Int32Array(shared(rows * 4)) : new Float64Array(shared(rows * 8));
}

/** Nanoseconds to units: both are whole, and so is what comes of them, exactly. */
function toUnits(nanos: Float64Array, length: number, from: number, unit: number): void {
	for (let index = 0; index < length; index++) {
		nanos[index] = (nanos[index]! - from) / unit;
	}
}

function greatest(values: Float64Array, length: number): number {
	let most = 0;
	for (let index = 0; index < length; index++) {
		const value = values[index]!;
		if (value > most) {
			most = value;
		}
	}

	return most;
}

function extremes(values: Uint32Array | Uint16Array, length: number): {readonly least: number; readonly most: number} {
	let least = Infinity;
	let most = -Infinity;
	for (let index = 0; index < length; index++) {
		const value = values[index]!;
		if (value < least) {
			least = value;
		}

		if (value > most) {
			most = value;
		}
	}

	return {least, most};
}

type Column = Float64Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array;

function copied<To extends Column>(from: Float64Array | Uint32Array | Uint16Array, to: To, order: Uint32Array | undefined): To {
	if (!order) {
		to.set(from.subarray(0, to.length));
		return to;
	}

	for (let index = 0; index < to.length; index++) {
		to[index] = from[order[index]!]!;
	}

	return to;
}
