/*
What all benchmarks of one run share.
*/
import path from 'node:path';
import {type RunEvent} from '../core/event.ts';
import {type BenchmarkPlan, planBenchmark} from '../core/plan.ts';
import {type RunState} from '../core/state.ts';
import {type SuiteDirectory} from '../directory/suite-directory.ts';
import {type RunnerEnvironment} from './environment.ts';
import {type UntimedEvent} from './hooks.ts';
import {type HostWatch} from './host-watch.ts';
import {type RunPolicy} from './policy.ts';
import {type ResultRows} from './result-rows.ts';
import {type RunControl} from './run-control.ts';
import {type SuiteRun} from './run-suite.ts';

export type Session = {
	readonly run: SuiteRun;
	readonly env: RunnerEnvironment;
	readonly policy: RunPolicy;
	readonly directory: SuiteDirectory;
	readonly rows: ResultRows;
	readonly hosts: HostWatch;
	readonly control: RunControl;
	/** Aborts when the run is to end. */
	readonly signal: AbortSignal;
	readonly emit: (event: UntimedEvent) => void;
	/** The run so far. */
	readonly state: () => RunState;
};

/** The plan of a benchmark whose suite directory is there, or will be in `directory`. */
export function planOf({suite, inputs, around}: SuiteRun, env: RunnerEnvironment, index: number, directory: string): BenchmarkPlan {
	return planBenchmark(suite.protocol, inputs[index - 1]!, index, {
		...around,
		directoryOn: (host, id) => directoryOn(env, host, path.join(directory, id)),
	});
}

/** Where a directory of this machine lies on a host. */
export function directoryOn(env: RunnerEnvironment, host: string, directory: string): string {
	return env.directoryOn?.(host, directory) ?? directory;
}

/** An event with the time of now. */
export function timed(event: UntimedEvent, env: RunnerEnvironment): RunEvent {
	return {at: Math.round(env.clock.now()), ...event};
}
