/*
What follows from a run's state. Whatever depends on the time gets it as `now`, epoch ms.
*/
import {type BenchmarkState, type RunState} from './state.ts';

/** Overhead of a benchmark before the first has shown its own, ms: procs start, connect, end, and are analysed. */
const assumedOverheadMs: Readonly<Record<string, number>> = {embedded: 400, program: 400, rehearsal: 400, jar: 2500};

type Progress = {readonly total: number; readonly finished: number; readonly failed: number; readonly done: number};

export function selectProgress(state: RunState): Progress {
	const chosen = selected(state);
	const finished = chosen.filter(({status}) => status === 'finished').length;
	const failed = chosen.filter(({status}) => status === 'failed').length;
	return {total: chosen.length, finished, failed, done: finished + failed};
}

/** The benchmark that runs now. */
export function selectRunning(state: RunState): BenchmarkState | undefined {
	return state.benchmarks.find(({status}) => status === 'running');
}

/** Milliseconds since the start, until the end where there is one; what lay between an end and a resume does not count. */
export function selectElapsed(state: RunState, now: number): number {
	return Math.max(0, (state.endedAt ?? now) - state.startedAt - state.pausedMs);
}

/**
Milliseconds until the last benchmark ends: what the inputs say, plus the overhead that finished benchmarks showed.
*/
export function selectEta(state: RunState, now: number): number {
	if (state.outcome !== undefined) {
		return 0;
	}

	const overheadMs = measuredOverhead(state);
	const left = selected(state).map(benchmark => {
		const expected = benchmark.estimateMs + overheadMs;
		if (benchmark.status === 'running') {
			return Math.max(0, expected - (now - (benchmark.startedAt ?? now)));
		}

		return benchmark.status === 'waiting' ? expected : 0;
	});
	return left.reduce((sum, ms) => sum + ms, 0);
}

/** The estimate of a whole run before anything has started, ms. */
export function estimateRun(estimatesMs: readonly number[], engine: string): number {
	return estimatesMs.reduce((sum, ms) => sum + ms + overheadOf(engine), 0);
}

// The median: one benchmark that hung for minutes says nothing about the next.
function measuredOverhead(state: RunState): number {
	const seen = selected(state).filter(({status}) => status === 'finished').map(({durationMs, estimateMs}) => Math.max(0, (durationMs ?? 0) - estimateMs)).toSorted((one, other) => one - other);
	return seen[Math.floor(seen.length / 2)] ?? overheadOf(state.engine);
}

function overheadOf(engine: string): number {
	return assumedOverheadMs[engine] ?? 1000;
}

function selected(state: RunState): readonly BenchmarkState[] {
	return state.selected.flatMap(index => state.benchmarks[index - 1] ?? []);
}
