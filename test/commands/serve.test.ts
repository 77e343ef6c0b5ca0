import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {z} from 'zod';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {createBlocks, withoutPrometheus} from '../helpers/prometheus.ts';
import {ask, serve} from '../helpers/serve.ts';

const from = Date.UTC(2026, 10, 24, 20, 0, 0);
const seconds = 10;

/** What Prometheus would have of a benchmark of ten seconds: 100 requests a second, 0.5 ms each. */
function openMetrics(): string {
	const labels = (job: string, port: number) => `instance="127.0.0.1:${port}",job="${job}"`;
	const [client, server] = [labels('unreplicated_client', 10_001), labels('unreplicated_server', 10_101)];
	const steps = Array.from({length: seconds * 5 + 1}, (_, step) => step);
	const series = (name: string, its: string, value: (step: number) => number) => steps.map(step => `${name}{${its}} ${value(step)} ${(from / 1000) + (step / 5)}\n`).join('');
	return [
		'# TYPE up gauge\n',
		series('up', client, () => 1),
		series('up', server, () => 1),
		'# TYPE unreplicated_client_responses counter\n',
		series('unreplicated_client_responses_total', client, step => step * 20),
		'# TYPE unreplicated_client_latency_ms histogram\n',
		series('unreplicated_client_latency_ms_bucket', `${client},le="0.5"`, step => step * 20),
		series('unreplicated_client_latency_ms_bucket', `${client},le="+Inf"`, step => step * 20),
		series('unreplicated_client_latency_ms_sum', client, step => step * 10),
		series('unreplicated_client_latency_ms_count', client, step => step * 20),
		'# TYPE process_cpu_seconds counter\n',
		series('process_cpu_seconds_total', server, step => step / 10),
		'# TYPE jvm_memory_bytes_used gauge\n',
		series('jvm_memory_bytes_used', `${server},area="heap"`, () => 1e8),
		'# EOF\n',
	].join('');
}

/** A run with two monitored benchmarks, as its directory tells it. */
function monitoredRun(context: TestContext): string {
	const folder = path.join(temporaryFolder(context), '2026-11-24_20:00:00.000000_SERVEDRUNS_unreplicated_smoke');
	fs.mkdirSync(folder);
	const live = {
		throughput: {kind: 'rate', metric: 'unreplicated_client_responses_total'},
		latency: {kind: 'quantiles', metric: 'unreplicated_client_latency_ms', unit: 'ms', quantiles: [0.5, 0.99]},
	};
	const input = {num_client_procs: 1, prometheus_scrape_interval: '0:00:00.200000'};
	const events: object[] = [
		{
			at: from,
			type: 'suite-started',
			suite: 'unreplicated/smoke',
			name: 'unreplicated_smoke',
			directory: folder,
			engine: 'jar',
			args: {},
			inputs: [input, input],
			selected: [1, 2],
			estimatesMs: [1, 1],
			runner: {pid: 1, hostname: 'here', version: '0'},
			hosts: [],
			live,
		},
	];
	fs.writeFileSync(path.join(folder, 'samples.om'), openMetrics());
	for (const [index, id] of [[1, '001'], [2, '002']] as const) {
		fs.mkdirSync(path.join(folder, id));
		fs.writeFileSync(path.join(folder, id, 'input.json'), JSON.stringify(input));
		createBlocks(path.join(folder, 'samples.om'), path.join(folder, id, 'prometheus_data'));
		events.push(
			{at: from, type: 'benchmark-started', index, id, attempt: 1},
			{at: from, type: 'phase-entered', index, phase: 'warming-up'},
			{at: from + 4000, type: 'phase-entered', index, phase: 'measuring'},
			{at: from + 9000, type: 'phase-entered', index, phase: 'stopping'},
			{
				at: from + 9500,
				type: 'pauses-logged',
				index,
				label: 'server',
				count: 1,
				totalMs: 12,
				longest: [{endAt: from + 5000, durationMs: 12, kind: 'Young (Normal)'}],
			},
			{at: from + 10_000, type: 'benchmark-finished', index, id, durationMs: 10_000, summary: '{}', output: {}},
		);
	}

	events.push({at: from + 10_001, type: 'suite-finished', outcome: 'finished', finished: 2, failed: 0});
	fs.writeFileSync(path.join(folder, 'events.jsonl'), events.map(event => `${JSON.stringify(event)}\n`).join(''));
	return folder;
}

const options = {skip: withoutPrometheus};

test('Each benchmark has a server that answers the queries it prints, and the run stays as it was', options, async context => {
	const run = monitoredRun(context);
	const listed = () => fs.readdirSync(run, {recursive: true}).map(String).toSorted();
	const before = listed();
	const {text, stop} = await serve(context, run);
	const urls = [...text.matchAll(/Benchmark (\d+): (http:\/\/127\.0\.0\.1:\d+)\/graph\?g0\.expr=\S+/g)].map(([, id, url]) => [id, url] as const);
	assert.deepEqual(urls.map(([id]) => id), ['001', '002']);
	const queries = [...new Set([...text.matchAll(/^ {2}([^:]+): ((?:sum|histogram).*)$/gm)].map(([, name, query]) => `${name}|${query}`))].map(line => line.split('|') as [string, string]);
	assert.deepEqual(queries.map(([name]) => name), ['throughput, /s', 'latency p50, ms', 'latency p99, ms', 'procs that answered', 'processor, share of a core']);
	for (const [, url = ''] of urls) {
		const answers = await Promise.all(queries.map(async ([, query]) => ask(url, query, from + 8000)));
		assert.deepEqual(answers.map(([first]) => Math.round((first?.value ?? NaN) * 1000) / 1000), [100, 0.25, 0.495, 1, 0.5]);
		assert.equal((await ask(url, 'benchdeck_phase', from + 8000)).find(({value}) => value === 1)?.metric['phase'], 'measuring');
		assert.equal((await ask(url, 'benchdeck_pause', from + 5000))[0]?.metric['kind'], 'Young (Normal)');
	}

	assert.equal(await stop(), 0);
	assert.deepEqual(listed(), before);
	for (const [, url = ''] of urls) {
		await assert.rejects(fetch(url), /fetch failed/);
	}
});

