/*
A whole suite: its directory, its journal, one benchmark after the other; also one that is resumed where it ended.
*/
import path from 'node:path';
import {columnNames, outputGroup} from '../core/columns.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Runner, type SuiteOutcome} from '../core/event.ts';
import {groupOf} from '../core/field.ts';
import {type JsonObject} from '../core/json.ts';
import {type BenchmarkPlan, type PlannedProc, type Surroundings} from '../core/plan.ts';
import {columnsOf, reprOf} from '../core/print-input.ts';
import {reduce} from '../core/reduce.ts';
import {scrapingOf} from '../core/scraping.ts';
import {selectProgress} from '../core/selectors.ts';
import {emptyState, type RunState} from '../core/state.ts';
import {type Suite} from '../core/suite.ts';
import {expectedMs} from '../core/timing.ts';
import {type Journal, openJournal} from '../directory/journal.ts';
import {createSuiteDirectory, openSuiteDirectory, type SuiteDirectory} from '../directory/suite-directory.ts';
import {type RunnerEnvironment} from './environment.ts';
import {BenchmarkFailure} from './failure.ts';
import {type UntimedEvent} from './hooks.ts';
import {watchHosts} from './host-watch.ts';
import {type RunPolicy, usualPolicy} from './policy.ts';
import {refuseTakenPorts} from './ports.ts';
import {openResultRows, type ResultRows} from './result-rows.ts';
import {RunControl} from './run-control.ts';
import {runWithRetries} from './run-with-retries.ts';
import {planOf, type Session, timed} from './session.ts';

const heartbeatMs = 5000;
/** Finding out about the hosts mostly takes less: then it takes nothing from the start of the first benchmark. */
const environmentMs = 100;

export type SuiteRun = {
	readonly suite: Suite;
	/** `unreplicated/smoke`, or the path of a file. */
	readonly title: string;
	/** The last part of the directory's name. */
	readonly name: string;
	readonly parent: string;
	readonly inputs: readonly JsonObject[];
	/** Indices, from 1, in the order in which they run. */
	readonly selected: readonly number[];
	readonly args: JsonObject;
	readonly policy?: Partial<RunPolicy>;
	/** False where a person wants no scraping, for whoever wonders why there is none. */
	readonly isScraped?: boolean;
	/** All but the benchmark directories, which are known once the suite directory is. */
	readonly around: Omit<Surroundings, 'directoryOn'>;
	readonly runner: Runner;
	/** The words and the working directory of the command line, for a resume. */
	readonly command?: {readonly argv: readonly string[]; readonly cwd: string};
	/** The path of the control socket. */
	readonly control?: string;
	readonly commandLine: (proc: PlannedProc) => string;
	readonly random: () => number;
	/** What environment.json holds, found out while the suite runs. */
	readonly environment: (hosts: readonly string[]) => Promise<JsonObject>;
	/** The run that is resumed: where it lies, what its journal says, the columns of its results.csv if it has one. */
	readonly resumed?: {readonly directory: string; readonly state: RunState; readonly columns: readonly string[] | undefined};
};

/**
Runs a suite to its end.

@throws BenchError where it cannot start at all: nothing has been written then.
*/
export async function runSuite(run: SuiteRun, env: RunnerEnvironment): Promise<SuiteOutcome> {
	const {protocol} = run.suite;
	const columns = run.resumed?.columns ?? [...columnsOf(groupOf(protocol.input), run.inputs[0]).map(([name]) => name), ...columnNames(outputGroup(protocol.output))];
	const plans = run.selected.map(index => planOf(run, env, index, run.parent));
	const hosts = [...new Set(plans.flatMap(({procs}) => procs.map(({host}) => host)))];
	await Promise.all(hosts.map(async host => env.hostOf(host)));
	await refusePorts(plans, env);
	for (const hook of env.hooks ?? []) {
		await hook.begin?.(plans);
	}

	const control = env.control ?? new RunControl();
	const signal = AbortSignal.any([env.signal, control.signal]);
	if (signal.aborted) {
		throw new BenchError('canceled', 'Nothing was started.');
	}

	const directory = run.resumed ? openSuiteDirectory(run.resumed.directory) : await createSuiteDirectory({parent: run.parent, name: run.name, now: () => env.clock.now(), random: run.random});
	const journal = openJournal(path.join(directory.path, 'events.jsonl'));
	let state = run.resumed?.state ?? emptyState;
	const emit = (event: UntimedEvent) => {
		const known = timed(event, env);
		state = reduce(state, known);
		journal.write(known);
		env.emit(known);
	};

	await writeBeginning(run, directory, env);
	const environment = writeEnvironment(directory, run, hosts, emit);
	tellBeginning(run, plans, {directory, hosts, emit});
	control.attach(emit);
	signal.addEventListener('abort', () => {
		const {reason} = signal as {readonly reason: unknown};
		emit({type: 'stop-requested', message: reason instanceof BenchError ? reason.message : 'The run was interrupted.'});
	}, {once: true});
	const heart = new AbortController();
	void beat(heart.signal);
	await atMost(environmentMs, environment);
	let rows: ResultRows | undefined;
	let message: string | undefined;
	try {
		rows = await openResultRows(directory, columns, run.resumed && finishedRows(run.resumed.state));
		message = await runAll({
			run, env, directory, rows, control, signal, emit,
			policy: {...usualPolicy, ...run.policy},
			hosts: watchHosts({...env, emit, labelsOn: host => runningOn(state, host)}),
			state: () => state,
		});
	} finally {
		heart.abort();
		await Promise.all([tellOver(env, emit), rows?.close(), directory.writeStopTime(env.clock.now()), environment]);
		const {total, finished, failed} = selectProgress(state);
		emit({type: 'suite-finished', outcome: finished === total ? 'finished' : (signal.aborted ? 'interrupted' : 'failed'), finished, failed, ...(message !== undefined && {message})});
		await finish(journal);
	}

	return state.outcome ?? 'failed';

	async function atMost(ms: number, work: Promise<void>): Promise<void> {
		const over = new AbortController();
		await Promise.race([work, env.clock.sleep(ms, over.signal)]);
		over.abort();
	}

	async function beat(ended: AbortSignal): Promise<void> {
		while (!ended.aborted) {
			await env.clock.sleep(heartbeatMs, ended);
			if (!ended.aborted) {
				emit({type: 'heartbeat'});
			}
		}
	}
}

