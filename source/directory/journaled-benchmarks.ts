/*
The benchmarks of a run with a journal: it decides what each of them did; files add what procs left.
*/
import path from 'node:path';
import {type BenchmarkState, type RunState} from '../core/state.ts';
import {type BenchmarkFiles} from './benchmark-files.ts';
import {mapLimited} from './map-limited.ts';
import {readProcesses} from './read-processes.ts';
import {type RunBenchmark, type RunProcess, type RunStatus} from './run.ts';

type Context = {
	/** Of the run. */
	readonly status: RunStatus;
	readonly processes: 'all' | 'failed';
};

const maxAtOnce = 4;

/** The benchmarks that were to run, and those that left a directory, by number. */
export async function journaledBenchmarks(state: RunState, found: readonly BenchmarkFiles[], context: Context): Promise<readonly RunBenchmark[]> {
	const directories = new Map(found.map(files => [files.index, files]));
	const selected = new Set(state.selected);
	const shown = state.benchmarks.filter(({index}) => selected.has(index) || directories.has(index));
	return mapLimited(shown, maxAtOnce, async benchmark => journaled(benchmark, directories.get(benchmark.index), context));
}

async function journaled(state: BenchmarkState, files: BenchmarkFiles | undefined, {status, processes: wanted}: Context): Promise<RunBenchmark> {
	const processes = wanted === 'all' || state.status === 'failed' ? await processesOf(state, files) : [];
	return {
		index: state.index,
		id: state.id,
		path: files && path.resolve(files.folder.path),
		status: statusOf(state, status),
		input: state.input,
		output: state.output,
		attempt: state.attempt,
		failure: state.failure,
		startedAt: files?.startedAt ?? state.startedAt,
		stoppedAt: files?.stoppedAt ?? state.endedAt,
		processes,
	};
}

// Where no runner is left: what ran was cut off, and what was to run again is what it was.
function statusOf({status, failure}: BenchmarkState, run: RunStatus): RunBenchmark['status'] {
	if (run === 'running') {
		return status;
	}

	return status === 'running' ? 'interrupted' : (status === 'waiting' && failure ? 'failed' : status);
}

async function processesOf({procs}: BenchmarkState, files: BenchmarkFiles | undefined): Promise<readonly RunProcess[]> {
	const labels = procs.map(({label}) => label);
	const codes = new Map(procs.map(({label, returnCode}) => [label, returnCode]));
	const unknown = {command: undefined, returncode: undefined, outBytes: undefined, errBytes: undefined};
	const processes = files ? await readProcesses(files.folder, labels) : labels.map(label => ({label, ...unknown}));
	return processes.map(process => ({...process, returncode: process.returncode ?? codes.get(process.label)}));
}
