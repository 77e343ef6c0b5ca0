import {RankSelection} from '../core/rank-selection.ts';
import {CompensatedSum, interpolate, quantilePosition} from '../core/statistics.ts';
import {type Control} from './control.ts';
import {eachRowGroup, type RowSource} from './row-groups.ts';

/** Latencies of one label, in milliseconds. */
export type LatencySummary = {
	readonly rows: number;
	/** Requests. */
	readonly count: number;
	readonly mean: number;
	readonly min: number;
	readonly max: number;
	/** The sample standard deviation. */
	readonly std: number;
	/** In the order of `latencyQuantiles`. */
	readonly quantiles: readonly number[];
	/** Each row counted as often as it has requests; only where a row has more than one. */
	readonly weighted?: {readonly mean: number; readonly quantiles: readonly number[]};
	/** Rows in each log-linear bucket, as `RankSelection` has them. */
	readonly buckets: Float64Array;
};

export const latencyQuantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999] as const;

const nanosInMs = 1e6;

class LabelLatency {
	rows = 0;
	min = Infinity;
	max = -Infinity;
	readonly sum = new CompensatedSum();
	readonly count = new CompensatedSum();
	readonly squares = new CompensatedSum();
	readonly ranks = new RankSelection();
	readonly weightedSum = new CompensatedSum();
	readonly weightedRanks = new RankSelection();

	get mean(): number {
		return this.sum.value / this.rows;
	}
}

/**
The latency figures of each label: exact quantiles by repeated counting, sums compensated.

@returns By the labels' indices; labels without a row that counts are missing.
*/
export function summarizeLatency(source: RowSource, control: Control): ReadonlyMap<number, LatencySummary> {
	const states = new Map<number, LabelLatency>();
	const isWeighted = source.blocks.some(block => block.counts !== 1);
	eachRowGroup(source, ({label, rows, latencies, counts}) => {
		control.throwIfCanceled();
		let state = states.get(label);
		if (!state) {
			state = new LabelLatency();
			states.set(label, state);
		}

		state.rows += rows;
		addExtremes(state, latencies, rows);
		state.sum.addAll(latencies, rows);
		state.ranks.count(latencies, rows);
		if (isWeighted) {
			state.count.addAll(counts, rows);
			state.weightedSum.addAll(latencies, rows, counts);
			state.weightedRanks.count(latencies, rows, counts);
		} else {
			state.count.add(rows);
		}
	});
	for (const state of states.values()) {
		state.ranks.want(ranksOf(state.rows));
		if (isWeighted && state.weightedRanks.total > 0) {
			state.weightedRanks.want(ranksOf(state.weightedRanks.total));
		}
	}

	refineAll(source, states, control);
	return new Map([...states].map(([label, state]) => [label, summaryOf(state)]));
}

/** Shows all rows again, until every rank is known; the first time, the means being known, also for the deviations. */
function refineAll(source: RowSource, states: ReadonlyMap<number, LabelLatency>, control: Control): void {
	const selections = [...states.values()].flatMap(({ranks, weightedRanks}) => [ranks, weightedRanks]);
	for (let pass = 0; pass === 0 || selections.some(({pending}) => pending); pass++) {
		eachRowGroup(source, ({label, rows, latencies, counts}) => {
			control.throwIfCanceled();
			const state = states.get(label)!;
			if (pass === 0) {
				state.squares.addSquares(latencies, rows, state.mean);
			}

			if (state.ranks.pending) {
				state.ranks.refine(latencies, rows);
			}

			if (state.weightedRanks.pending) {
				state.weightedRanks.refine(latencies, rows, counts);
			}
		});
		for (const selection of selections) {
			selection.endPass();
		}
	}
}

function addExtremes(state: LabelLatency, values: Float64Array, length: number): void {
	let {min, max} = state;
	for (let index = 0; index < length; index++) {
		const value = values[index]!;
		min = Math.min(value, min);
		max = Math.max(value, max);
	}

	state.min = min;
	state.max = max;
}

function ranksOf(total: number): readonly number[] {
	return latencyQuantiles.flatMap(q => {
		const {lower, upper} = quantilePosition(q, total);
		return [lower, upper];
	});
}

function summaryOf(state: LabelLatency): LatencySummary {
	const {rows, min, max, mean, squares, ranks, weightedRanks, weightedSum} = state;
	const count = state.count.value;
	return {
		rows,
		count,
		mean: mean / nanosInMs,
		min: min / nanosInMs,
		max: max / nanosInMs,
		std: rows > 1 ? Math.sqrt(squares.value / (rows - 1)) / nanosInMs : NaN,
		quantiles: quantilesOf(ranks),
		...(weightedRanks.total > 0 && count !== rows && {weighted: {mean: weightedSum.value / count / nanosInMs, quantiles: quantilesOf(weightedRanks)}}),
		buckets: ranks.buckets,
	};
}

function quantilesOf(selection: RankSelection): readonly number[] {
	return latencyQuantiles.map(q => {
		const {lower, upper, fraction} = quantilePosition(q, selection.total);
		return interpolate(selection.valueAt(lower) / nanosInMs, selection.valueAt(upper) / nanosInMs, fraction);
	});
}