test('--grafana writes a data source and a dashboard, whose queries Prometheus takes', options, async context => {
	const {text, stop} = await serve(context, monitoredRun(context), '2', '--grafana');
	const [, folder = ''] = /provisioning folder is (\S+)\/provisioning/.exec(text) ?? [];
	const read = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
	const sources = z
		.strictObject({
			apiVersion: z.literal(1),
			datasources: z
				.array(
					z.object({
						uid: z.string().max(40),
						type: z.literal('prometheus'),
						access: z.literal('proxy'),
						url: z.url(),
						isDefault: z.boolean(),
					}),
				)
				.length(1),
		})
		.parse(read('provisioning/datasources/benchdeck.yaml'));
	const providers = z
		.object({apiVersion: z.literal(1), providers: z.array(z.object({type: z.literal('file'), options: z.object({path: z.string()})})).length(1)})
		.parse(read('provisioning/dashboards/benchdeck.yaml'));
	assert.equal(providers.providers[0]?.options.path, path.join(folder, 'dashboards'));
	const [source] = sources.datasources;
	const sourceOf = z.strictObject({type: z.literal('prometheus'), uid: z.literal(source!.uid)});
	const place = z.strictObject({x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1)});
	const board = z
		.object({
			uid: z.string().min(1).max(40),
			title: z.string(),
			schemaVersion: z.int().min(36),
			time: z.strictObject({from: z.iso.datetime(), to: z.iso.datetime()}),
			annotations: z.strictObject({
				list: z.array(
					z.object({
						name: z.string(),
						enable: z.boolean(),
						iconColor: z.string(),
						datasource: sourceOf,
						expr: z.string(),
						titleFormat: z.string(),
					}),
				),
			}),
			panels: z.array(
				z.discriminatedUnion('type', [
					z.object({type: z.literal('row'), id: z.int(), title: z.string(), gridPos: place, panels: z.array(z.never())}),
					z.object({
						type: z.literal('timeseries'),
						id: z.int(),
						title: z.string(),
						gridPos: place,
						datasource: sourceOf,
						targets: z.array(z.object({refId: z.string().regex(/^[A-Z]$/), expr: z.string(), datasource: sourceOf})).min(1),
					}),
				]),
			),
		})
		.parse(read(`dashboards/${source!.uid}.json`));
	assert.deepEqual(board.time, {from: new Date(from).toISOString(), to: new Date(from + 10_000).toISOString()});
	assert.deepEqual(board.panels.filter(({type}) => type === 'row').map(({title}) => title), ['Live charts', 'unreplicated_client', 'unreplicated_server']);
	assert.equal(new Set(board.panels.map(({id}) => id)).size, board.panels.length);
	const cells = board.panels.flatMap(({gridPos: {x, y, w, h}}) => Array.from({length: w * h}, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`));
	assert.equal(new Set(cells).size, cells.length, 'no two panels overlap');
	for (const panel of board.panels) {
		for (const {expr} of panel.type === 'timeseries' ? panel.targets : []) {
			assert.ok((await ask(source!.url, expr, from + 8000)).length > 0, `${panel.title}: ${expr}`);
		}
	}

	assert.ok(board.panels.some(({title}) => title === 'JVM memory'));
	assert.deepEqual((await Promise.all(board.annotations.list.map(async ({expr}) => ask(source!.url, expr, from + 5000)))).map(answers => answers.length > 0), [true, true]);
	assert.equal(await stop(), 0);
	assert.equal(fs.existsSync(folder), false);
});

test('What benchdeck writes for Prometheus passes promtool', options, async context => {
	const {stdout} = await benchdeck(['plan', 'multipaxos/smoke', '--engine', 'jar', '-m', '--only', '1', '--json']);
	const file = path.join(temporaryFolder(context), 'prometheus.yml');
	fs.writeFileSync(file, (JSON.parse(stdout) as {readonly benchmarks: ReadonlyArray<{readonly files: Readonly<Record<string, string>>}>}).benchmarks[0]!.files['prometheus.yml']!);
	assert.match(execFileSync('promtool', ['check', 'config', file], {encoding: 'utf8'}), /is valid/);
	const run = monitoredRun(context);
	assert.match(execFileSync('promtool', ['tsdb', 'list', path.join(run, '001/prometheus_data')], {encoding: 'utf8'}), /BLOCK ULID/);
});

test('A run that has nothing to serve is one sentence, and so is a benchmark that it lacks', async context => {
	const run = path.join(temporaryFolder(context), '2026-11-24_20:00:00.000000_SERVEDRUNS_unreplicated_smoke');
	fs.mkdirSync(path.join(run, '001'), {recursive: true});
	fs.writeFileSync(path.join(run, 'args.json'), '{}');
	fs.writeFileSync(path.join(run, '001/input.json'), '{}');
	const none = await benchdeck(['serve', run]);
	assert.deepEqual([none.code, none.stderr], [2, `${run} has no prometheus_data; run with -m to have a Prometheus beside each benchmark.\n`]);
	fs.mkdirSync(path.join(run, '001/prometheus_data'));
	const other = await benchdeck(['serve', run, '7']);
	assert.deepEqual([other.code, other.stderr], [2, `${run} has no benchmark 7 with a prometheus_data; these have one: 001.\n`]);
});
