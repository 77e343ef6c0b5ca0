/*
A suite directory, made by either program, read for what it is: with a journal the journal decides, without one the files
do. Whatever is damaged or missing becomes a warning, never an exception.
*/
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {type JsonObject} from '../core/json.ts';
import {type RunState} from '../core/state.ts';
import {type BenchmarkFiles, readBenchmarkFiles, readTime} from './benchmark-files.ts';
import {directoryError, errorCode} from './directory-error.ts';
import {type Folder, openFolder} from './folder.ts';
import {findRows, foundBenchmarks} from './found-benchmarks.ts';
import {parseJournal} from './journal.ts';
import {stateOf} from './journal-state.ts';
import {journaledBenchmarks} from './journaled-benchmarks.ts';
import {looksLikeRun} from './list-runs.ts';
import {parseResults, resultsNames, type ResultsTable} from './results-table.ts';
import {parseRunName} from './run-name.ts';
import {journaledStatus, statusFromFiles} from './run-status.ts';
import {type Run, type RunBenchmark, type RunStatus} from './run.ts';

export type ReadOptions = {
	/** Epoch ms: a run without a sign of life for some seconds is interrupted, not running. */
	readonly now?: number;
	/** Whose processes are read: they are many files, and a table of results needs none of them. */
	readonly processes?: 'all' | 'failed';
};

/**
Reads a run.

@param directory Its suite directory.
@throws BenchError `directory` where there is no directory, or one that has nothing of a run in it.
*/
export async function readRun(directory: string, {now = Date.now(), processes = 'all'}: ReadOptions = {}): Promise<Run> {
	const warnings: string[] = [];
	const folder = await open(path.resolve(directory), warnings);
	const name = path.basename(folder.path);
	const parts = parseRunName(name);
	const [args, started, stopped, startTime, stopTime, table, state, found, inputLines] = await Promise.all([
		folder.json('args.json'),
		folder.text('start_time.txt'),
		folder.text('stop_time.txt'),
		readTime(folder, 'start_time.txt'),
		readTime(folder, 'stop_time.txt'),
		readResults(folder),
		readState(folder),
		readBenchmarkFiles(folder, warnings),
		countInputs(folder),
	]);
	const startedAt = startTime ?? state?.startedAt ?? parts?.startedAt;
	const content = {folder, warnings, found, table, now, processes};
	const {status, total, benchmarks} = state
		? await fromJournal(state, content)
		: await fromFiles({...content, hasStopped: folder.names.has('stop_time.txt'), inputLines, startedAt});
	const ended = status === 'running' || status === 'interrupted' ? [] : ['stop_time.txt'];
	const measured = !table && benchmarks.some(benchmark => benchmark.status === 'finished') && !folder.names.has('results.csv') ? ['results.csv'] : [];
	const missing = ['args.json', 'inputs.txt', 'start_time.txt', ...ended].filter(file => !folder.names.has(file));
	return {
		path: folder.path,
		name,
		word: parts?.word,
		suite: state?.suite ?? suiteOf(args) ?? parts?.suite ?? name,
		status,
		started: started?.trim(),
		stopped: stopped?.trim(),
		startedAt,
		stoppedAt: stopTime ?? state?.endedAt,
		args: args ?? state?.args ?? {},
		columns: table?.columns ?? [],
		total,
		benchmarks,
		state,
		warnings: [...new Set([...[...missing, ...measured].map(file => `${file}: is missing`), ...warnings])],
	};
}

type Content = {
	readonly folder: Folder;
	readonly warnings: string[];
	readonly found: readonly BenchmarkFiles[];
	readonly table: ResultsTable | undefined;
	readonly now: number;
	readonly processes: 'all' | 'failed';
};

type FileContent = Content & {
	readonly hasStopped: boolean;
	/** Lines of inputs.txt. */
	readonly inputLines: number;
	readonly startedAt: number | undefined;
};

type Reading = {readonly status: RunStatus; readonly total: number; readonly benchmarks: readonly RunBenchmark[]};

