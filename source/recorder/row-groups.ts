import {type Block, blockRows} from './block.ts';
import {type ParsedFiles, type PlacedBlock} from './parse-files.ts';

/** Rows of one label out of one block, in columns; the arrays are valid until the next group. */
export type RowGroup = {
	readonly label: number;
	readonly rows: number;
	/** Nanoseconds. */
	readonly latencies: Float64Array;
	readonly counts: Float64Array;
	/** Nanoseconds after the analysis' base. */
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
		first = Math.min(first, block.starts[0]! + block.shift);
	}

	return {blocks, cut: first + (dropPrefixMs * 1e6), labels: format === 'labelled' ? labels : ['all'], isLabelled: format === 'labelled'};
}

/** Goes through the rows that count, in no particular order, many at a time. */
export function eachRowGroup({blocks, cut, isLabelled}: RowSource, visit: (group: RowGroup) => void): void {
	const latencies = new Float64Array(blockRows);
	const counts = new Float64Array(blockRows);
	const starts = new Float64Array(blockRows);
	const stops = new Float64Array(blockRows);
	const columns = {latencies, counts, starts, stops};
	for (const block of blocks) {
		const from = firstAtLeast(block.starts, cut - block.shift);
		const label = isLabelled ? block.labels : 0;
		if (typeof label === 'number') {
			if (from < block.rows) {
				copyRows(block, from, columns);
				visit({label, rows: block.rows - from, ...columns});
			}

			continue;
		}

		for (const wanted of new Set(label.subarray(from))) {
			const rows = pickRows(block, {from, labels: label, wanted}, columns);
			visit({label: wanted, rows, ...columns});
		}
	}
}

/** The index of the first element that is not below a value, in ascending order. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (sorted[middle]! < value) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}

type Columns = Pick<RowGroup, 'latencies' | 'counts' | 'starts' | 'stops'>;

function copyRows(block: PlacedBlock, from: number, {latencies, counts, starts, stops}: Columns): void {
	latencies.set(block.latencies.subarray(from));
	if (typeof block.counts === 'number') {
		counts.fill(block.counts, 0, block.rows - from);
	} else {
		counts.set(block.counts.subarray(from));
	}

	starts.set(block.starts.subarray(from));
	stops.set(block.spans.subarray(from));
	for (let row = 0; row < block.rows - from; row++) {
		starts[row]! += block.shift;
		stops[row]! += starts[row]!;
	}
}

function pickRows(block: PlacedBlock, {from, labels, wanted}: {readonly from: number; readonly labels: Uint16Array; readonly wanted: number}, {latencies, counts, starts, stops}: Columns): number {
	const own: Pick<Block, 'latencies' | 'counts' | 'spans'> = block;
	let rows = 0;
	for (let row = from; row < block.rows; row++) {
		if (labels[row] !== wanted) {
			continue;
		}

		latencies[rows] = own.latencies[row]!;
		counts[rows] = typeof own.counts === 'number' ? own.counts : own.counts[row]!;
		starts[rows] = block.starts[row]! + block.shift;
		stops[rows] = own.spans[row]! + starts[rows]!;
		rows++;
	}

	return rows;
}
