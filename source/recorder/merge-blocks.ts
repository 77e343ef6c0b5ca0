/*
All rows in the order of their starts, rows that start together in the order of the files and of the rows in them. Every
block is sorted in itself. A slab is all rows up to a moment that are not in an earlier slab; it is chosen so that it has
some ten thousand rows, which are copied into buffers that the caches hold and sorted there. The cost of a row does not
depend on the number of files, nor on how far out of order a file is.
*/
import {firstRowAfter, type PlacedBlock, startOf} from './placed-block.ts';
import {StableSorter} from './stable-sorter.ts';

/** Consecutive rows of the merged files. The arrays are valid until the next slab. */
export type Slab = {
	readonly rows: number;
	/** The rows' positions in the columns, in the order of their starts. */
	readonly order: Uint32Array;
	/** Nanoseconds after the analysis' base. */
	readonly starts: Float64Array;
	/** Nanoseconds from start to stop. Filled in where whole rows are wanted, as are the latencies. */
	readonly spans: Float64Array;
	/** Nanoseconds. */
	readonly latencies: Float64Array;
	readonly counts: Float64Array;
	/** Indices into the analysis' labels. */
	readonly labels: Uint16Array;
};

/** What is left of a block, and up to where it goes into the slab. */
type Run = {readonly block: PlacedBlock; at: number; end: number};

const slabRows = 16_384;

/**
The slabs in order.

@param blocks
@param isWhole Whether more is wanted than the rows' starts, counts and labels.
@yields All rows up to a moment that were not in an earlier slab.
*/
export function * mergeBlocks(blocks: readonly PlacedBlock[], isWhole: boolean): Generator<Slab> {
	const unit = Math.min(...blocks.map(block => block.unit));
	const sorter = new StableSorter();
	let columns = columnsFor(slabRows * 2);
	// In the order of the files, so that the sort leaves rows that start together in that order.
	let runs: Run[] = blocks.map(block => ({block, at: 0, end: 0}));
	while (runs.length > 0) {
		const until = slabEnd(runs);
		let rows = 0;
		for (const run of runs) {
			run.end = firstRowAfter(run.block, until, run.at);
			rows += run.end - run.at;
		}

		if (rows > columns.starts.length) {
			columns = columnsFor(rows * 2);
		}

		rows = 0;
		for (const run of runs) {
			copyRows(run, rows, columns);
			if (isWhole) {
				copyRest(run, rows, columns);
			}

			rows += run.end - run.at;
			run.at = run.end;
		}

		yield {rows, order: sorter.order(columns.starts, rows, unit), ...columns};
		runs = runs.filter(({block, at}) => at < block.rows);
	}
}

/** The moment up to which the next slab goes: no run gives it much more than its share of the rows. */
function slabEnd(runs: readonly Run[]): number {
	let firstEnd = Infinity;
	for (const {block} of runs) {
		firstEnd = Math.min(firstEnd, startOf(block, block.rows - 1));
	}

	let overlapping = 0;
	for (const {block, at} of runs) {
		overlapping += startOf(block, at) <= firstEnd ? 1 : 0;
	}

	const share = Math.max(64, Math.floor(slabRows / overlapping));
	let until = firstEnd;
	for (const {block, at} of runs) {
		until = Math.min(until, startOf(block, Math.min(at + share, block.rows) - 1));
	}

	return until;
}

type Columns = Pick<Slab, 'starts' | 'spans' | 'latencies' | 'counts' | 'labels'>;

function columnsFor(rows: number): Columns {
	return {
		starts: new Float64Array(rows),
		spans: new Float64Array(rows),
		latencies: new Float64Array(rows),
		counts: new Float64Array(rows),
		labels: new Uint16Array(rows),
	};
}

function copyRows({block, at: from, end: to}: Run, at: number, columns: Columns): void {
	const end = at + to - from;
	columns.starts.set(block.starts.subarray(from, to), at);
	const {starts} = columns;
	const {unit} = block;
	const origin = block.shift + block.first;
	for (let index = at; index < end; index++) {
		starts[index] = origin + (starts[index]! * unit);
	}

	if (typeof block.counts === 'number') {
		columns.counts.fill(block.counts, at, end);
	} else {
		columns.counts.set(block.counts.subarray(from, to), at);
	}

	if (typeof block.labels === 'number') {
		columns.labels.fill(block.labels, at, end);
	} else {
		columns.labels.set(block.labels.subarray(from, to), at);
	}
}

function copyRest({block, at: from, end: to}: Run, at: number, {spans, latencies}: Columns): void {
	spans.set(block.spans.subarray(from, to), at);
	for (let index = at; index < at + to - from; index++) {
		spans[index]! *= block.unit;
	}

	latencies.set(block.latencies.subarray(from, to), at);
}
