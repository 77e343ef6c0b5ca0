/*
What a benchmark measured, from the files in its directory: recorder rows through the analysis, or any files through the
suite's own function.
*/
import fs from 'node:fs/promises';
import {durationMs} from '../core/duration.ts';
import {BenchError} from '../core/errors.ts';
import {type ClientWindow} from '../core/event.ts';
import {type JsonObject} from '../core/json.ts';
import {absentFigures} from '../core/figures.ts';
import {type OutputSpec} from '../core/output.ts';
import {callSuite} from '../core/suite-call.ts';
import {type RecorderAnalysis} from '../recorder/request.ts';
import {type RunnerEnvironment} from './environment.ts';
import {type BenchmarkContext} from './hooks.ts';

export type BenchmarkResult = {
	readonly output: JsonObject;
	/** Files in the benchmark directory that may go once the results row is on the disk. */
	readonly disposable: readonly string[];
};

/**
Works a benchmark's output out. `suite` is what messages call the suite.

@throws BenchError `recorder` where there is no data; whatever a suite's own function throws.
*/
export async function collectOutput(spec: OutputSpec<JsonObject>, {suite, ...context}: BenchmarkContext & {readonly suite: string}, analyze: RunnerEnvironment['analyze']): Promise<BenchmarkResult> {
	return spec.kind === 'files' ? readOutput(spec, suite, context) : analyzeRows(spec, context, analyze);
}

type SpecOf<Kind extends OutputSpec<JsonObject>['kind']> = Extract<OutputSpec<JsonObject>, {readonly kind: Kind}>;

async function analyzeRows(spec: SpecOf<'recorder'>, context: BenchmarkContext, analyze: RunnerEnvironment['analyze']): Promise<BenchmarkResult> {
	const {plan, directory, emit, signal} = context;
	const names = plan.procs.filter(({kind}) => kind === 'client').map(({label}) => ({label, name: `${label}_data.csv`}));
	const analysis = await analyze({
		files: names.map(({label, name}) => ({label, path: directory.file(name)})),
		format: spec.format,
		dropPrefixMs: durationMs(spec.dropPrefix?.(plan.input) ?? '0s'),
		emptyFiles: 'fail',
		series: directory.file('series.csv'),
		histogram: directory.file('histogram.csv'),
		...(spec.keep && {keepData: directory.file('data.csv.gz')}),
	}, {
		signal,
		onProgress(bytes, totalBytes) {
			emit({type: 'analysis-progressed', index: plan.index, bytes, totalBytes});
		},
	});
	for (const message of analysis.warnings) {
		emit({type: 'warned', index: plan.index, message});
	}

	tellClients(analysis, context);
	return {output: figuresOf(spec.into, analysis), disposable: names.map(({name}) => name)};
}

function tellClients({files}: RecorderAnalysis, {plan, emit}: BenchmarkContext): void {
	const clients = files.map(({label, rows, firstAt, lastAt}): ClientWindow => ({label, rows, firstAt, lastAt}));
	const overlapMs = Math.max(0, Math.min(...clients.map(({lastAt}) => lastAt)) - Math.max(...clients.map(({firstAt}) => firstAt)));
	emit({type: 'clients-measured', index: plan.index, clients, overlapMs});
	const longest = Math.max(...clients.map(({firstAt, lastAt}) => lastAt - firstAt));
	if (overlapMs < longest * 0.8) {
		emit({type: 'warned', index: plan.index, message: `Benchmark ${plan.id}: the clients' samples overlap for only ${Math.round(overlapMs)} ms of ${Math.round(longest)} ms.`});
	}
}

async function readOutput(spec: SpecOf<'files'>, suite: string, {plan, directory}: BenchmarkContext): Promise<BenchmarkResult> {
	const names = callSuite(`the files() of suite ${suite}`, () => spec.files(plan.input));
	const texts = await Promise.all(names.map(async name => {
		try {
			return [name, await fs.readFile(directory.file(name), 'utf8')] as const;
		} catch (error) {
			throw new BenchError('recorder', `there is no ${plan.id}/${name}, which the suite reads its output from.`, {cause: error});
		}
	}));
	return {output: callSuite(`the read() of suite ${suite}`, () => spec.read(Object.fromEntries(texts), plan.input)), disposable: []};
}

function figuresOf(into: Readonly<Record<string, string>>, {labels}: RecorderAnalysis): JsonObject {
	const pick = (label: string) => {
		const found = labels[label];
		return found ? {latency: found.latency, start_throughput_1s: found.start_throughput_1s} : undefined;
	};

	const [flat] = Object.entries(into).flatMap(([prefix, label]) => prefix === '' ? [label] : []);
	if (flat !== undefined) {
		const figures = pick(flat);
		if (!figures) {
			throw new BenchError('recorder', `no row has the label "${flat}"; the clients recorded ${Object.keys(labels).join(', ')}.`);
		}

		return figures;
	}

	if (Object.values(into).every(label => !labels[label])) {
		throw new BenchError('recorder', `no row has a label of ${Object.values(into).join(', ')}; the clients recorded ${Object.keys(labels).join(', ')}.`);
	}

	return Object.fromEntries(Object.entries(into).map(([prefix, label]) => [prefix, pick(label) ?? absentFigures()]));
}
