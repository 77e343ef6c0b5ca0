/*
Throughput and latency of a benchmark over its time, from what was kept of it: `series.csv`, else all rows, else recorded
metrics.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {evaluateLive} from '../core/live-reading.ts';
import {liveMetrics, type LiveSpecs} from '../core/live.ts';
import {type SeriesSource} from '../core/series.ts';
import {readMetrics} from '../metrics/read-metrics.ts';
import {analyzeRecorder, type Window} from '../recorder/analyze-recorder.ts';
import {splitRow} from '../recorder/split-row.ts';
import {parseTimestamp} from '../recorder/timestamp.ts';
import {keptRows} from './kept-rows.ts';
import {wholeWindows} from './whole-windows.ts';

/** A figure over time; as many values as times. */
export type TimeSeries = {
	/** `write`, `p50`, `write p99`. */
	readonly name: string;
	/** Epoch ms, rising. */
	readonly times: readonly number[];
	readonly values: readonly number[];
};

export type OverTime = {
	/** Requests per second. */
	readonly throughput: readonly TimeSeries[];
	/** Milliseconds. */
	readonly latency: readonly TimeSeries[];
	/** Where the figures come from: `series.csv, windows of 1 s`. */
	readonly origin: string;
};

const maxSeries = 64 * 1024 * 1024;

/** What a benchmark directory keeps of its time; undefined where that is nothing. */
export async function overTime(directory: string): Promise<OverTime | undefined> {
	const text = await readSmall(path.join(directory, 'series.csv'));
	const windows = text === undefined ? [] : parseSeries(text);
	if (windows.length > 0) {
		return fromWindows(windows, 'series.csv: recorder rows in windows of 1 s');
	}

	const files = await keptRows(directory);
	if (files.length === 0) {
		return undefined;
	}

	const names = files.map(file => path.basename(file.path)).join(', ');
	const analysis = await analyzeRecorder({files, format: 'detect', dropPrefixMs: 0, skipBadRows: true, emptyFiles: 'warn', withWindows: true});
	return fromWindows(analysis.windows ?? [], `${names}: recorder rows in windows of 1 s`);
}

/**
The live figures of a protocol over recorded samples.

@param range Epoch ms.
@param count How many points are wanted.
*/
export function overSamples(
	source: SeriesSource,
	specs: LiveSpecs,
	range: {readonly from: number; readonly to: number},
	{count, windowMs}: {readonly count: number; readonly windowMs: number},
): OverTime | undefined {
	const times = Array.from({length: count}, (_, place) => range.from + ((range.to - range.from) * place) / Math.max(1, count - 1));
	const series = new Map<string, {readonly unit: string; readonly times: number[]; readonly values: number[]}>();
	for (const [name, spec] of Object.entries(specs)) {
		for (const at of times) {
			for (const figure of evaluateLive(spec, source, at, windowMs)?.figures ?? []) {
				const key = figure.unit === '/s' ? name : `${Object.keys(specs).length > 2 ? `${name} ` : ''}${figure.name}`;
				const found = series.get(key) ?? {unit: figure.unit, times: [], values: []};
				series.set(key, found);
				found.times.push(at);
				found.values.push(figure.value);
			}
		}
	}

	const all = [...series].map(([name, {unit, times: at, values}]) => ({name, unit, times: at, values}));
	return all.length === 0
		? undefined
		: {
			throughput: all.filter(({unit}) => unit === '/s'),
			latency: all.filter(({unit}) => unit !== '/s'),
			origin: `scraped metrics, over ${windowMs / 1000} s`,
		};
}

type WindowRow = Pick<Window, 'label' | 'at' | 'throughput' | 'p50_ms' | 'p99_ms'>;

/** The rows of series.csv; those that are cut or damaged are left out. */
function parseSeries(text: string): readonly WindowRow[] {
	const [header = '', ...lines] = text.split(/\r?\n/);
	const names = header.split(',');
	const place = (name: string) => names.indexOf(name);
	const [label, start, throughput, p50, p99] = [place('label'), place('start'), place('throughput'), place('p50_ms'), place('p99_ms')];
	if ([label, start, throughput, p50, p99].includes(-1)) {
		return [];
	}

	return lines.flatMap(line => {
		const cells = splitRow(line) ?? [];
		const stamp = cells.length === names.length ? parseTimestamp(cells[start]!) : undefined;
		return stamp ? [{label: cells[label]!, at: (stamp.seconds * 1000) + (stamp.nanos / 1e6), throughput: Number(cells[throughput]), p50_ms: Number(cells[p50]), p99_ms: Number(cells[p99])}] : [];
	});
}

function fromWindows(windows: readonly WindowRow[], origin: string): OverTime {
	const labels = [...new Set(windows.map(({label}) => label))];
	const isWhole = wholeWindows(windows.map(({at}) => at));
	const series = (figure: 'throughput' | 'p50_ms' | 'p99_ms', nameOf: (label: string) => string) => labels.map(label => {
		const own = windows.filter(window => window.label === label && (figure !== 'throughput' || isWhole(window.at)));
		return {name: nameOf(label), times: own.map(({at}) => at), values: own.map(window => window[figure])};
	});
	const prefix = (label: string) => (labels.length > 1 ? `${label} ` : '');
	return {
		throughput: series('throughput', label => label),
		latency: [...series('p50_ms', label => `${prefix(label)}p50`), ...series('p99_ms', label => `${prefix(label)}p99`)],
		origin,
	};
}

async function readSmall(file: string): Promise<string | undefined> {
	try {
		const stats = await fs.stat(file);
		return stats.isFile() && stats.size <= maxSeries ? await fs.readFile(file, 'utf8') : undefined;
	} catch {
		return undefined;
	}
}

/** The recorded samples of a benchmark that its figures are worked out of; undefined where none were recorded. */
export async function recordedOverTime(directory: string, specs: LiveSpecs, range: {readonly from: number; readonly to: number}): Promise<OverTime | undefined> {
	const names = Object.values(specs).flatMap(spec => liveMetrics(spec));
	const recorded = await readMetrics(directory, names.length > 0 ? {names} : {});
	return recorded && overSamples(recorded, names.length > 0 ? specs : guessedLive(recorded.metrics), range, sampling);
}

/** As many points as a wide screen has columns, each over a second. */
export const sampling = {count: 240, windowMs: 1000} as const;

/** What to chart of metrics whose protocol is not known: what clients had answered, and the mean of a latency. */
export function guessedLive(metrics: readonly string[]): LiveSpecs {
	const answered = metrics.find(name => name.endsWith('client_responses_total')) ?? metrics.find(name => name.endsWith('requests_total'));
	const latency = metrics.filter(name => name.endsWith('latency_sum') && metrics.includes(name.replace(/_sum$/, '_count')));
	const mean = latency.find(name => name.includes('client')) ?? latency[0];
	return {
		...(answered !== undefined && {throughput: {kind: 'rate', metric: answered}}),
		...(mean !== undefined && {latency: {kind: 'mean', metric: mean.replace(/_sum$/, ''), unit: 'ms'}}),
	};
}
