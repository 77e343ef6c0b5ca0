/*
Rows in columns: up to 65,536 of one file, sorted by start, in the smallest typed arrays that hold them exactly (about 17
bytes a row, where the text has 63). They lie in shared memory, so that several threads work on them without a copy. Timestamps are nanoseconds after a whole second near them, so that a double holds
each exactly.
*/
import {StableSorter} from './stable-sorter.ts';

export const blockRows = 65_536;

export type Block = {
	readonly rows: number;
	/** Epoch seconds that the starts count from. */
	readonly baseSeconds: number;
	/** All starts are whole multiples of so many nanoseconds. */
	readonly unit: number;
	/** Nanoseconds after `baseSeconds`, ascending. */
	readonly starts: Float64Array;
	/** Nanoseconds from a row's start to its stop. */
	readonly spans: Int32Array | Float64Array;
	/** Nanoseconds. */
	readonly latencies: Uint32Array | Float64Array;
	/** Requests of each row; one number where all rows have as many. */
	readonly counts: Uint8Array | Uint32Array | number;
	/** Indices into a list of labels; one number where all rows have one label. */
	readonly labels: Uint16Array | number;
	/** The last stop, nanoseconds after `baseSeconds`. */
	readonly lastStop: number;
};

/** Gathers rows, in any order, and makes blocks of them. */
export class BlockBuilder {
	length = 0;
	/** Rows of all blocks that stop before they start. */
	backwards = 0;
	/** The finest fraction that was seen: 1e9 with seconds, 1 with nanoseconds. */
	unit = 1e9;
	readonly #starts = new Float64Array(blockRows);
	readonly #spans = new Float64Array(blockRows);
	readonly #latencies = new Float64Array(blockRows);
	readonly #counts = new Float64Array(blockRows);
	readonly #labels = new Uint16Array(blockRows);
	readonly #sorter = new StableSorter();
	#isSorted = true;

	/** Forgets all that it knows, and keeps its memory: a builder serves one part of a file after the other. */
	reset(): void {
		this.length = 0;
		this.backwards = 0;
		this.unit = 1e9;
		this.#isSorted = true;
	}

	/** Adds a row; the caller takes the block when there are `blockRows`. */
	add(start: number, stop: number, latency: number, count: number, label: number): void {
		const index = this.length++;
		this.#starts[index] = start;
		this.#spans[index] = stop - start;
		this.#latencies[index] = latency;
		this.#counts[index] = count;
		this.#labels[index] = label;
		if (index > 0 && start < this.#starts[index - 1]!) {
			this.#isSorted = false;
		}
	}

	/** The rows as a block, leaving none; there must be one at least. */
	take(baseSeconds: number): Block {
		const rows = this.length;
		const order = this.#isSorted ? undefined : this.#sorter.order(this.#starts, rows, this.unit);
		const spans = extremes(this.#spans, rows);
		const counts = extremes(this.#counts, rows);
		const labels = extremes(this.#labels, rows);
		const block = {
			rows,
			baseSeconds,
			unit: this.unit,
			starts: copied(this.#starts, new Float64Array(shared(rows * 8)), order),
			spans: copied(this.#spans, spans.least >= -2_147_483_648 && spans.most <= 2_147_483_647 ? new Int32Array(shared(rows * 4)) : new Float64Array(shared(rows * 8)), order),
			latencies: copied(this.#latencies, extremes(this.#latencies, rows).most <= 4_294_967_295 ? new Uint32Array(shared(rows * 4)) : new Float64Array(shared(rows * 8)), order),
			counts: counts.least === counts.most ? counts.least : copied(this.#counts, counts.most <= 255 ? new Uint8Array(shared(rows)) : new Uint32Array(shared(rows * 4)), order),
			labels: labels.least === labels.most ? labels.least : copied(this.#labels, new Uint16Array(shared(rows * 2)), order),
			lastStop: this.#lastStop(spans.least),
		} satisfies Block;
		this.length = 0;
		this.#isSorted = true;
		return block;
	}

	#lastStop(leastSpan: number): number {
		let last = -Infinity;
		for (let index = 0; index < this.length; index++) {
			const stop = this.#starts[index]! + this.#spans[index]!;
			if (stop > last) {
				last = stop;
			}
		}

		if (leastSpan < 0) {
			this.backwards += this.#spans.subarray(0, this.length).filter(span => span < 0).length;
		}

		return last;
	}
}

function shared(bytes: number): SharedArrayBuffer {
	return new SharedArrayBuffer(bytes);
}

function extremes(values: Float64Array | Uint16Array, length: number): {readonly least: number; readonly most: number} {
	let least = Infinity;
	let most = -Infinity;
	for (let index = 0; index < length; index++) {
		const value = values[index]!;
		// Twice as fast as Math.min and Math.max, which ask for NaN and -0 too.
		if (value < least) {
			least = value;
		}

		if (value > most) {
			most = value;
		}
	}

	return {least, most};
}

function copied<Column extends Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array>(from: Float64Array | Uint16Array, to: Column, order: Uint32Array | undefined): Column {
	if (!order) {
		to.set(from.subarray(0, to.length));
		return to;
	}

	for (let index = 0; index < to.length; index++) {
		to[index] = from[order[index]!]!;
	}

	return to;
}
