/*
A request to figures: read the files, drop the prefix, go through the rows once in any order (latency, windows) and once in the
order of their starts (throughput, data.csv.gz).
*/
import {BenchError} from '../core/errors.ts';
import {rowsBeyond} from '../core/statistics.ts';
import {type Control} from './control.ts';
import {DataWriter} from './data-writer.ts';
import {histogramOf, histogramText} from './histogram-file.ts';
import {Crew} from './crew.ts';
import {latencyQuantiles, type LatencySummary} from './latency.ts';
import {parseFiles, type ParsedFiles, usualPartBytes} from './parse-files.ts';
import {type LabelEnd, labelEnds} from './label-ends.ts';
import {type LabelFigures, type RecorderAnalysis, type RecorderRequest, type Window} from './request.ts';
import {hasRows, rowSource, type RowSource} from './row-groups.ts';
import {type Series} from './series.ts';
import {seriesText} from './series-file.ts';
import {type OrderedFigures, walkRows} from './walk-rows.ts';
import {writeFileWhole} from './write-file-whole.ts';

/** Everything about one label, times in nanoseconds after the analysis' base. */
type LabelParts = {readonly latency: LatencySummary; readonly series: Series | undefined; readonly ordered: OrderedFigures; readonly end: LabelEnd};

/**
Works out the figures of recorder files, and writes what the request asks for: each file whole, or not at all.

@throws {BenchError} As `parseFiles`; where no row is left after the prefix; where a file cannot be written; on cancellation.
*/
export async function analyzeFiles(request: RecorderRequest, control: Control, partBytes = usualPartBytes): Promise<RecorderAnalysis> {
	const crew = new Crew(control);
	try {
		return await analyzeWith(crew, request, {control, partBytes});
	} finally {
		await crew.end();
	}
}

async function analyzeWith(crew: Crew, request: RecorderRequest, {control, partBytes}: {readonly control: Control; readonly partBytes: number}): Promise<RecorderAnalysis> {
	const parsed = await parseFiles(request, crew, partBytes);
	const source = rowSource(parsed, request.dropPrefixMs);
	if (!hasRows(source)) {
		const prefix = `${request.dropPrefixMs / 1000} s`;
		throw new BenchError(
			'recorder',
			`No row starts ${prefix} after the first or later (all ${rowsOf(parsed)} rows start before that): drop a shorter prefix, or measure longer.`,
		);
	}

	const windowMs = request.windowMs ?? 1000;
	const hasWindows = request.series !== undefined || (request.withWindows ?? false);
	// Where another thread summarizes, this one walks meanwhile. If both fail, the walk is heard first: it has a file to give up.
	const summarizing = crew.summarize({source, windowMs: hasWindows ? windowMs : undefined});
	summarizing.catch(() => undefined);
	const ordered = await walkKeeping(request, parsed, source, control);
	const {latency, series} = await summarizing;
	refuseUnknownLabels(request, [...ordered.keys()].map(label => source.labels[label]!));
	const ends = labelEnds(source, new Map([...ordered].map(([label, {lastStart}]) => [label, lastStart])));
	const labels = [...ordered.keys()].filter(label => request.labels?.includes(source.labels[label]!) ?? true);
	const parts = new Map(labels.map(label => [source.labels[label]!, {latency: latency.get(label)!, series: series.get(label), ordered: ordered.get(label)!, end: ends.get(label)!}]));
	const windows = [...parts].flatMap(([label, {series: own}]) => own?.windows.map(window => ({label, window})) ?? []);
	const histogram = histogramOf([...parts].map(([label, part]) => ({label, buckets: part.latency.buckets})));
	if (request.series !== undefined) {
		writeFileWhole(request.series, seriesText(windows, parsed.baseSeconds, windowMs));
	}

	if (request.histogram !== undefined) {
		writeFileWhole(request.histogram, histogramText(histogram));
	}

	return {
		format: parsed.format,
		labels: Object.fromEntries([...parts].map(([label, part]) => [label, figuresOf(part, parsed.baseSeconds)])),
		files: parsed.files,
		warnings: [...parsed.warnings, ...gapWarnings(parts)],
		...(request.withHistogram && {histogram}),
		...(request.withWindows && {windows: windows.map(({label, window}): Window => ({
			label,
			at: epochMs(parsed.baseSeconds, window.start),
			count: window.count,
			throughput: window.count * 1000 / windowMs,
			p50_ms: window.quantiles[0]!,
			p95_ms: window.quantiles[1]!,
			p99_ms: window.quantiles[2]!,
			max_ms: window.max,
		}))}),
	};
}

