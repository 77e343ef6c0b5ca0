import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {type RunEvent} from '../../source/core/event.ts';
import {evaluateLive} from '../../source/core/live-reading.ts';
import {emptyState} from '../../source/core/state.ts';
import {reduce} from '../../source/core/reduce.ts';
import {parseEvent} from '../../source/directory/journal-event.ts';
import {readMetrics} from '../../source/metrics/read-metrics.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {createBlocks, withoutPrometheus} from '../helpers/prometheus.ts';

const quick = ['--plain', '--only', '2', '--set', 'warmup_duration=1s'];

async function run(context: TestContext, ...words: readonly string[]): Promise<{readonly directory: string; readonly events: readonly RunEvent[]}> {
	const parent = temporaryFolder(context);
	const {code, stderr} = await benchdeck(['run', 'unreplicated/smoke', ...quick, '-s', parent, ...words]);
	assert.equal(code, 0, stderr);
	const directory = path.join(parent, fs.readdirSync(parent)[0]!);
	const events = fs.readFileSync(path.join(directory, 'events.jsonl'), 'utf8').trimEnd().split('\n').map(line => parseEvent(line)!);
	return {directory, events};
}

test('A run of the embedded engine keeps what its procs exported, and its journal says what to chart', async context => {
	const {directory, events} = await run(context);
	const {live, scraping, benchmarks} = events.reduce(reduce, emptyState);
	assert.deepEqual(scraping, {isOn: true});
	const {throughput, latency} = live;
	assert.ok(throughput);
	assert.ok(latency);
	const metrics = await readMetrics(path.join(directory, '002'));
	assert.ok(metrics);
	assert.deepEqual(
		[
			metrics.isCut,
			metrics.badLines,
			metrics
				.select('up')
				.map(({labels}) => labels['job'] ?? '')
				.toSorted(),
		],
		[false, 0, ['unreplicated_client', 'unreplicated_client', 'unreplicated_server']],
	);
	const measured = benchmarks[1]?.phases.find(({phase}) => phase === 'measuring')?.at ?? 0;
	const rate = evaluateLive(throughput, metrics, measured + 1500, 1000);
	assert.equal(rate?.series, 2);
	assert.ok((rate?.figures[0]?.value ?? 0) > 0, JSON.stringify(rate));
	assert.ok((evaluateLive(latency, metrics, measured + 1500, 1000)?.figures[0]?.value ?? 0) > 0);
	assert.equal(fs.existsSync(path.join(directory, '002/metrics.om')), false);
	await context.test('promtool makes blocks of it', {skip: withoutPrometheus}, () => {
		const text = path.join(directory, 'metrics.om');
		fs.writeFileSync(text, gunzipSync(fs.readFileSync(path.join(directory, '002/metrics.om.gz'))));
		assert.match(createBlocks(text, path.join(directory, 'data')), /BLOCK ULID/);
	});
});

test('--no-scrape scrapes nothing, and the journal says why there are no charts', async context => {
	const {directory, events} = await run(context, '--no-scrape');
	assert.deepEqual(events.reduce(reduce, emptyState).scraping, {isOn: false, reason: 'Scraping was turned off with --no-scrape.'});
	assert.deepEqual(fs.readdirSync(path.join(directory, '002')).filter(name => name.startsWith('metrics')), []);
	assert.match(fs.readFileSync(path.join(directory, '002/server_cmd.txt'), 'utf8'), /--prometheus_port -1/);
});

test('--scrape gives the JAR metrics ports, without Prometheus and its flags for the collector', async () => {
	const plan = async (...words: readonly string[]) => {
		const {stdout} = await benchdeck(['plan', 'unreplicated/smoke', '--engine', 'jar', '--json', ...words]);
		const {benchmarks} = JSON.parse(stdout) as {readonly benchmarks: ReadonlyArray<{readonly processes: ReadonlyArray<{readonly label: string; readonly argv: readonly string[]}>}>};
		return benchmarks[0]!.processes;
	};

	const scraped = await plan('--scrape');
	assert.deepEqual(scraped.map(({label}) => label), ['server', 'client_0']);
	assert.deepEqual(scraped.map(({argv}) => argv[argv.indexOf('--prometheus_port') + 1]), ['10101', '10001']);
	assert.equal(scraped.flatMap(({argv}) => argv).filter(word => /gc|GC/.test(word)).length, 0);
	const [server] = await plan();
	assert.equal(server?.argv[server.argv.indexOf('--prometheus_port') + 1], '-1');
});
