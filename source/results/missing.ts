import {type Run} from '../directory/run.ts';

export type Missing = {
	/** Benchmarks of the run that have not finished. */
	readonly count: number;
	/** How long they take, about; undefined where no journal tells what was expected. */
	readonly ms: number | undefined;
};

/** What is missing of a run: what failed, was cut off, or never began. */
export function missingOf({state, total, benchmarks}: Run): Missing {
	if (!state) {
		return {count: Math.max(0, total - benchmarks.filter(({status}) => status === 'finished').length), ms: undefined};
	}

	const selected = state.selected.flatMap(index => state.benchmarks[index - 1] ?? []);
	const done = selected.filter(({status}) => status === 'finished');
	const open = selected.filter(({status}) => status !== 'finished');
	// What those that finished took longer than was expected, the others will.
	const overheads = done.map(({durationMs = 0, estimateMs}) => Math.max(0, durationMs - estimateMs)).toSorted((one, other) => one - other);
	const overheadMs = overheads[Math.floor(overheads.length / 2)] ?? 0;
	return {count: open.length, ms: open.reduce((sum, {estimateMs}) => sum + estimateMs + overheadMs, 0)};
}
