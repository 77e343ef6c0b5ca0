import {type Block, blockRows} from './block.ts';
import {type ParsedFiles} from './parse-files.ts';
import {firstRowFrom, type PlacedBlock, startOf} from './placed-block.ts';

/** Rows of one label out of one block, in columns; the arrays are valid until the next group. */
type RowGroup = {
	readonly label: number;
	readonly rows: number;
	/** Nanoseconds. */
	readonly latencies: Float64Array;
	readonly counts: Float64Array;
};

/** The same with their times, nanoseconds after the analysis' base. */
type TimedRowGroup = RowGroup & {
	readonly starts: Float64Array;
	readonly stops: Float64Array;
};

/** Rows that count: those from the end of the prefix on. */
export type RowSource = {
	readonly blocks: readonly PlacedBlock[];
	/** Nanoseconds after the analysis' base; rows that start before it do not count. */
	readonly cut: number;
	/** The label of a row, from its index in the block: one for all where rows have none. */
	readonly labels: readonly string[];
	readonly isLabelled: boolean;
};

/**
The rows of an analysis, the prefix dropped.

@param parsed
@param dropPrefixMs Milliseconds after the first start of all.
*/
export function rowSource({blocks, labels, format}: ParsedFiles, dropPrefixMs: number): RowSource {
	let first = Infinity;
	for (const block of blocks) {
		first = Math.min(first, startOf(block, 0));
	}

	return {blocks, cut: first + (dropPrefixMs * 1e6), labels: format === 'labelled' ? labels : ['all'], isLabelled: format === 'labelled'};
}

/** Whether any row counts. */
export function hasRows(source: RowSource): boolean {
	return lateBlocks(source).next().done !== true;
}

/** Goes through the rows that count, in no particular order, many at a time. */
export function eachRowGroup(source: RowSource, visit: (group: RowGroup) => void): void {
	const grouping = new Grouping(source.labels.length);
	const [latencies, counts] = [new Float64Array(blockRows), new Float64Array(blockRows)];
	for (const {block, from} of lateBlocks(source)) {
		grouping.group(source.isLabelled ? block.labels : 0, from, block.rows);
		grouping.place(block.latencies, latencies);
		grouping.place(block.counts, counts);
		for (const {label, begin, end} of grouping.groups) {
			visit({label, rows: end - begin, latencies: latencies.subarray(begin, end), counts: counts.subarray(begin, end)});
		}
	}
}

/** The same with times. */
export function eachTimedRowGroup(source: RowSource, visit: (group: TimedRowGroup) => void): void {
	const grouping = new Grouping(source.labels.length);
	const [latencies, counts, starts, stops] = Array.from({length: 4}, () => new Float64Array(blockRows)) as [Float64Array, Float64Array, Float64Array, Float64Array];
	for (const {block, from} of lateBlocks(source)) {
		grouping.group(source.isLabelled ? block.labels : 0, from, block.rows);
		grouping.place(block.latencies, latencies);
		grouping.place(block.counts, counts);
		grouping.place(block.starts, starts);
		grouping.place(block.spans, stops);
		const origin = block.shift + block.first;
		for (let row = 0; row < block.rows - from; row++) {
			starts[row] = origin + (starts[row]! * block.unit);
			stops[row] = starts[row]! + (stops[row]! * block.unit);
		}

		for (const {label, begin, end} of grouping.groups) {
			visit({label, rows: end - begin, latencies: latencies.subarray(begin, end), counts: counts.subarray(begin, end), starts: starts.subarray(begin, end), stops: stops.subarray(begin, end)});
		}
	}
}

function * lateBlocks({blocks, cut}: RowSource): Generator<{readonly block: PlacedBlock; readonly from: number}> {
	for (const block of blocks) {
		const from = firstRowFrom(block, cut);
		if (from < block.rows) {
			yield {block, from};
		}
	}
}

/** Puts the rows of a block that have one label beside each other, in their order. */
class Grouping {
	/** Labels that occur, and where their rows are. */
	groups: ReadonlyArray<{readonly label: number; readonly begin: number; readonly end: number}> = [];
	readonly #targets = new Uint32Array(blockRows);
	readonly #next: Uint32Array;
	#from = 0;
	#rows = 0;
	#isMixed = false;

	constructor(labels: number) {
		this.#next = new Uint32Array(labels);
	}

	/** Finds the place of each row from one on. */
	group(labels: Block['labels'], from: number, to: number): void {
		this.#from = from;
		this.#rows = to - from;
		this.#isMixed = typeof labels !== 'number';
		if (typeof labels === 'number') {
			this.groups = [{label: labels, begin: 0, end: this.#rows}];
			return;
		}

		const next = this.#next;
		next.fill(0);
		for (let row = from; row < to; row++) {
			next[labels[row]!]!++;
		}

		let begin = 0;
		const groups = [];
		for (const [label, rows] of next.entries()) {
			next[label] = begin;
			if (rows > 0) {
				groups.push({label, begin, end: begin + rows});
			}

			begin += rows;
		}

		this.groups = groups;
		const targets = this.#targets;
		for (let row = from; row < to; row++) {
			targets[row - from] = next[labels[row]!]!++;
		}
	}

	/** Copies a column, each row to its place. */
	place(column: Block['spans' | 'latencies' | 'counts' | 'starts'], to: Float64Array): void {
		if (typeof column === 'number') {
			to.fill(column, 0, this.#rows);
		} else if (this.#isMixed) {
			const [targets, from, rows] = [this.#targets, this.#from, this.#rows];
			for (let row = 0; row < rows; row++) {
				to[targets[row]!] = column[from + row]!;
			}
		} else {
			to.set(column.subarray(this.#from, this.#from + this.#rows));
		}
	}
}