async function fromJournal(state: RunState, {found, table, warnings, now, processes}: Content): Promise<Reading> {
	const status = journaledStatus(state, now);
	const benchmarks = await journaledBenchmarks(state, found, {status, processes});
	const finished = benchmarks.filter(benchmark => benchmark.status === 'finished');
	if (table && table.rows.length < finished.length) {
		warnings.push(`results.csv: has ${table.rows.length} rows, but ${finished.length} benchmarks finished`);
	}

	warnings.push(...finished.filter(benchmark => benchmark.path === undefined).map(({id}) => `${id}: is missing`));

	return {status, total: state.selected.length, benchmarks};
}

async function fromFiles({folder, found, table, warnings, now, processes, hasStopped, inputLines, startedAt}: FileContent): Promise<Reading> {
	const matched = findRows(table ?? {columns: [], rows: [], warnings: []}, found, warnings);
	const total = Math.max(inputLines, found.length, found.length === 0 ? matched.table.rows.length : 0);
	const last = found.at(-1);
	const signs = {hasStopped, total, writtenAt: await lastWrite(folder, last), begunAt: last?.startedAt ?? startedAt, lastInput: last?.input};
	const count = (benchmarks: readonly RunBenchmark[]) => benchmarks.filter(benchmark => benchmark.status === 'finished').length;
	const rows = found.length === 0 ? matched.table.rows.length : matched.rows.filter(row => row !== undefined).length;
	const assumed = statusFromFiles({...signs, finished: rows}, now);
	const benchmarks = await foundBenchmarks(found, matched, {status: assumed, hasResults: table !== undefined, processes});
	return {status: statusFromFiles({...signs, finished: count(benchmarks)}, now), total, benchmarks};
}

async function open(directory: string, warnings: string[]): Promise<Folder> {
	let folder: Folder;
	try {
		folder = await openFolder(directory, '', warnings);
	} catch (error) {
		throw errorCode(error) === 'ENOENT' ? new BenchError('directory', `There is no directory ${directory}; name a suite directory.`, {cause: error}) : directoryError('read', directory, error);
	}

	if (!looksLikeRun(path.basename(directory), folder.names)) {
		throw new BenchError('directory', `${directory} is no suite directory: it has none of args.json, inputs.txt, results.csv and events.jsonl; name one that a run made.`);
	}

	return folder;
}

async function readResults(folder: Folder): Promise<ResultsTable | undefined> {
	const name = resultsNames.find(file => folder.names.has(file));
	const text = name === undefined ? undefined : await folder.text(name);
	if (text === undefined) {
		return undefined;
	}

	const table = parseResults(text);
	for (const warning of table.warnings) {
		folder.warn(`${name}: ${warning}`);
	}

	return table;
}

async function readState(folder: Folder): Promise<RunState | undefined> {
	const text = await folder.text('events.jsonl');
	if (text === undefined) {
		return undefined;
	}

	const {events, skipped} = parseJournal(text);
	if (skipped > 0) {
		folder.warn(`events.jsonl: ${skipped} of its lines are damaged or of a later version, and left out`);
	}

	const state = stateOf(events);
	if (!state) {
		folder.warn('events.jsonl: lacks its beginning; the run is read from its other files');
	}

	return state;
}

async function countInputs(folder: Folder): Promise<number> {
	const text = await folder.text('inputs.txt');
	return (text ?? '').split('\n').filter(line => line.trim() !== '').length;
}

// The newest of what a run writes while it goes on, epoch ms.
async function lastWrite(suite: Folder, last: BenchmarkFiles | undefined): Promise<number | undefined> {
	const folder = last?.folder ?? suite;
	const times = await Promise.all([suite.modifiedAt('.'), folder.modifiedAt('.'), ...[...folder.names].map(async name => folder.modifiedAt(name))]);
	const known = times.filter(at => at !== undefined);
	return known.length === 0 ? undefined : known.reduce((newest, at) => Math.max(newest, at));
}

function suiteOf(args: JsonObject | undefined): string | undefined {
	return typeof args?.['suite'] === 'string' ? args['suite'] : undefined;
}
