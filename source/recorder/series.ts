import {RankSelection} from '../core/rank-selection.ts';
import {interpolate, quantileOfSorted, quantilePosition} from '../core/statistics.ts';

/** A window of one label; times in nanoseconds. */
export type RawWindow = {
	readonly start: number;
	readonly count: number;
	/** Milliseconds; NaN where no row starts in it. */
	readonly quantiles: readonly number[];
	readonly max: number;
};

export const windowQuantiles = [0.5, 0.95, 0.99] as const;

/** A longer gap than so many windows is not filled with empty ones: one of its ends has a wrong clock. */
const longestGap = 10_000;
/** Up to so many rows, sorting them is faster than selecting. */
const sortRows = 2048;

/** Takes the rows of one label in the order of their starts, and makes windows of them. */
export class WindowSeries {
	readonly windows: RawWindow[] = [];
	/** Windows that were not filled in. */
	skipped = 0;
	readonly #origin: number;
	readonly #length: number;
	#start = NaN;
	#end = -Infinity;
	#count = 0;
	#rows = 0;
	#latencies = new Float64Array(1024);
	readonly #selection = new RankSelection();

	/**
	Begins with no window.

	@param origin Where the first window of all labels begins.
	@param length Nanoseconds.
	*/
	constructor(origin: number, length: number) {
		this.#origin = origin;
		this.#length = length;
	}

	/** A row: nanoseconds, and its requests. */
	add(start: number, latency: number, count: number): void {
		if (start >= this.#end) {
			this.#enter(start);
		}

		if (this.#rows === this.#latencies.length) {
			const grown = new Float64Array(this.#rows * 2);
			grown.set(this.#latencies);
			this.#latencies = grown;
		}

		this.#latencies[this.#rows++] = latency;
		this.#count += count;
	}

	/** Ends the last window. */
	end(): void {
		if (this.#rows > 0) {
			this.#flush();
		}
	}

	/** Goes on to the window that a start is in, past empty ones. */
	#enter(start: number): void {
		const index = Math.floor((start - this.#origin) / this.#length);
		if (this.#rows > 0) {
			const gap = index - Math.round((this.#start - this.#origin) / this.#length) - 1;
			this.#flush();
			if (gap <= longestGap) {
				for (let empty = 0; empty < gap; empty++) {
					this.#start += this.#length;
					this.#flush();
				}
			} else {
				this.skipped += gap;
			}
		}

		this.#start = this.#origin + (index * this.#length);
		this.#end = this.#start + this.#length;
	}

	#flush(): void {
		const {quantiles, max} = summarize(this.#latencies, this.#rows, this.#selection);
		this.windows.push({start: this.#start, count: this.#count, quantiles, max});
		this.#rows = 0;
		this.#count = 0;
	}
}

function summarize(latencies: Float64Array, rows: number, selection: RankSelection): {readonly quantiles: readonly number[]; readonly max: number} {
	if (rows === 0) {
		return {quantiles: windowQuantiles.map(() => NaN), max: NaN};
	}

	if (rows <= sortRows) {
		const sorted = latencies.subarray(0, rows).toSorted();
		return {quantiles: windowQuantiles.map(q => quantileOfSorted(sorted, q) / 1e6), max: sorted[rows - 1]! / 1e6};
	}

	selection.reset();
	selection.count(latencies, rows);
	const positions = windowQuantiles.map(q => quantilePosition(q, rows));
	selection.want([...positions.flatMap(({lower, upper}) => [lower, upper]), rows - 1]);
	while (selection.pending) {
		selection.refine(latencies, rows);
		selection.endPass();
	}

	return {
		quantiles: positions.map(({lower, upper, fraction}) => interpolate(selection.valueAt(lower), selection.valueAt(upper), fraction) / 1e6),
		max: selection.valueAt(rows - 1) / 1e6,
	};
}
