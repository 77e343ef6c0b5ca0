/*
The fold from events to state: pure, and it never asks the time. What can be worked out from the state (percent, time
left) is a selector, not state.
*/
import {type RunEvent, type RunEventOf} from './event.ts';
import {benchmarkId} from './plan.ts';
import {type BenchmarkState, type RunState} from './state.ts';

/** The state after one more event. */
export function reduce(state: RunState, event: RunEvent): RunState {
	return {...step(state, event), lastEventAt: event.at};
}

// Warnings are few; a run that warns without end keeps the latest.
const maxWarnings = 1000;

function step(state: RunState, event: RunEvent): RunState {
	switch (event.type) {
		case 'suite-started': {
			return started(state, event);
		}

		case 'benchmark-started': {
			return change(state, event.index, benchmark => ({
				...blank(benchmark), status: 'running', attempt: event.attempt, startedAt: event.at,
			}));
		}

		case 'phase-entered': {
			return change(state, event.index, benchmark => ({
				...benchmark,
				phase: event.phase,
				phaseAt: event.at,
				phaseMs: event.expectedMs,
				phases: [...benchmark.phases, {phase: event.phase, at: event.at}],
			}));
		}

		case 'proc-started': {
			const {label, role, host, ip, port, metricsPort, pid} = event;
			return change(state, event.index, benchmark => ({...benchmark, procs: [...benchmark.procs, {label, role, host, ip, port, metricsPort, pid, startedAt: event.at}]}));
		}

		case 'proc-exited': {
			return change(state, event.index, benchmark => ({
				...benchmark,
				procs: benchmark.procs.map(proc => proc.label === event.label ? {...proc, exitedAt: event.at, returnCode: event.returnCode, ended: event.ended} : proc),
			}));
		}

		case 'clients-measured': {
			return change(state, event.index, benchmark => ({...benchmark, clients: event.clients, overlapMs: event.overlapMs}));
		}

		case 'benchmark-finished': {
			const {durationMs, summary, output} = event;
			return change(state, event.index, benchmark => ({...benchmark, status: 'finished', endedAt: event.at, durationMs, summary, output}));
		}

		case 'benchmark-failed': {
			const {durationMs, failure} = event;
			return change(state, event.index, benchmark => ({...benchmark, status: 'failed', endedAt: event.at, durationMs, failure}));
		}

		case 'warned': {
			return {...state, warnings: [...state.warnings, {at: event.at, index: event.index, message: event.message}].slice(-maxWarnings)};
		}

		case 'host-lost': {
			return {...state, warnings: [...state.warnings, {at: event.at, message: event.message}].slice(-maxWarnings)};
		}

		case 'suite-finished': {
			return {...state, outcome: event.outcome, endedAt: event.at};
		}

		case 'analysis-progressed':
		case 'heartbeat': {
			return state;
		}
	}
}

function started(state: RunState, event: RunEventOf<'suite-started'>): RunState {
	const estimates = new Map(event.selected.map((index, place) => [index, event.estimatesMs[place] ?? 0]));
	return {
		...state,
		suite: event.suite,
		name: event.name,
		directory: event.directory,
		engine: event.engine,
		args: event.args,
		hosts: event.hosts,
		startedAt: event.at,
		selected: event.selected,
		benchmarks: event.inputs.map((input, place): BenchmarkState => {
			const index = place + 1;
			return {index, id: benchmarkId(index), input, status: 'waiting', estimateMs: estimates.get(index) ?? 0, attempt: 0, phases: [], procs: [], clients: []};
		}),
	};
}

// A further attempt starts from nothing.
function blank({index, id, input, estimateMs}: BenchmarkState): BenchmarkState {
	return {index, id, input, estimateMs, status: 'waiting', attempt: 0, phases: [], procs: [], clients: []};
}

function change(state: RunState, index: number, update: (benchmark: BenchmarkState) => BenchmarkState): RunState {
	const benchmark = state.benchmarks[index - 1];
	return benchmark ? {...state, benchmarks: state.benchmarks.with(index - 1, update(benchmark))} : state;
}
