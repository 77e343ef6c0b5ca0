/*
Order statistics of very many whole numbers without sorting or copying them: a radix selection that is shown the same
numbers several times (in any order) and counts. The first pass counts log-linear buckets; each later pass looks only
into the buckets that hold a wanted rank and cuts them finer, until each holds a single number. Memory is a few hundred
kilobytes whatever the number of rows, and the result is exact.
*/
import {bucketOf, bucketStart, bucketWidth} from './latency-buckets.ts';

const bits = 11;
/** A later pass cuts an interval into at most this many. */
const cells = 65_536;

/** Whole numbers that still may be the one of a rank: `width` of them from `start`, `below` values being less than all. */
type Interval = {readonly start: number; readonly cellWidth: number; readonly below: number; readonly counts: Float64Array; readonly ranks: number[]};

export class RankSelection {
	/** Values (or their weights) in each log-linear bucket of 2^-11 relative width, after the first pass. */
	get buckets(): Float64Array {
		return this.#buckets;
	}

	/** The sum of all weights after the first pass: how many ranks there are. */
	total = 0;
	#buckets: Float64Array = new Float64Array(2048);
	#intervals: Interval[] = [];
	#table = new Int32Array(0);
	readonly #found = new Map<number, number>();

	/** Forgets all values, and keeps its memory: for many selections one after the other. */
	reset(): void {
		this.total = 0;
		this.#buckets.fill(0);
		this.#intervals = [];
		this.#found.clear();
	}

	/**
	First pass: counts values.

	@param values Whole numbers from 0 to 2^53.
	@param length How many of them, from the first.
	@param weights How many times each counts; once where there are none.
	*/
	count(values: Float64Array, length: number, weights?: Float64Array): void {
		let buckets = this.#buckets;
		for (let index = 0; index < length; index++) {
			const bucket = bucketOf(values[index]!, bits);
			if (bucket >= buckets.length) {
				buckets = this.#grow(bucket);
			}

			buckets[bucket]! += weights ? weights[index]! : 1;
		}

		if (!weights) {
			this.total += length;
			return;
		}

		for (let index = 0; index < length; index++) {
			this.total += weights[index]!;
		}
	}

	/** After the first pass: the 0-based ranks, below `total`, that are wanted. */
	want(ranks: readonly number[]): void {
		this.#open(0, this.#buckets, [...new Set(ranks)].toSorted((a, b) => a - b), bucket => ({start: bucketStart(bucket, bits), width: bucketWidth(bucket, bits)}));
		this.#index();
	}

	/** True while another pass over the values is needed: `refine` all of them, then `endPass`. */
	get pending(): boolean {
		return this.#intervals.length > 0;
	}

	/** A later pass: shows values again. */
	refine(values: Float64Array, length: number, weights?: Float64Array): void {
		const table = this.#table;
		for (let index = 0; index < length; index++) {
			const value = values[index]!;
			const first = table[bucketOf(value, bits)]!;
			if (first >= 0) {
				this.#refineOne(first, value, weights ? weights[index]! : 1);
			}
		}
	}

	/** Ends a later pass. */
	endPass(): void {
		const intervals = this.#intervals;
		this.#intervals = [];
		if (intervals.length === 0) {
			return;
		}

		for (const {start, cellWidth, below, counts, ranks} of intervals) {
			this.#open(below, counts, ranks, cell => ({start: start + (cell * cellWidth), width: cellWidth}));
		}

		this.#index();
	}

	/** The value of a wanted rank, once nothing is pending. */
	valueAt(rank: number): number {
		return this.#found.get(rank)!;
	}

	/** Finds the cell of each rank; a cell of one number is the answer, any other is cut finer in the next pass. */
	#open(below: number, counts: Float64Array, ranks: readonly number[], cellAt: (cell: number) => {readonly start: number; readonly width: number}): void {
		let at: CellOfRank = {cell: 0, before: below};
		let open: Interval | undefined;
		for (const rank of ranks) {
			const next = cellOfRank(rank, counts, at);
			open = next.cell === at.cell ? open : undefined;
			at = next;
			const {start, width} = cellAt(at.cell);
			if (width === 1) {
				this.#found.set(rank, start);
			} else if (open) {
				open.ranks.push(rank);
			} else {
				open = {start, cellWidth: Math.max(1, width / cells), below: at.before, counts: new Float64Array(Math.min(width, cells)), ranks: [rank]};
				this.#intervals.push(open);
			}
		}
	}

	/** The first interval of each bucket: intervals are in ascending order, and those of one bucket next to one another. */
	#index(): void {
		this.#table = this.#table.length === this.#buckets.length ? this.#table.fill(-1) : new Int32Array(this.#buckets.length).fill(-1);
		for (const [index, {start}] of this.#intervals.entries()) {
			const bucket = bucketOf(start, bits);
			if (this.#table[bucket] === -1) {
				this.#table[bucket] = index;
			}
		}
	}

	#refineOne(first: number, value: number, weight: number): void {
		for (let index = first; index < this.#intervals.length; index++) {
			const {start, cellWidth, counts} = this.#intervals[index]!;
			const cell = Math.floor((value - start) / cellWidth);
			if (cell < 0) {
				return;
			}

			if (cell < counts.length) {
				counts[cell]! += weight;
				return;
			}
		}
	}

	#grow(bucket: number): Float64Array {
		const grown = new Float64Array(Math.max(bucket + 1, this.#buckets.length * 2));
		grown.set(this.#buckets);
		this.#buckets = grown;
		return grown;
	}
}

/** A cell, and how many values are less than all in it. */
type CellOfRank = {readonly cell: number; readonly before: number};

/** The cell that holds a rank, from a cell on. A loop of its own: compiled code of a loop within another is left at each of its ends. */
function cellOfRank(rank: number, counts: Float64Array, from: CellOfRank): CellOfRank {
	let {cell, before} = from;
	for (let count = counts[cell]!; before + count <= rank; count = counts[cell]!) {
		before += count;
		cell++;
	}

	return {cell, before};
}
