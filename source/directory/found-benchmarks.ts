/*
The benchmarks of a run without a journal: their status and output come from results.csv and from which files are there.
*/
import path from 'node:path';
import {benchmarkId} from '../core/benchmark-id.ts';
import {type BenchmarkFiles} from './benchmark-files.ts';
import {findFailure, hasDied} from './found-failure.ts';
import {matchRows, rowSplitter, type SplitRow} from './match-rows.ts';
import {mapLimited} from './map-limited.ts';
import {readProcesses} from './read-processes.ts';
import {type ResultsTable} from './results-table.ts';
import {type RunBenchmark, type RunStatus} from './run.ts';

export type FoundRows = {
	readonly table: ResultsTable;
	readonly split: (row: readonly string[]) => SplitRow;
	/** Of each benchmark directory, in their order. */
	readonly rows: ReadonlyArray<readonly string[] | undefined>;
};

type Context = {
	/** Of the run. */
	readonly status: RunStatus;
	/** Whether results.csv could be read; without it, stop_time.txt and return codes decide. */
	readonly hasResults: boolean;
	readonly processes: 'all' | 'failed';
};

const maxAtOnce = 4;

/** Gives rows to benchmarks; says which rows belong to none. */
export function findRows(table: ResultsTable, found: readonly BenchmarkFiles[], warnings: string[]): FoundRows {
	const candidates = found.map(({input, hasStopped}) => ({input, looksFinished: hasStopped}));
	const {rows, unmatched} = matchRows(table, candidates);
	// Where no benchmark directory was kept, rows are all there is.
	if (unmatched.length > 0 && found.length > 0) {
		warnings.push(`results.csv: row${unmatched.length === 1 ? '' : 's'} ${unmatched.join(', ')} belong${unmatched.length === 1 ? 's' : ''} to no benchmark directory`);
	}

	return {table, split: rowSplitter(table, candidates), rows};
}

/** The benchmarks, from their files and rows. */
export async function foundBenchmarks(found: readonly BenchmarkFiles[], matched: FoundRows, {status, hasResults, processes: wanted}: Context): Promise<readonly RunBenchmark[]> {
	if (found.length === 0) {
		return matched.table.rows.map((row, place) => rowAlone(matched, row, place + 1));
	}

	return mapLimited(found, maxAtOnce, async (files, place) => {
		const {index, id, folder, startedAt, stoppedAt, earlierAttempts} = files;
		const row = matched.rows[place];
		const processes = wanted === 'all' || row === undefined ? await readProcesses(folder) : [];
		const split = row && matched.split(row);
		const looksWell = !hasResults && files.hasStopped && processes.length > 0 && processes.every(process => !hasDied(process));
		const ended = row !== undefined || looksWell ? 'finished' : endOf(files, place === found.length - 1, status);
		return {
			index,
			id,
			path: path.resolve(folder.path),
			status: ended,
			input: files.input ?? split?.input ?? {},
			output: split?.output,
			attempt: earlierAttempts + 1,
			failure: ended === 'failed' ? await findFailure(folder, id, processes) : undefined,
			startedAt,
			stoppedAt,
			processes,
		};
	});
}

function endOf({hasStopped}: BenchmarkFiles, isLast: boolean, status: RunStatus): 'running' | 'failed' | 'interrupted' {
	if (isLast && status === 'running') {
		return 'running';
	}

	return hasStopped ? 'failed' : 'interrupted';
}

function rowAlone({split}: FoundRows, row: readonly string[], index: number): RunBenchmark {
	return {
		index,
		id: benchmarkId(index),
		path: undefined,
		status: 'finished',
		...split(row),
		attempt: 1,
		failure: undefined,
		startedAt: undefined,
		stoppedAt: undefined,
		processes: [],
	};
}