/** Runs one benchmark after the other; returns why the run ended before its time, where failures ended it. */
async function runAll(session: Session): Promise<string | undefined> {
	const {run: {selected}, policy} = session;
	let inARow = 0;
	for (const [place, index] of selected.entries()) {
		const end = await runWithRetries(session, index);
		if (end === 'interrupted' || session.signal.aborted) {
			return undefined;
		}

		// What was skipped or never began says nothing of the system.
		if (end === 'finished' || end === 'failed') {
			inARow = end === 'failed' ? inARow + 1 : 0;
		}

		const left = selected.length - place - 1;
		if (inARow >= policy.maxFailures && left > 0) {
			return `The run ended ${inARow === 1 ? 'with a failure' : `after ${inARow} failures in a row (--max-failures)`}; ${left} not begun.`;
		}
	}

	return undefined;
}

async function writeBeginning({suite, args, inputs, resumed}: SuiteRun, directory: SuiteDirectory, env: RunnerEnvironment): Promise<void> {
	if (resumed) {
		await directory.removeStopTime();
		return;
	}

	await Promise.all([
		directory.writeArgs(args),
		directory.writeInputs(inputs.map(input => reprOf(groupOf(suite.protocol.input), input))),
		directory.writeStartTime(env.clock.now()),
	]);
}

type Beginning = {readonly directory: SuiteDirectory; readonly hosts: readonly string[]; readonly emit: (event: UntimedEvent) => void};

function tellBeginning(run: SuiteRun, plans: readonly BenchmarkPlan[], {directory, hosts, emit}: Beginning): void {
	const {selected, runner, control, command} = run;
	const common = {selected, estimatesMs: plans.map(({timing}) => Math.round(expectedMs(timing))), runner, hosts, ...(control !== undefined && {control})};
	if (run.resumed) {
		emit({type: 'suite-resumed', ...common});
		return;
	}

	emit({
		type: 'suite-started', suite: run.title, name: run.name, directory: directory.path, engine: run.around.engine, args: run.args, inputs: run.inputs, ...common,
		live: run.suite.protocol.live ?? {}, scraping: scrapingOf(plans.flatMap(({procs}) => procs), {engine: run.around.engine, isRefused: run.isScraped === false}),
		...(command && {command}),
	});
}

function finishedRows({benchmarks}: RunState): ReadonlyMap<number, readonly string[]> {
	return new Map(benchmarks.flatMap(({index, status, cells}) => status === 'finished' && cells ? [[index, cells] as const] : []));
}

// Those that run, and those whose end is unknown, which is what a loss leaves of them.
function runningOn({benchmarks}: RunState, address: string): readonly string[] {
	return benchmarks.filter(({status}) => status === 'running').flatMap(({procs}) => procs).filter(({host, returnCode}) => host === address && returnCode === undefined).map(({label}) => label);
}

async function refusePorts(plans: readonly BenchmarkPlan[], env: RunnerEnvironment): Promise<void> {
	try {
		await refuseTakenPorts(plans, env.hostOf);
	} catch (error) {
		throw error instanceof BenchmarkFailure ? new BenchError('host', `Nothing was started: ${error.failure.message}`, {cause: error}) : error;
	}
}

async function writeEnvironment(directory: SuiteDirectory, run: SuiteRun, hosts: readonly string[], emit: (event: UntimedEvent) => void): Promise<void> {
	try {
		// What a run began on is what its resume is compared with.
		if (run.resumed && await directory.has('environment.json')) {
			return;
		}

		await directory.writeEnvironment(await run.environment(hosts));
	} catch (error) {
		emit({type: 'warned', message: `environment.json could not be written: ${messageOf(error)}.`});
	}
}

async function tellOver({hooks = []}: RunnerEnvironment, emit: (event: UntimedEvent) => void): Promise<void> {
	for (const hook of hooks) {
		for (const told of await hook.over?.() ?? []) {
			emit({type: 'warned', message: told});
		}
	}
}

async function finish(journal: Journal): Promise<void> {
	await journal.sync();
	journal.close();
}
