/*
A run's figures once more, from the rows that its benchmarks kept, beside those of results.csv.
*/
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {type JsonObject} from '../core/json.ts';
import {pythonFloat} from '../core/python-text.ts';
import {parseCell} from '../directory/cell.ts';
import {csvRow} from '../directory/csv-text.ts';
import {openFolder} from '../directory/folder.ts';
import {matchRows} from '../directory/match-rows.ts';
import {parseResults, resultsNames, type ResultsTable} from '../directory/results-table.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';
import {writeWhole} from '../directory/write-whole.ts';
import {type LabelFigures, type RecorderAnalysis, type RecorderRequest} from '../recorder/request.ts';
import {type ColumnLabels, columnLabels, figureColumns} from './figure-columns.ts';
import {keptRows} from './kept-rows.ts';

export type ReanalysisOptions = {
	/** What is left out at the start; where it is not given, what the run left out. */
	readonly dropPrefixMs?: number;
	/** What the run left out, and which labels its columns have, where its suite is known. */
	readonly suite?: {readonly into: ColumnLabels; dropPrefixMs(input: JsonObject): number};
	readonly skipBadRows: boolean;
	analyze(request: RecorderRequest): Promise<RecorderAnalysis>;
};

/** A figure that is not what results.csv has. */
type Difference = {
	readonly column: string;
	/** In results.csv; NaN is null. */
	readonly before: number | null;
	readonly now: number;
};

type ReanalyzedBenchmark = {
	readonly id: string;
	readonly dropPrefixMs: number;
	readonly labels: Readonly<Record<string, LabelFigures>>;
	/** Its row in results.csv, from 0; undefined where it has none. */
	readonly row: number | undefined;
	/** Empty also where it has no row. */
	readonly differences: readonly Difference[];
	/** How many figures were compared. */
	readonly compared: number;
	readonly warnings: readonly string[];
};

export type Reanalysis = {
	readonly benchmarks: readonly ReanalyzedBenchmark[];
	/** Benchmarks that kept no rows. */
	readonly without: readonly string[];
};

/**
Works the figures of all benchmarks out that kept their rows, one after the other.

@throws {BenchError} Where rows do not parse, or no benchmark kept any.
*/
export async function reanalyze(run: Run, options: ReanalysisOptions): Promise<Reanalysis> {
	const {table} = await readResults(run);
	const {rows} = matchRows(table, run.benchmarks.map(({input, status}) => ({input, looksFinished: status === 'finished'})));
	const benchmarks: ReanalyzedBenchmark[] = [];
	const without: string[] = [];
	for (const [place, benchmark] of run.benchmarks.entries()) {
		const files = benchmark.path === undefined ? [] : await keptRows(benchmark.path);
		if (files.length > 0) {
			const row = rows[place];
			benchmarks.push(await reanalyzed(benchmark, files, {...options, table, row: row && table.rows.indexOf(row)}));
		} else if (benchmark.status !== 'waiting') {
			without.push(benchmark.id);
		}
	}

	if (benchmarks.length === 0) {
		throw new BenchError('recorder', `No benchmark of ${run.path} kept its recorder rows (data.csv.gz), so there is nothing to work out; a suite keeps them where its output says keep: true.`);
	}

	return {benchmarks, without};
}

/**
Puts the figures that differ into results.csv; every other cell stays as it is.

@throws {BenchError} Where it cannot be written, or the run goes on.
*/
export async function writeFigures(run: Run, {benchmarks}: Reanalysis): Promise<void> {
	if (run.status === 'running') {
		throw new BenchError('usage', `${run.path} is running: its results.csv can be written when it has ended.`);
	}

	const {file, text, table} = await readResults(run);
	if (file.endsWith('.gz')) {
		throw new BenchError('directory', `${file} is compressed; unpack it (gunzip) before figures are written to it.`);
	}

	const rows = table.rows.map(row => [...row]);
	for (const {row, differences} of benchmarks) {
		for (const {column, now} of differences) {
			rows[row!]![table.columns.indexOf(column)] = pythonFloat(now);
		}
	}

	const written = [table.columns, ...rows].map(row => csvRow(row)).join('');
	await writeWhole(file, text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written);
}

type Context = ReanalysisOptions & {readonly table: ResultsTable; readonly row: number | undefined};

async function reanalyzed({id, input}: RunBenchmark, files: RecorderRequest['files'], {table, row, suite, skipBadRows, analyze, ...options}: Context): Promise<ReanalyzedBenchmark> {
	const dropPrefixMs = options.dropPrefixMs ?? suite?.dropPrefixMs(input) ?? 0;
	const {labels, warnings} = await analyze({files, format: 'detect', dropPrefixMs, skipBadRows, emptyFiles: 'warn'});
	const figures = [...figureColumns(suite?.into ?? columnLabels(table.columns), labels)].filter(([column]) => table.columns.includes(column));
	const compared = row === undefined ? [] : figures;
	const differences = compared.flatMap(([column, now]): readonly Difference[] => {
		const cell = parseCell(table.rows[row!]![table.columns.indexOf(column)]!);
		const before = typeof cell === 'number' ? cell : null;
		return isSame(before, now, column) ? [] : [{column, before, now}];
	});
	return {id, dropPrefixMs, labels, row, differences, compared: compared.length, warnings};
}

// Means may be summed in another order; order statistics are what they are.
function isSame(before: number | null, now: number, column: string): boolean {
	const tolerance = /\.mean(?:_ms)?$/.test(column) ? 1e-9 : 1e-12;
	return before === null ? Number.isNaN(now) : Math.abs(now - before) <= tolerance * Math.abs(before);
}

async function readResults(run: Run): Promise<{readonly file: string; readonly text: string; readonly table: ResultsTable}> {
	const folder = await openFolder(run.path, '', []);
	const name = resultsNames.find(file => folder.names.has(file));
	// A run without finished benchmarks has none; then there is nothing to compare with.
	const text = name === undefined ? undefined : await folder.text(name);
	return {file: path.join(run.path, name ?? 'results.csv'), text: text ?? '', table: text === undefined ? {columns: [], rows: [], warnings: []} : parseResults(text)};
}
