/*
Windows of each label: how many requests started in each, and their latencies. Which rows are in a window does not depend on
their order, so they are gathered window by window from blocks that are sorted in themselves, without merging them.
*/
import {RankSelection} from '../core/rank-selection.ts';
import {interpolate, quantileOfSorted, quantilePosition} from '../core/statistics.ts';
import {type Control} from './control.ts';
import {firstRowFrom, type PlacedBlock, startOf} from './placed-block.ts';
import {type RowSource} from './row-groups.ts';

/** A window of one label; times in nanoseconds. */
export type RawWindow = {
	readonly start: number;
	readonly count: number;
	/** Milliseconds; NaN where no row starts in it. */
	readonly quantiles: readonly number[];
	readonly max: number;
};

export type Series = {
	readonly windows: readonly RawWindow[];
	/** Empty windows that were left out of a very long gap. */
	readonly skipped: number;
};

const windowQuantiles = [0.5, 0.95, 0.99] as const;

/** A longer gap than so many windows is not filled with empty ones: one of its ends has a wrong clock. */
const longestGap = 10_000;
/** Up to so many rows, sorting them is faster than selecting. */
const sortRows = 2048;

/** The rest of a block that has rows in windows to come. */
type Run = {readonly block: PlacedBlock; at: number};

/**
The windows of all labels, by the labels' indices. The first window of all begins with the first row that counts.

@param source
@param windowMs Length of a window.
@param control
*/
export function windowSeries(source: RowSource, windowMs: number, control: Control): ReadonlyMap<number, Series> {
	const length = windowMs * 1e6;
	const selection = new RankSelection();
	const labels = source.labels.map(() => new LabelWindows(length, selection));
	const runs = source.blocks
		.map((block): Run => ({block, at: firstRowFrom(block, source.cut)}))
		.filter(({block, at}) => at < block.rows)
		.toSorted((one, other) => startOf(one.block, one.at) - startOf(other.block, other.at));
	const origin = startOf(runs[0]!.block, runs[0]!.at);
	let waiting = 0;
	let open: Run[] = [];
	while (open.length > 0 || waiting < runs.length) {
		control.throwIfCanceled();
		let first = waiting < runs.length ? startOf(runs[waiting]!.block, runs[waiting]!.at) : Infinity;
		for (const {block, at} of open) {
			first = Math.min(first, startOf(block, at));
		}

		const index = Math.floor((first - origin) / length);
		const end = origin + ((index + 1) * length);
		for (; waiting < runs.length && startOf(runs[waiting]!.block, runs[waiting]!.at) < end; waiting++) {
			open.push(runs[waiting]!);
		}

		for (const run of open) {
			const to = firstRowFrom(run.block, end, run.at);
			addRows(run.block, source.isLabelled ? run.block.labels : 0, labels, {from: run.at, to});
			run.at = to;
		}

		open = open.filter(({block, at}) => at < block.rows);
		for (const label of labels) {
			label.endWindow(index, origin + (index * length));
		}
	}

	return new Map([...labels.entries()].flatMap(([label, {windows, skipped}]): ReadonlyArray<readonly [number, Series]> => windows.length > 0 ? [[label, {windows, skipped}]] : []));
}

/** What one label has of the window that is open, and its windows so far. */
class LabelWindows {
	readonly windows: RawWindow[] = [];
	skipped = 0;
	rows = 0;
	count = 0;
	latencies = new Float64Array(1024);
	readonly #length: number;
	readonly #selection: RankSelection;
	/** The number of the last window. */
	#last = NaN;

	constructor(length: number, selection: RankSelection) {
		this.#length = length;
		this.#selection = selection;
	}

	/** Makes room for more rows. */
	reserve(rows: number): void {
		if (this.rows + rows > this.latencies.length) {
			const grown = new Float64Array((this.rows + rows) * 2);
			grown.set(this.latencies.subarray(0, this.rows));
			this.latencies = grown;
		}
	}

	/** Ends a window, unless no row is in it: windows without rows come before the next that has some, and none at the end. */
	endWindow(index: number, start: number): void {
		if (this.rows === 0) {
			return;
		}

		const gap = Number.isNaN(this.#last) ? 0 : index - this.#last - 1;
		if (gap <= longestGap) {
			for (let back = gap; back > 0; back--) {
				this.windows.push({start: start - (back * this.#length), count: 0, quantiles: windowQuantiles.map(() => NaN), max: NaN});
			}
		} else {
			this.skipped += gap;
		}

		this.windows.push({start, count: this.count, ...summarize(this.latencies, this.rows, this.#selection)});
		this.#last = index;
		this.rows = 0;
		this.count = 0;
	}
}

function addRows({latencies, counts}: PlacedBlock, ids: PlacedBlock['labels'], labels: readonly LabelWindows[], {from, to}: {readonly from: number; readonly to: number}): void {
	const rows = to - from;
	if (typeof ids === 'number') {
		const label = labels[ids]!;
		label.reserve(rows);
		label.latencies.set(latencies.subarray(from, to), label.rows);
		label.rows += rows;
		for (let row = from; row < to; row++) {
			label.count += typeof counts === 'number' ? counts : counts[row]!;
		}

		return;
	}

	for (let row = from; row < to; row++) {
		const label = labels[ids[row]!]!;
		if (label.rows === label.latencies.length) {
			label.reserve(1);
		}

		label.latencies[label.rows++] = latencies[row]!;
		label.count += typeof counts === 'number' ? counts : counts[row]!;
	}
}

function summarize(latencies: Float64Array, rows: number, selection: RankSelection): Pick<RawWindow, 'quantiles' | 'max'> {
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
