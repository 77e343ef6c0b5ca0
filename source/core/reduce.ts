/*
The fold from events to state: pure, and it never asks the time. What can be worked out from the state (percent, time
left) is a selector, not state.
*/
import {type RunEvent, type RunEventOf} from './event.ts';
import {knownLive} from './live.ts';
import {benchmarkId} from './benchmark-id.ts';
import {type BenchmarkState, type ProcState, type RunState} from './state.ts';

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

		case 'suite-resumed': {
			return resumed(state, event);
		}

		case 'attempt-discarded': {
			const {attempt, directory, message, failure, durationMs} = event;
			return change(state, event.index, benchmark => ({...blank(benchmark), attempt, earlier: [...benchmark.earlier, {attempt, directory, message, failure, durationMs}]}));
		}

		case 'phase-entered': {
			return change(state, event.index, benchmark => ({
				...benchmark,
				phase: event.phase,
				phaseAt: event.at,
				phaseMs: event.expectedMs,
				analysis: undefined,
				phases: [...benchmark.phases, {phase: event.phase, at: event.at}],
			}));
		}

		case 'proc-started': {
			const {label, role, host, ip, port, metricsPort, pid, place} = event;
			const proc = {label, role, host, ip, port, metricsPort, pid, place, startedAt: event.at};
			return change(state, event.index, benchmark => ({...benchmark, procs: placed(benchmark.procs, proc)}));
		}

		case 'proc-exited': {
			return change(state, event.index, benchmark => ({
				...benchmark,
				procs: benchmark.procs.map(proc => proc.label === event.label ? {...proc, exitedAt: event.at, returnCode: event.returnCode, ended: event.ended} : proc),
			}));
		}

		case 'analysis-progressed': {
			const {bytes, totalBytes} = event;
			return change(state, event.index, benchmark => ({...benchmark, analysis: {bytes, totalBytes}}));
		}

		case 'clients-measured': {
			return change(state, event.index, benchmark => ({...benchmark, clients: event.clients, overlapMs: event.overlapMs}));
		}

		case 'pauses-logged': {
			const {label, count, totalMs, longest} = event;
			return change(state, event.index, benchmark => ({...benchmark, pauses: [...benchmark.pauses, {label, count, totalMs, longest}]}));
		}

		case 'benchmark-finished': {
			const {durationMs, summary, output, cells} = event;
			return change(state, event.index, benchmark => ({...benchmark, status: 'finished', endedAt: event.at, durationMs, summary, output, cells}));
		}

		case 'benchmark-failed': {
			const {durationMs, failure} = event;
			return change(state, event.index, benchmark => ({...benchmark, status: 'failed', endedAt: event.at, durationMs, failure}));
		}

		case 'warned': {
			return {...state, warnings: [...state.warnings, {at: event.at, index: event.index, message: event.message}].slice(-maxWarnings)};
		}

		case 'host-lost': {
			const {at, host, message} = event;
			return {
				...state,
				lostHosts: [...state.lostHosts.filter(lost => lost.host !== host), {host, at, message}],
				warnings: [...state.warnings, {at, message}].slice(-maxWarnings),
			};
		}

		case 'host-regained': {
			return {...state, lostHosts: state.lostHosts.filter(({host}) => host !== event.host)};
		}

		case 'held': {
			const {index, at, labels, message} = event;
			return {...state, held: {index, at, labels, message}};
		}

		case 'let-go': {
			return {...state, held: undefined};
		}

		case 'question-asked': {
			const {question, text, isHidden} = event;
			return {...state, questions: [...state.questions.filter(open => open.question !== question), {question, text, isHidden}]};
		}

		case 'question-answered': {
			return {...state, questions: state.questions.filter(({question}) => question !== event.question)};
		}

		case 'stop-requested': {
			return {...state, stopping: event.message};
		}

		case 'suite-finished': {
			return {...state, ...quiet, benchmarks: state.benchmarks.map(benchmark => unbegun(benchmark)), outcome: event.outcome, endedAt: event.at, endMessage: event.message};
		}

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
		live: knownLive(event.live ?? {}),
		scraping: event.scraping,
		startedAt: event.at,
		runner: event.runner,
		command: event.command,
		control: event.control,
		selected: event.selected,
		benchmarks: event.inputs.map((input, place): BenchmarkState => {
			const index = place + 1;
			return {index, id: benchmarkId(index), input, status: 'waiting', estimateMs: estimates.get(index) ?? 0, attempt: 0, earlier: [], phases: [], procs: [], clients: [], pauses: []};
		}),
	};
}

// What finished stays; what is to run again waits, and keeps what it failed of until it does.
function resumed(state: RunState, event: RunEventOf<'suite-resumed'>): RunState {
	const estimates = new Map(event.selected.map((index, place) => [index, event.estimatesMs[place] ?? 0]));
	return {
		...state,
		...quiet,
		runner: event.runner,
		control: event.control,
		hosts: event.hosts,
		resumes: state.resumes + 1,
		pausedMs: state.pausedMs + Math.max(0, event.at - state.lastEventAt),
		selected: [...new Set([...state.selected, ...event.selected])],
		benchmarks: state.benchmarks.map(benchmark =>
			estimates.has(benchmark.index) || benchmark.status === 'running'
				? {...benchmark, estimateMs: estimates.get(benchmark.index) ?? benchmark.estimateMs, status: 'waiting'}
				: benchmark,
		),
		outcome: undefined,
		endedAt: undefined,
		endMessage: undefined,
	};
}

// A runner that has gone, or is new, waits for nothing.
const quiet = {held: undefined, questions: [], lostHosts: [], stopping: undefined} as const;

/** A benchmark that was to run again and never did is what it was. */
function unbegun(benchmark: BenchmarkState): BenchmarkState {
	return benchmark.status === 'waiting' && benchmark.failure ? {...benchmark, status: 'failed'} : benchmark;
}

// A further attempt starts from nothing.
function blank({index, id, input, estimateMs, earlier}: BenchmarkState): BenchmarkState {
	return {index, id, input, estimateMs, earlier, status: 'waiting', attempt: 0, phases: [], procs: [], clients: [], pauses: []};
}

// Procs start side by side: they stand in the order of the plan, whichever was first; where a journal lacks it, in that of its events.
function placed(procs: readonly ProcState[], proc: ProcState): readonly ProcState[] {
	const {place} = proc;
	const before = place === undefined ? -1 : procs.findIndex(other => other.place !== undefined && other.place > place);
	return before === -1 ? [...procs, proc] : procs.toSpliced(before, 0, proc);
}

function change(state: RunState, index: number, update: (benchmark: BenchmarkState) => BenchmarkState): RunState {
	const benchmark = state.benchmarks[index - 1];
	return benchmark ? {...state, benchmarks: state.benchmarks.with(index - 1, update(benchmark))} : state;
}
