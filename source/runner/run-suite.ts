/*
A whole suite: its directory, its journal, one benchmark after the other. A results row is on the disk before its benchmark
counts as finished.
*/
import path from 'node:path';
import {columnNames, outputGroup} from '../core/columns.ts';
import {BenchError} from '../core/errors.ts';
import {type Failure, type RunEvent, type SuiteOutcome} from '../core/event.ts';
import {groupOf} from '../core/field.ts';
import {type JsonObject} from '../core/json.ts';
import {benchmarkId, type BenchmarkPlan, planBenchmark, type PlannedProc, type Surroundings} from '../core/plan.ts';
import {columnsOf, jsonText, reprOf} from '../core/print-input.ts';
import {scrapingOf} from '../core/scraping.ts';
import {type Suite} from '../core/suite.ts';
import {summaryText} from '../core/summary.ts';
import {expectedMs} from '../core/timing.ts';
import {openJournal} from '../directory/journal.ts';
import {type ResultsFile} from '../directory/results-file.ts';
import {createSuiteDirectory, type SuiteDirectory} from '../directory/suite-directory.ts';
import {type RunnerEnvironment} from './environment.ts';
import {BenchmarkFailure} from './failure.ts';
import {refuseTakenPorts} from './ports.ts';
import {runBenchmark} from './run-benchmark.ts';

const heartbeatMs = 5000;

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
	readonly failFast: boolean;
	/** False where a person wants no scraping, for whoever wonders why there is none. */
	readonly isScraped?: boolean;
	/** All but the benchmark directories, which are known once the suite directory is. */
	readonly around: Omit<Surroundings, 'directoryOn'>;
	readonly runner: {readonly pid: number; readonly hostname: string; readonly version: string};
	readonly commandLine: (proc: PlannedProc) => string;
	readonly random: () => number;
	/** What environment.json holds, found out while the suite runs. */
	readonly environment: (hosts: readonly string[]) => Promise<JsonObject>;
};

