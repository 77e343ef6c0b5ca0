/*
Curves of single benchmarks: throughput or latency over time from series.csv, the distribution of latency from
histogram.csv. Both are kept by every benchmark that benchdeck ran, whatever became of its raw rows; where another harness
kept the rows alone, they are worked out of those.
*/
import {BenchError} from '../../core/errors.ts';
import {compareNaturally} from '../../core/natural-order.ts';
import {type ResultSet} from '../result-set.ts';
import {wholeWindows} from '../whole-windows.ts';
import {type CurveRow, type CurveTable, readCurveTable, type ReadTable} from './curve-table.ts';
import {groupRows, type PlotGroup, type PlotOptions} from './groups.ts';
import {type PlotData, type PlotPoint, type PlotSeries} from './plot-data.ts';

const maxSeries = 12;
const maxIds = 3;
/** Of a window that is not whole these are lower than they were. */
const sums = new Set(['throughput', 'count']);
/** What a plot over time can show: columns of series.csv. */
export const timeColumns = ['throughput', 'count', 'p50_ms', 'p95_ms', 'p99_ms', 'max_ms'] as const;

const timeTitles = {
	throughput: 'Throughput (requests/s)',
	count: 'Requests',
	p50_ms: 'Median latency (ms)',
	p95_ms: 'p95 latency (ms)',
	p99_ms: 'p99 latency (ms)',
	max_ms: 'Greatest latency (ms)',
} as const satisfies Readonly<Record<(typeof timeColumns)[number], string>>;

/**
A column of series.csv over time.

@throws BenchError `usage` where no benchmark kept a series, or y is no column of it.
*/
export async function timeData(sets: readonly ResultSet[], options: PlotOptions): Promise<PlotData> {
	const {y: word = 'throughput'} = options;
	const y = timeColumns.find(column => column === word);
	if (y === undefined) {
		throw new BenchError('usage', `--y takes ${timeColumns.join(', ')} for a plot over time, not "${word}".`);
	}

	const {series, notes} = await readCurves(sets, options, 'series.csv', (rows, allRows) => {
		const starts = rows.map(row => Date.parse(row['start'] ?? ''));
		const begin = starts.reduce((least, at) => Math.min(least, at), Infinity);
		const isWhole = wholeWindows(allRows.map(row => Date.parse(row['start'] ?? '')));
		const points = rows.map((row, place) => point((starts[place]! - begin) / 1000, Number(row[y])));
		return sums.has(y) ? points.filter((_, place) => isWhole(starts[place]!)) : points;
	});
	return {kind: 'time', x: {field: 'seconds', title: 'Time (s)', isLog: options.logX}, y: {field: y, title: timeTitles[y], isLog: options.logY}, series, notes};
}

/**
The distribution of latency.

@throws BenchError `usage` where no benchmark kept a histogram.
*/
export async function cdfData(sets: readonly ResultSet[], options: PlotOptions): Promise<PlotData> {
	const {series, notes} = await readCurves(sets, options, 'histogram.csv', rows => {
		const total = rows.reduce((sum, row) => sum + Number(row['count']), 0);
		let passed = 0;
		return rows.map(row => {
			passed += Number(row['count']);
			return point(Number(row['le_nanos']) / 1e6, passed / total);
		});
	});
	return {kind: 'cdf', x: {field: 'latency_ms', title: 'Latency (ms)', isLog: options.logX}, y: {field: 'fraction', title: 'Fraction of requests', isLog: options.logY}, series, notes};
}

const nothing: ReadTable = {rows: undefined, notes: []};

type Curve = (rows: readonly CurveRow[], allRows: readonly CurveRow[]) => readonly PlotPoint[];

async function readCurves(sets: readonly ResultSet[], options: PlotOptions, name: CurveTable, curve: Curve): Promise<{readonly series: readonly PlotSeries[]; readonly notes: readonly string[]}> {
	const notes: string[] = [];
	const without = new Map<string, string[]>();
	const all: Array<{readonly place: number; readonly line: PlotSeries}> = [];
	// Where not all have room, each group has its share: the first benchmark of each, then the second.
	const benchmarks = groupRows(sets, options).flatMap((group, place) => group.rows.map((row, turn) => ({group, row, place, turn}))).toSorted((one, other) => one.turn - other.turn);
	for (const {group, row, place} of benchmarks) {
		// A table may have to be worked out of all rows: not for lines that are not shown.
		if (all.length > maxSeries) {
			break;
		}

		const {id} = group.set.rows[row]!;
		const directory = group.set.run?.benchmarks.find(benchmark => benchmark.id === id)?.path;
		const {rows: table, notes: own} = directory === undefined ? nothing : await readCurveTable(directory, name);
		notes.push(...own.map(note => note.replace(/\.$/, '')));
		if (!table) {
			without.set(group.set.label, [...without.get(group.set.label) ?? [], id]);
			continue;
		}

		const labels = byLabel(table);
		for (const [label, rows] of labels) {
			const points = curve(rows, table).filter(({x, y}) => Number.isFinite(x) && Number.isFinite(y));
			all.push({place, line: {name: curveName(group, id, label, labels.size > 1), points, knee: undefined}});
		}
	}

	if (all.length === 0) {
		throw new BenchError(
			'usage',
			`None of the benchmarks has a ${name} or kept its rows (data.csv.gz): benchdeck writes a ${name} for each that finishes; loose files and other harnesses' directories have none.`,
		);
	}

	notes.push(...[...without].map(([label, ids]) => leftOut(label, ids, name)));
	if (all.length > maxSeries) {
		notes.push(`more than ${maxSeries} lines are too many to tell apart: ${maxSeries} are shown; choose with --where, such as 'id == "001"'`);
	}

	const series = all.slice(0, maxSeries).toSorted((one, other) => one.place - other.place).map(({line}) => line);
	return {series, notes: notes.length > maxSeries ? [...notes.slice(0, maxSeries), `and ${notes.length - maxSeries} more`] : notes};
}

function leftOut(label: string, ids: readonly string[], name: CurveTable): string {
	const more = ids.length > maxIds ? ` and ${ids.length - maxIds} more` : '';
	return `${label} ${ids.slice(0, maxIds).join(', ')}${more} ${ids.length === 1 ? 'has' : 'have'} no ${name} and kept no rows, and ${ids.length === 1 ? 'is' : 'are'} left out`;
}

function curveName({name}: PlotGroup, id: string, label: string, hasLabels: boolean): string {
	return `${name} ${id}${hasLabels ? ` ${label}` : ''}`;
}

function byLabel(rows: readonly CurveRow[]): ReadonlyMap<string, readonly CurveRow[]> {
	const labels = new Set(rows.map(row => row['label'] ?? ''));
	return new Map([...labels].toSorted(compareNaturally).map(label => [label, rows.filter(row => (row['label'] ?? '') === label)]));
}

function point(x: number, y: number): PlotPoint {
	return {x, y, low: undefined, high: undefined, count: 1, clients: undefined, xDeviation: undefined};
}
