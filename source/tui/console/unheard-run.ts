/*
A run whose runner tells of nothing any more: no clock of it goes on, and no process of it counts as running.
*/
import {type BenchmarkState, type RunState} from '../../core/state.ts';
import {isRunnerGone, runStanding} from './header.ts';

const settled = new WeakMap<RunState, RunState>();

/** The run as far as it is known: where its runner is silent, what ran then has ended with the last sign of life. */
export function knownRun(state: RunState, now: number): RunState {
	if (runStanding(state, now) !== 'silent') {
		return state;
	}

	const known = settled.get(state) ?? settledRun(state);
	settled.set(state, known);
	return known;
}

function settledRun(state: RunState): RunState {
	const endedAt = isRunnerGone(state) ? state.runnerGoneAt! : state.lastEventAt;
	return {...state, endedAt, benchmarks: state.benchmarks.map(benchmark => (benchmark.status === 'running' ? settledBenchmark(benchmark, endedAt) : benchmark))};
}

// Nobody has told how its processes ended: none of them has a return code.
function settledBenchmark(benchmark: BenchmarkState, endedAt: number): BenchmarkState {
	return {...benchmark, endedAt, procs: benchmark.procs.map(proc => (proc.exitedAt === undefined ? {...proc, exitedAt: endedAt, ended: true} : proc))};
}
