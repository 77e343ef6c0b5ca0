/*
The tables that curves of a benchmark are drawn from: series.csv and histogram.csv, or what they would hold, worked out of
the rows that the benchmark kept.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../../core/errors.ts';
import {parseCsv} from '../../directory/parse-csv.ts';
import {analyzeRecorder} from '../../recorder/analyze-recorder.ts';
import {keptRows} from '../kept-rows.ts';

/** Cells by column. */
export type CurveRow = Readonly<Record<string, string>>;
export type CurveTable = 'series.csv' | 'histogram.csv';

export type ReadTable = {
	/** Undefined where there is neither the file nor any row. */
	readonly rows: readonly CurveRow[] | undefined;
	/** What is to be known of rows that were left out. */
	readonly notes: readonly string[];
};

/** A benchmark's table. */
export async function readCurveTable(directory: string, name: CurveTable): Promise<ReadTable> {
	const rows = await readTable(path.join(directory, name));
	return rows ? {rows, notes: []} : fromKeptRows(directory, name);
}

async function readTable(file: string): Promise<readonly CurveRow[] | undefined> {
	try {
		const stats = await fs.stat(file);
		const {rows} = parseCsv(stats.isFile() ? await fs.readFile(file, 'utf8') : '');
		const [columns = [], ...cells] = rows;
		const whole = cells.filter(row => row.length === columns.length);
		return whole.length === 0 ? undefined : whole.map(row => Object.fromEntries(columns.map((column, place) => [column, row[place]!])));
	} catch {
		return undefined;
	}
}

async function fromKeptRows(directory: string, name: CurveTable): Promise<ReadTable> {
	const files = await keptRows(directory);
	if (files.length === 0) {
		return {rows: undefined, notes: []};
	}

	try {
		const {windows, histogram, warnings} = await analyzeRecorder({
			files,
			format: 'detect',
			dropPrefixMs: 0,
			skipBadRows: true,
			emptyFiles: 'warn',
			withWindows: name === 'series.csv',
			withHistogram: name === 'histogram.csv',
		});
		return {rows: windows?.map(({at, ...window}) => ({...texts(window), start: new Date(at).toISOString()})) ?? histogram?.map(bucket => texts(bucket)), notes: warnings};
	} catch (error) {
		if (!(error instanceof BenchError)) {
			throw error;
		}

		return {rows: undefined, notes: [error.message]};
	}
}

function texts(cells: Readonly<Record<string, string | number>>): CurveRow {
	return Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, String(value)]));
}
