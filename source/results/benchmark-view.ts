/*
One benchmark for a person who wants to understand it: its procs with what they left, its phases, its files, and for each
proc what is needed to tell the times in its log.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {type Phase} from '../core/event.ts';
import {isObject} from '../core/json.ts';
import {compareNaturally} from '../core/natural-order.ts';
import {type BenchmarkState, pauseTimes, type ProcState} from '../core/state.ts';
import {openFolder} from '../directory/folder.ts';
import {readProcesses} from '../directory/read-processes.ts';
import {readRun} from '../directory/read-run.ts';
import {type Run, type RunBenchmark, type RunProcess} from '../directory/run.ts';
import {lineTime} from '../logs/line-time.ts';
import {readHead} from './read-head.ts';

export type ViewedProc = RunProcess & Partial<Pick<ProcState, 'host' | 'ip' | 'port' | 'pid' | 'startedAt' | 'exitedAt' | 'ended' | 'role'>> & {
	/** Minutes that its host's clock is ahead of UTC, as environment.json has it. */
	readonly offsetMinutes: number | undefined;
};

export type ViewedPhase = {readonly name: string; readonly at: number};

export type ViewedBenchmark = {
	readonly run: Run;
	readonly benchmark: RunBenchmark;
	/** Its directory. */
	readonly path: string;
	readonly procs: readonly ViewedProc[];
	/** When each phase began, in order. */
	readonly phases: readonly ViewedPhase[];
	/** When JVMs stood still the longest, epoch ms. */
	readonly pauses: readonly number[];
	/** Text files that no proc wrote: `log.txt`, `input.json`, …, the most telling first. */
	readonly files: readonly string[];
	/** Epoch ms. */
	readonly startedAt: number;
	readonly stoppedAt: number | undefined;
	/** The TSDB of a Prometheus is there, and no recorded metrics. */
	readonly hasPrometheusData: boolean;
};

const procFile = /_(?:out|err|cmd|returncode)\.txt$/;
const shown = /\.(?:txt|json|pbtxt|ya?ml|csv|log|md|jsonl)$/;
const firstFiles = ['log.txt', 'input.json', 'series.csv', 'histogram.csv'];
const maxLogLines = 2000;

/**
Reads a benchmark of a run; files that are missing or damaged are left out.

@param id `001`.
@throws BenchError `directory` where there is no such run.
*/
export async function viewBenchmark(directory: string, id: string, now = Date.now()): Promise<ViewedBenchmark | undefined> {
	const run = await readRun(directory, {now, processes: 'failed'});
	const benchmark = run.benchmarks.find(found => found.id === id);
	if (!benchmark) {
		return undefined;
	}

	const folderPath = benchmark.path ?? path.join(run.path, id);
	const state = run.state?.benchmarks.find(({index}) => index === benchmark.index);
	const folder = await openFolder(folderPath, `${id}/`, []).catch(() => undefined);
	const [processes, offsets, names] = await Promise.all([
		folder ? readProcesses(folder, state?.procs.map(({label}) => label)) : [],
		hostOffsets(run.path),
		fs.readdir(folderPath).catch((): string[] => []),
	]);
	const startedAt = benchmark.startedAt ?? state?.startedAt ?? run.startedAt ?? 0;
	return {
		run, benchmark, path: folderPath, startedAt,
		procs: processes.map(process => {
			const facts = procFacts(state, process.label);
			// One host is the host of all.
			const only = offsets.size === 1 ? offsets.values().next().value : undefined;
			return {...process, ...facts, offsetMinutes: (facts.host === undefined ? undefined : offsets.get(facts.host)) ?? only};
		}),
		phases: await phasesOf(folderPath, state, startedAt),
		pauses: state ? pauseTimes(state) : [],
		files: filesOf(names),
		stoppedAt: benchmark.stoppedAt ?? state?.endedAt,
		hasPrometheusData: names.includes('prometheus_data') && names.every(name => !name.startsWith('metrics.om')),
	};
}

function procFacts(state: BenchmarkState | undefined, label: string): Partial<ProcState> {
	const {host, ip, port, pid, startedAt, exitedAt, ended, role} = state?.procs.find(proc => proc.label === label) ?? {};
	return {host, ip, port, pid, startedAt, exitedAt, ended, role};
}

async function phasesOf(directory: string, state: BenchmarkState | undefined, startedAt: number): Promise<readonly ViewedPhase[]> {
	if (state && state.phases.length > 0) {
		return state.phases.map(({phase, at}) => ({name: phaseWords[phase], at}));
	}

	const lines = await readHead(path.join(directory, 'log.txt'), maxLogLines);
	return lines.flatMap(line => {
		const name = logPhases.find(([pattern]) => pattern.test(line))?.[1];
		const at = name === undefined ? undefined : lineTime(line, {startedAt});
		return name === undefined || at === undefined ? [] : [{name, at}];
	}).filter(({name}, index, all) => all.findIndex(other => other.name === name) === index);
}

// What the reference harness writes into log.txt as it goes on.
const logPhases: ReadonlyArray<readonly [pattern: RegExp, name: string]> = [
	[/started\.$/, 'started'],
	[/Client lag ended/, 'clients'],
	[/Clients started and running/, 'running'],
	[/Clients finished/, 'stopped'],
	[/Reading recorder data/, 'analysing'],
];

const phaseWords: Readonly<Record<Phase, string>> = {
	placing: 'placing',
	'starting-servers': 'servers',
	ready: 'ready',
	lagging: 'lag',
	'warming-up': 'warm-up',
	measuring: 'measuring',
	stopping: 'stopping',
	collecting: 'collecting',
	analysing: 'analysing',
};

function filesOf(names: readonly string[]): readonly string[] {
	const files = names.filter(name => shown.test(name) && !procFile.test(name));
	const rank = (name: string) => (firstFiles.includes(name) ? firstFiles.indexOf(name) : firstFiles.length);
	return files.toSorted((one, other) => rank(one) - rank(other) || compareNaturally(one, other));
}

/** Minutes that each host's clock is ahead of UTC, as environment.json has them. */
export async function hostOffsets(directory: string): Promise<ReadonlyMap<string, number>> {
	try {
		const environment = JSON.parse(await fs.readFile(path.join(directory, 'environment.json'), 'utf8')) as unknown;
		const hosts = isObject(environment) && isObject(environment['hosts']) ? environment['hosts'] : {};
		return new Map(Object.entries(hosts).flatMap(([host, facts]) => {
			const parts = /^(?<sign>[+-])(?<hours>\d\d)(?<minutes>\d\d)$/.exec(isObject(facts) ? String(facts['utc_offset']) : '')?.groups;
			return parts ? [[host, (parts['sign'] === '-' ? -1 : 1) * ((Number(parts['hours']) * 60) + Number(parts['minutes']))] as const] : [];
		}));
	} catch {
		return new Map();
	}
}
