import fs from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {dashboard} from '../core/dashboard.ts';
import {BenchError} from '../core/errors.ts';
import {liveQueries, type NamedQuery, rateWindow} from '../core/live-promql.ts';
import {phaseSamples} from '../core/phase-samples.ts';
import {scrapeIntervalMs} from '../core/input-facts.ts';
import {findRun} from '../directory/find-run.ts';
import {readRun} from '../directory/read-run.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';
import {shellLine} from '../core/shell-quote.ts';
import {freeLocalPort} from '../metrics/free-local-port.ts';
import {type PrometheusServer, servePrometheus} from '../metrics/prometheus-server.ts';
import {parseFlags} from './flags.ts';
import {grafanaCommand, type Provisioned, startGrafana, writeProvisioning} from './grafana.ts';
import {commandFlags} from './help.ts';
import {runsRoot} from './runs-root.ts';

/** `benchdeck serve RUN [BENCHMARK…]`: the databases of monitored benchmarks, until Ctrl-C. */
export async function serveCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('serve', argv, commandFlags('serve'));
	const [wanted, ...chosen] = flags.positional;
	if (wanted === undefined) {
		throw new BenchError('usage', 'benchdeck serve takes a RUN: a path, its unique word, `last`, or `.`.');
	}

	const run = await readRun(await findRun(wanted, await runsRoot(flags.text('suite-directory'))), {processes: 'failed'});
	const benchmarks = monitored(run, chosen);
	const interrupted = interruption();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'benchdeck-serve-'));
	const ending: Array<() => Promise<void>> = [];
	try {
		const served: Served[] = [];
		for (const benchmark of benchmarks) {
			const server = await servePrometheus({database: databaseOf(benchmark), folder: path.join(folder, benchmark.id), additions: additionsOf(run, benchmark)});
			ending.push(async () => server.stop());
			served.push({run, benchmark, server});
			process.stdout.write(await description({run, benchmark, server}));
		}

		if (flags.is('grafana')) {
			const stop = await grafana(served, path.join(folder, 'grafana'));
			ending.push(stop);
		}

		process.stdout.write('Ctrl-C ends.\n');
		const early = await Promise.race([interrupted, ...served.map(async ({benchmark, server}) => `Benchmark ${benchmark.id}: Prometheus ended by itself: ${await server.exited}`)]);
		if (early !== undefined) {
			throw new BenchError('metrics', early);
		}

		return 0;
	} finally {
		await Promise.allSettled(ending.map(async end => end()));
		await rm(folder, {recursive: true, force: true});
	}
}

type Served = {readonly run: Run; readonly benchmark: RunBenchmark; readonly server: PrometheusServer};

function databaseOf({path: directory = ''}: RunBenchmark): string {
	return path.join(directory, 'prometheus_data');
}

function monitored({benchmarks, path: directory}: Run, chosen: readonly string[]): readonly RunBenchmark[] {
	const all = benchmarks.filter(benchmark => benchmark.path !== undefined && fs.statSync(databaseOf(benchmark), {throwIfNoEntry: false})?.isDirectory());
	for (const word of chosen) {
		if (all.every(({id}) => !isCalled(id, word))) {
			throw new BenchError('usage', `${directory} has no benchmark ${word} with a prometheus_data${all.length === 0 ? '' : `; these have one: ${all.map(({id}) => id).join(', ')}`}.`);
		}
	}

	if (all.length === 0) {
		throw new BenchError('usage', `${directory} has no prometheus_data; run with -m to have a Prometheus beside each benchmark.`);
	}

	return chosen.length === 0 ? all : all.filter(({id}) => chosen.some(word => isCalled(id, word)));
}

// `2`, `02` and `002` are the same benchmark.
function isCalled(id: string, word: string): boolean {
	return /^\d+$/.test(word) && Number(id) === Number(word);
}

function additionsOf({state}: Run, {index}: RunBenchmark): string | undefined {
	const known = state?.benchmarks[index - 1];
	return known && phaseSamples(known);
}

async function description({run, benchmark, server}: Served): Promise<string> {
	const {from, to} = rangeOf(benchmark);
	const queries = await queriesOf({run, benchmark, server});
	const graph = new URLSearchParams({
		'g0.expr': queries[0]!.expression,
		'g0.tab': '0',
		'g0.range_input': `${Math.ceil((to - from) / 1000)}s`,
		'g0.end_input': new Date(to).toISOString().slice(0, 19).replace('T', ' '),
	});
	return [
		`Benchmark ${benchmark.id}: ${server.url}/graph?${graph.toString()}`,
		`  from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
		...queries.map(({name, expression}) => `  ${name}: ${expression}`),
		'',
	].join('\n');
}

async function queriesOf({run, benchmark, server}: Served): Promise<readonly NamedQuery[]> {
	const window = rateWindow(scrapeIntervalMs(benchmark.input));
	const known = liveQueries(run.state?.live ?? {}, window);
	const counters = known.length > 0 ? [] : (await server.names()).filter(name => name.endsWith('_total') && !/^(?:jvm|process|nodejs|scrape|go|prometheus)_/.test(name));
	return [
		...known,
		...counters.map(name => ({name, expression: `sum(rate(${name}[${window}]))`})),
		{name: 'procs that answered', expression: 'sum by (job) (up)'},
		{name: 'processor, share of a core', expression: `sum by (job, instance) (rate(process_cpu_seconds_total[${window}]))`},
	];
}

function rangeOf({startedAt, stoppedAt}: RunBenchmark): {readonly from: number; readonly to: number} {
	const from = startedAt ?? Date.now();
	return {from, to: stoppedAt ?? from};
}

async function grafana(served: readonly Served[], folder: string): Promise<() => Promise<void>> {
	const provisioned = await Promise.all(served.map(async ({run, benchmark, server}): Promise<Provisioned> => {
		const uid = `benchdeck-${run.word?.toLowerCase() ?? 'run'}-${benchmark.id}`;
		const title = `${run.suite} ${run.word ?? ''} ${benchmark.id}`.replaceAll(/ +/g, ' ');
		const intervalMs = scrapeIntervalMs(benchmark.input);
		const window = rateWindow(intervalMs);
		const jobs = (await server.jobs()).filter(job => job !== 'prometheus');
		return {
			uid, title, url: server.url, scrapeIntervalMs: intervalMs,
			dashboard: dashboard({
				title, uid, source: uid, window, ...rangeOf(benchmark), live: liveQueries(run.state?.live ?? {}, window),
				jobs: await Promise.all(jobs.map(async job => ({job, metrics: await server.names(job)}))),
			}),
		};
	}));
	await writeProvisioning(folder, provisioned);
	const port = await freeLocalPort();
	const server = startGrafana(folder, port);
	process.stdout.write(server
		? `Grafana: ${server.url}\n`
		: `grafana-server is not installed here. Its provisioning folder is ${folder}/provisioning; while this runs, start one over it with\n  ${shellLine(grafanaCommand(folder, port), {})}\n`);
	return server ? async () => server.stop() : async () => undefined;
}

/** Settles when a person wants the end. */
async function interruption(): Promise<undefined> {
	const {promise, resolve} = Promise.withResolvers<undefined>();
	const end = () => {
		resolve(undefined);
	};

	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	// A terminal that closes sends it more than once.
	process.on('SIGHUP', end);

	return promise;
}