async function walkKeeping(request: RecorderRequest, parsed: ParsedFiles, source: RowSource, control: Control): Promise<ReadonlyMap<number, OrderedFigures>> {
	if (request.keepData === undefined) {
		return walkRows(source, {control});
	}

	const writer = await DataWriter.open(request.keepData, parsed);
	try {
		const ordered = await walkRows(source, {control, sink: async slab => writer.write(slab)});
		await writer.finish();
		return ordered;
	} catch (error) {
		await writer.abandon();
		throw error;
	}
}

function refuseUnknownLabels({labels = []}: RecorderRequest, known: readonly string[]): void {
	const unknown = labels.find(label => !known.includes(label));
	if (unknown !== undefined) {
		throw new BenchError('recorder', `No row that counts has the label ${JSON.stringify(unknown)}: there are ${known.join(', ')}.`);
	}
}

function figuresOf({latency, ordered, end}: LabelParts, baseSeconds: number): LabelFigures {
	const {rows, count, mean, min, max, std, quantiles, weighted} = latency;
	const [median, p90, p95, p99, p999, p9999] = quantiles as FixedQuantiles;
	const {throughput, firstStart, lastStart} = ordered;
	const rate = throughput.summarize([0.5, 0.9, 0.95, 0.99]);
	const [medianRate, rate90, rate95, rate99] = rate.quantiles as FixedQuantiles;
	const span = (lastStart - firstStart) / 1e9;
	return {
		rows,
		count,
		latency: {mean_ms: mean, median_ms: median, min_ms: min, max_ms: max, p90_ms: p90, p95_ms: p95, p99_ms: p99},
		start_throughput_1s: {mean: rate.mean, median: medianRate, min: rate.min, max: rate.max, p90: rate90, p95: rate95, p99: rate99},
		tail: {p999_ms: p999, p9999_ms: p9999, std_ms: std},
		rows_beyond: Object.fromEntries(['p90', 'p95', 'p99', 'p999', 'p9999'].map((name, index) => [name, rowsBeyond(latencyQuantiles[index + 1]!, rows)])) as LabelFigures['rows_beyond'],
		throughput_rows: throughput.total,
		throughput_rows_beyond: {p90: rowsBeyond(0.9, throughput.total), p95: rowsBeyond(0.95, throughput.total), p99: rowsBeyond(0.99, throughput.total)},
		...(weighted && {weighted_latency: weightedOf(weighted)}),
		rates: {
			offered: span > 0 ? (count - end.startedAtLast) / span : NaN,
			completed: span > 0 ? (count - end.unansweredAtLast) / span : NaN,
			span_s: span,
		},
		first_at: epochMs(baseSeconds, firstStart),
		last_at: epochMs(baseSeconds, end.lastStop),
	};
}

type FixedQuantiles = readonly [number, number, number, number, number, number];

function weightedOf({mean, quantiles}: NonNullable<LatencySummary['weighted']>): LabelFigures['weighted_latency'] {
	const [median, p90, p95, p99, p999, p9999] = quantiles as FixedQuantiles;
	return {mean_ms: mean, median_ms: median, p90_ms: p90, p95_ms: p95, p99_ms: p99, p999_ms: p999, p9999_ms: p9999};
}

function gapWarnings(parts: ReadonlyMap<string, LabelParts>): readonly string[] {
	return [...parts].flatMap(([label, {series}]) => series && series.skipped > 0
		? [`${label}: ${series.skipped} empty windows of a very long gap are left out of the series: is a clock wrong?`]
		: []);
}

function rowsOf(parsed: ParsedFiles): number {
	return parsed.files.reduce((total, file) => total + file.rows, 0);
}

function epochMs(baseSeconds: number, nanos: number): number {
	return (baseSeconds * 1000) + (nanos / 1e6);
}