/**
Runs a suite to its end.

@throws BenchError where it cannot start at all: nothing has been written then.
*/
export async function runSuite(run: SuiteRun, env: RunnerEnvironment): Promise<SuiteOutcome> {
	const {suite, inputs, selected} = run;
	const directoryOn = (host: string, directory: string) => env.directoryOn?.(host, directory) ?? directory;
	const planOf = (index: number, directory: string): BenchmarkPlan => planBenchmark(suite.protocol, inputs[index - 1]!, index, {...run.around, directoryOn: (host, id) => directoryOn(host, path.join(directory, id))});
	const plans = selected.map(index => planOf(index, run.parent));
	const hosts = [...new Set(plans.flatMap(({procs}) => procs.map(({host}) => host)))];
	await Promise.all(hosts.map(async host => env.hostOf(host)));
	await refusePorts(plans, env);
	for (const hook of env.hooks ?? []) {
		await hook.begin?.(plans);
	}

	const directory = await createSuiteDirectory({parent: run.parent, name: run.name, now: () => env.clock.now(), random: run.random});
	const journal = openJournal(path.join(directory.path, 'events.jsonl'));
	const inputGroup = groupOf(suite.protocol.input);
	const emit = (event: RunEvent) => {
		journal.write(event);
		env.emit(event);
	};

	const at = () => Math.round(env.clock.now());
	await Promise.all([
		directory.writeArgs(run.args),
		directory.writeInputs(inputs.map(input => reprOf(inputGroup, input))),
		directory.writeStartTime(env.clock.now()),
	]);
	const environment = writeEnvironment(directory, run, hosts, emit, at);
	emit({
		at: at(), type: 'suite-started', suite: run.title, name: run.name, directory: directory.path, engine: run.around.engine, args: run.args, inputs, selected,
		estimatesMs: plans.map(({timing}) => Math.round(expectedMs(timing))), runner: run.runner, hosts,
		live: suite.protocol.live ?? {}, scraping: scrapingOf(plans.flatMap(({procs}) => procs), {engine: run.around.engine, isRefused: run.isScraped === false}),
	});
	const heart = new AbortController();
	void beat(heart.signal);
	const outputColumns = outputGroup(suite.protocol.output);
	let results: ResultsFile | undefined;
	let finished = 0;
	let failed = 0;
	let outcome: SuiteOutcome = 'finished';
	try {
		const names = [...columnsOf(inputGroup, inputs[0]).map(([name]) => name), ...columnNames(outputColumns)];
		results = await directory.results(names);
		for (const index of selected) {
			const result = await one(index, results, names);
			finished += result === 'finished' ? 1 : 0;
			failed += result === 'failed' ? 1 : 0;
			if (result === 'interrupted') {
				outcome = 'interrupted';
				break;
			}

			if (result === 'failed' && run.failFast) {
				break;
			}
		}
	} finally {
		heart.abort();
		outcome = outcome === 'finished' && failed > 0 ? 'failed' : outcome;
		await Promise.all([results?.close(), directory.writeStopTime(env.clock.now()), environment]);
		emit({at: at(), type: 'suite-finished', outcome, finished, failed});
		await journal.sync();
		journal.close();
	}

	return outcome;

	async function one(index: number, rows: ResultsFile, names: readonly string[]): Promise<'finished' | 'failed' | 'interrupted'> {
		const id = benchmarkId(index);
		const startedAt = env.clock.now();
		const durationMs = () => Math.round(env.clock.now() - startedAt);
		const input = inputs[index - 1]!;
		emit({at: at(), type: 'benchmark-started', index, id, attempt: 1});
		const benchmark = await directory.benchmark(id);
		await Promise.all([benchmark.writeInput(jsonText(inputGroup, input), reprOf(inputGroup, input)), benchmark.writeStartTime(startedAt)]);
		try {
			const {output, disposable} = await runBenchmark({
				plan: planOf(index, directory.path), output: suite.protocol.output, directory: benchmark, directoryOn: host => directoryOn(host, benchmark.path), env: {...env, emit}, commandLine: run.commandLine,
			});
			await benchmark.writeStopTime(env.clock.now());
			const cells = new Map([...columnsOf(inputGroup, input), ...columnsOf(outputColumns, output)]);
			await rows.append(names.map(name => cells.get(name) ?? ''));
			await benchmark.removeFiles(suite.protocol.output.kind === 'recorder' ? disposable : []);
			emit({at: at(), type: 'benchmark-finished', index, id, durationMs: durationMs(), summary: summaryText(suite, input, output), output: finiteOutput(output)});
			return 'finished';
		} catch (error) {
			await benchmark.writeStopTime(env.clock.now());
			if (env.signal.aborted) {
				return 'interrupted';
			}

			if (!(error instanceof BenchmarkFailure)) {
				throw error;
			}

			emit({at: at(), type: 'benchmark-failed', index, id, durationMs: durationMs(), failure: withoutUndefined(error.failure)});
			return 'failed';
		}
	}

	async function beat(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await env.clock.sleep(heartbeatMs, signal);
			if (!signal.aborted) {
				emit({at: at(), type: 'heartbeat'});
			}
		}
	}
}

async function refusePorts(plans: readonly BenchmarkPlan[], env: RunnerEnvironment): Promise<void> {
	try {
		await refuseTakenPorts(plans, env.hostOf);
	} catch (error) {
		throw error instanceof BenchmarkFailure ? new BenchError('host', `Nothing was started: ${error.failure.message}`, {cause: error}) : error;
	}
}

async function writeEnvironment(directory: SuiteDirectory, run: SuiteRun, hosts: readonly string[], emit: RunnerEnvironment['emit'], at: () => number): Promise<void> {
	try {
		await directory.writeEnvironment(await run.environment(hosts));
	} catch (error) {
		emit({at: at(), type: 'warned', message: `environment.json could not be written: ${error instanceof Error ? error.message : String(error)}.`});
	}
}

// JSON has no nan.
function finiteOutput(output: JsonObject): JsonObject {
	return JSON.parse(JSON.stringify(output), (_key, value: unknown) => value) as JsonObject;
}

function withoutUndefined(failure: Failure): Failure {
	return Object.fromEntries(Object.entries(failure).filter(([, value]) => value !== undefined)) as Failure;
}
