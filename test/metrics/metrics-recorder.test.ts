import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {BenchError} from '../../source/core/errors.ts';
import {evaluateLive} from '../../source/core/live-reading.ts';
import {rate} from '../../source/core/live.ts';
import {SeriesStore} from '../../source/core/series-store.ts';
import {seriesText} from '../../source/core/series.ts';
import {compressMetrics, removeRaw} from '../../source/metrics/compress-metrics.ts';
import {followMetrics} from '../../source/metrics/follow-metrics.ts';
import {startMetricsRecorder, type MetricsRecorder, type MetricsRecorderOptions} from '../../source/metrics/metrics-recorder.ts';
import {readMetrics} from '../../source/metrics/read-metrics.ts';
import {type ScrapeEndpoint} from '../../source/metrics/scrape-endpoint.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {createBlocks, withoutPrometheus, withPrometheus} from '../helpers/prometheus.ts';
import {until} from '../helpers/until.ts';

const startAt = 1_617_820_860_000;
const client: ScrapeEndpoint = {label: 'client_0', job: 'unreplicated_client', ip: '127.0.0.1', port: 10_001};
const server: ScrapeEndpoint = {label: 'server', job: 'unreplicated_server', ip: '::1', port: 10_201};

/** What a proc answers `seconds` after the start. */
function exposition(seconds: number): string {
	return [
		String.raw`# HELP requests_total Requests, "quoted" and \\ escaped.`,
		'# TYPE requests_total counter',
		`requests_total{type="write",} ${Math.round(seconds * 100)}.0`,
		'# HELP memory_bytes Memory.',
		'# TYPE memory_bytes gauge',
		String.raw`memory_bytes{ job = "mine" , area="größe \"x\"" } 1.5E9 12345`,
		'# TYPE odd counter',
		'odd 7',
		'# TYPE loose untyped',
		'loose NaN',
		'# TYPE latency histogram',
		`latency_bucket{le="0.5"} ${seconds * 40}`,
		`latency_bucket{le="+Inf"} ${seconds * 100} # {trace_id="x"} 0.7`,
		`latency_sum ${seconds * 50.5}`,
		`latency_count ${seconds * 100}`,
		'empty{a=""} +Inf',
		'',
	].join('\r\n');
}

async function start(context: TestContext, options: Partial<MetricsRecorderOptions> = {}): Promise<{readonly directory: string; readonly recorder: MetricsRecorder; readonly troubles: string[]}> {
	const directory = options.directory ?? temporaryFolder(context);
	const troubles: string[] = [];
	const recorder = await startMetricsRecorder({
		directory,
		onTrouble(message) {
			troubles.push(message);
		},
		...options,
	});
	context.after(async () => recorder.finish());
	return {directory, recorder, troubles};
}

function scrape(recorder: MetricsRecorder, endpoint: ScrapeEndpoint, step: number, body = exposition(step * 0.2)): void {
	const at = startAt + (step * 200);
	recorder.record({endpoint, at, format: 'prometheus', names: recorder.namesOf(endpoint, at), body: Buffer.from(body)});
}

function gunzipped(directory: string): string {
	return gunzipSync(fs.readFileSync(path.join(directory, 'metrics.om.gz'))).toString();
}

test('A record has each family together, labels as Prometheus attaches them, and an end', async context => {
	const {directory, recorder, troubles} = await start(context);
	scrape(recorder, client, 0);
	scrape(recorder, server, 0);
	scrape(recorder, client, 1);
	recorder.miss(server, startAt + 200);
	await recorder.settle();
	const [one, two] = ['1617820860.000', '1617820860.200'];
	const [of, at] = ['instance="127.0.0.1:10001",job="unreplicated_client"', 'instance="[::1]:10201",job="unreplicated_server"'];
	assert.deepEqual(gunzipped(directory).split('\n'), [
		'# TYPE up gauge',
		'# HELP up Whether the scrape was answered.',
		`up{${of}} 1 ${one}`,
		`up{${of}} 1 ${two}`,
		`up{${at}} 1 ${one}`,
		`up{${at}} 0 ${two}`,
		'# TYPE requests counter',
		String.raw`# HELP requests Requests, \"quoted\" and \\ escaped.`,
		`requests_total{${of},type="write"} 0.0 ${one}`,
		`requests_total{${of},type="write"} 20.0 ${two}`,
		`requests_total{${at},type="write"} 0.0 ${one}`,
		'# TYPE memory_bytes gauge',
		'# HELP memory_bytes Memory.',
		...[[of, one], [of, two], [at, one]].map(([labels, time]) => String.raw`memory_bytes{area="größe \"x\"",exported_job="mine",${labels}} 1.5E9 ${time}`),
		// OpenMetrics has no counter without `_total`.
		'# TYPE odd unknown',
		`odd{${of}} 7 ${one}`,
		`odd{${of}} 7 ${two}`,
		`odd{${at}} 7 ${one}`,
		'# TYPE loose unknown',
		`loose{${of}} NaN ${one}`,
		`loose{${of}} NaN ${two}`,
		`loose{${at}} NaN ${one}`,
		'# TYPE latency histogram',
		`latency_bucket{${of},le="0.5"} 0 ${one}`,
		`latency_bucket{${of},le="+Inf"} 0 ${one}`,
		`latency_sum{${of}} 0 ${one}`,
		`latency_count{${of}} 0 ${one}`,
		`latency_bucket{${of},le="0.5"} 8 ${two}`,
		`latency_bucket{${of},le="+Inf"} 20 ${two}`,
		`latency_sum{${of}} 10.100000000000001 ${two}`,
		`latency_count{${of}} 20 ${two}`,
		`latency_bucket{${at},le="0.5"} 0 ${one}`,
		`latency_bucket{${at},le="+Inf"} 0 ${one}`,
		`latency_sum{${at}} 0 ${one}`,
		`latency_count{${at}} 0 ${one}`,
		`empty{${of}} +Inf ${one}`,
		`empty{${of}} +Inf ${two}`,
		`empty{${at}} +Inf ${one}`,
		'# EOF',
		'',
	]);
	assert.deepEqual(fs.readdirSync(directory), ['metrics.om.gz']);
	assert.deepEqual(troubles, []);
});

test('What the charts need is recorded at every scrape, and the rest now and then', async context => {
	const {directory, recorder} = await start(context, {names: ['requests_*', 'latency_count'], othersEveryMs: 1000});
	for (let step = 0; step <= 12; step++) {
		scrape(recorder, client, step);
	}

	assert.equal(recorder.counts().leftOut, 0);
	await recorder.settle();
	const metrics = await readMetrics(directory);
	const times = (metric: string) => [...metrics!.select(metric)[0]!.times].map(time => (time - startAt) / 200);
	const all = Array.from({length: 13}, (_, index) => index);
	assert.deepEqual(times('requests_total'), all);
	assert.deepEqual(times('latency_count'), all);
	assert.deepEqual(times('up'), all);
	assert.deepEqual(times('memory_bytes'), [0, 5, 10]);
	assert.deepEqual(times('latency_sum'), [0, 5, 10]);
});

test('Between two whole answers an endpoint is asked for what the charts need, as long as it gives all of that', async context => {
	const {directory, recorder} = await start(context, {names: ['requests_total', 'latency_bucket', 'late'], othersEveryMs: 1000});
	const namesAt = (step: number) => recorder.namesOf(client, startAt + (step * 200));
	// Those that it has none of are asked for too: it may have some before everything is due.
	const names = ['requests_total', 'requests', 'latency_bucket', 'latency', 'late'];
	const partOf = (step: number) => exposition(step * 0.2).split('\r\n').filter(line => /^(?:requests_total|latency_bucket)/.test(line)).join('\n');
	assert.deepEqual(namesAt(0), []);
	scrape(recorder, client, 0);
	assert.deepEqual(namesAt(1), names);
	assert.equal(namesAt(2), namesAt(1), 'the same list, so that a request is made of it once');
	assert.deepEqual(recorder.namesOf(server, startAt + 200), [], 'of another endpoint nothing is known');
	scrape(recorder, client, 1, partOf(1));
	scrape(recorder, client, 2, `${partOf(2)}\nlate 1\n`);
	assert.deepEqual(namesAt(5), [], 'everything is due again');
	scrape(recorder, client, 5);
	assert.deepEqual(namesAt(6), names);
	scrape(recorder, client, 6, partOf(6).split('\n', 1)[0]);
	assert.deepEqual(namesAt(7), [], 'it knows other names than it shows');
	await recorder.settle();
	const metrics = await readMetrics(directory);
	const steps = (metric: string) => [...metrics!.select(metric)[0]!.times].map(time => (time - startAt) / 200);
	assert.deepEqual(['requests_total', 'latency_bucket', 'memory_bytes', 'late'].map(steps), [[0, 1, 2, 5, 6], [0, 1, 2, 5], [0, 5], [2]]);
});

test('An answer to names that cannot be read is followed by whole ones', async context => {
	const {recorder} = await start(context, {names: ['requests_total']});
	scrape(recorder, client, 0);
	assert.deepEqual(recorder.namesOf(client, startAt + 200), ['requests_total', 'requests']);
	assert.throws(() => {
		scrape(recorder, client, 1, 'requests_total{');
	}, BenchError);
	assert.deepEqual(recorder.namesOf(client, startAt + 400), []);
});

const unaskable = [
	['of which nobody knows how they go on', ['requests_total', 'latency_*']],
	['too many for a query', ['requests_total', ...Array.from({length: 200}, (_, index) => `many_metrics_${index}`)]],
	['none of which it has shown', ['later_total']],
] as const;
for (const [which, names] of unaskable) {
	test(`Names ${which} are not asked for`, async context => {
		const {recorder} = await start(context, {names});
		scrape(recorder, client, 0);
		assert.deepEqual(recorder.namesOf(client, startAt + 200), []);
	});
}

test('promtool takes the record, compressed or not, and Prometheus then answers as the record does', {skip: withoutPrometheus}, async context => {
	const {directory, recorder} = await start(context);
	for (let step = 0; step <= 40; step++) {
		scrape(recorder, client, step);
		scrape(recorder, server, step);
	}

	// As it is while the benchmark runs, in the order of the scrapes, but for the end.
	const running = followMetrics(directory, new SeriesStore());
	context.after(async () => running.close());
	recorder.miss(server, startAt + 8200);
	await recorder.settle();
	const text = gunzipped(directory);
	const file = path.join(directory, 'gunzipped.om');
	fs.writeFileSync(file, text);
	assert.match(createBlocks(file, path.join(directory, 'blocks')), /BLOCK ULID/);
	const metrics = await readMetrics(directory);
	await withPrometheus(text, async query => {
		for (const metric of metrics!.metrics) {
			const at = startAt + 4100;
			const theirs = await query(`count_over_time(${metric}[3s])`, at);
			const ours = metrics!.select(metric).map(series => [seriesText('', series.labels), series.times.filter(time => time >= at - 3000 && time <= at).length]);
			assert.deepEqual(new Map(theirs.map(({labels, value}) => [seriesText('', labels), value])), new Map(ours as Array<[string, number]>), metric);
		}

		const [answer] = await query('sum(rate(requests_total[2s]))', startAt + 5100);
		const reading = evaluateLive(rate('requests_total'), metrics!, startAt + 5100, 2000);
		assert.ok(Math.abs(answer!.value - reading!.figures[0]!.value) < 1e-9);
		assert.ok(Math.abs(answer!.value - 200) < 1e-9);
	});
});

test('A record in the order of the scrapes, with the end that readers add, is taken by promtool too', {skip: withoutPrometheus}, async context => {
	const {directory, recorder} = await start(context);
	for (let step = 0; step <= 20; step++) {
		scrape(recorder, client, step);
		scrape(recorder, server, step);
	}

	const text = await written(directory, recorder.counts().bytes - 1);
	const file = path.join(directory, 'cut.om');
	fs.writeFileSync(file, `${text.slice(0, text.lastIndexOf('\n') + 1)}# EOF\n`);
	assert.match(createBlocks(file, path.join(directory, 'blocks')), /BLOCK ULID/);
});

test('A record that was cut off anywhere gives what stands before the cut', async context => {
	const {directory, recorder} = await start(context);
	for (let step = 0; step <= 10; step++) {
		scrape(recorder, client, step);
	}

	const text = Buffer.from(await written(directory, 1000));
	await recorder.settle();
	const whole = await readMetrics(directory);
	assert.equal(whole?.isCut, false);
	const gz = fs.readFileSync(path.join(directory, 'metrics.om.gz'));
	for (let cut = 0; cut < text.length; cut += 97) {
		const folder = path.join(directory, String(cut));
		fs.mkdirSync(folder);
		fs.writeFileSync(path.join(folder, 'metrics.om'), text.subarray(0, cut));
		const metrics = await readMetrics(folder);
		assert.equal(metrics?.isCut, true);
		assert.equal(metrics?.badLines, 0);
		assertBegins(metrics?.select('requests_total')[0], whole?.select('requests_total')[0]);
		// Compressing what a killed run left behind gives the same.
		await compressMetrics(folder);
		assert.match(gunzipped(folder), /# EOF\n$/);
		const compressed = await readMetrics(folder);
		assert.equal(compressed?.isCut, false);
		assert.deepEqual(compressed?.select('requests_total')[0]?.values, metrics?.select('requests_total')[0]?.values);
	}

	for (let cut = 20; cut < gz.length; cut += 41) {
		fs.writeFileSync(path.join(directory, 'metrics.om.gz'), gz.subarray(0, cut));
		const metrics = await readMetrics(directory);
		assert.equal(metrics?.isCut, true);
		assertBegins(metrics?.select('requests_total')[0], whole?.select('requests_total')[0]);
	}
});

test('Runs that do not fit in memory are merged to the same record', async context => {
	const {directory, recorder} = await start(context);
	for (let step = 0; step <= 60; step++) {
		scrape(recorder, client, step);
		scrape(recorder, server, step);
	}

	const text = await written(directory, recorder.counts().bytes - 1);
	await recorder.settle();
	const whole = gunzipped(directory);
	for (const runBytes of [300, 1000, 4096, 50_000]) {
		const folder = path.join(directory, String(runBytes));
		fs.mkdirSync(folder);
		fs.writeFileSync(path.join(folder, 'metrics.om'), text);
		await compressMetrics(folder, runBytes);
		await removeRaw(folder);
		assert.equal(gunzipped(folder), whole);
		assert.deepEqual(fs.readdirSync(folder), ['metrics.om.gz']);
	}
});

test('A record is followed while it grows, in whatever pieces it comes', async context => {
	const {directory, recorder} = await start(context);
	scrape(recorder, client, 0);
	const text = Buffer.from(await written(directory, recorder.counts().bytes - 1));
	const folder = path.join(directory, 'growing');
	fs.mkdirSync(folder);
	const store = new SeriesStore();
	const follower = followMetrics(folder, store, ['requests_total']);
	context.after(async () => follower.close());
	assert.equal(await follower.poll(), true, 'it need not be there yet');
	for (let at = 0; at < text.length; at += 61) {
		fs.appendFileSync(path.join(folder, 'metrics.om'), text.subarray(at, at + 61));
		assert.equal(await follower.poll(), true);
	}

	assert.deepEqual(store.metrics, ['requests_total']);
	assert.deepEqual([...store.select('requests_total')[0]!.values], [0]);
	assert.equal(follower.families.get('memory_bytes')?.type, 'gauge');
	fs.appendFileSync(path.join(folder, 'metrics.om'), 'requests_total{instance="127.0.0.1:10001",job="unreplicated_client",type="write"} 5 1617820861.000');
	await follower.poll();
	assert.equal(store.select('requests_total')[0]!.values.length, 1, 'a line without an end may be cut');
	fs.appendFileSync(path.join(folder, 'metrics.om'), '\n');
	await compressMetrics(folder);
	await follower.poll();
	assert.deepEqual([...store.select('requests_total')[0]!.values], [0, 5], 'the open file is read to its end');
});

test('An answer that cannot be read leaves nothing behind, and the next is recorded', async context => {
	const {directory, recorder} = await start(context);
	assert.throws(() => {
		scrape(recorder, client, 0, '# TYPE a gauge\na 1\nb 2\nc {');
	}, (error: unknown) => error instanceof BenchError && error.message.startsWith('client_0 (127.0.0.1:10001): cannot read the metrics at line 4'));
	recorder.miss(client, startAt);
	scrape(recorder, client, 1, '# TYPE a gauge\na 1\n');
	await recorder.settle();
	const metrics = await readMetrics(directory);
	assert.deepEqual(metrics?.metrics, ['a', 'up']);
	assert.deepEqual([...metrics.select('up')[0]!.values], [0, 1]);
	assert.equal(metrics.families.get('a')?.type, 'gauge');
});

test('Samples that are no newer than the last are left out, for promtool would drop them in silence', async context => {
	const {directory, recorder} = await start(context);
	for (const step of [1, 1, 0, 2]) {
		scrape(recorder, client, step, 'a{x="1",y="2"} 1\na{y="2",x="1"} 2\n');
	}

	await recorder.settle();
	const metrics = await readMetrics(directory);
	assert.deepEqual([...metrics!.select('a')[0]!.times], [startAt + 200, startAt + 400]);
	assert.equal(recorder.counts().leftOut, 8);
	assert.equal(recorder.counts().samples, 4);
});

test('A line that was torn costs itself alone', async context => {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'metrics.om'), 'a 1 1617820860.000\na 2 16178\u{0}\u{0}b{ 3\na{x="1",x="2"} 1 1617820860.500\na 4 1617820861.000\n');
	const torn = await readMetrics(folder);
	assert.deepEqual([...torn!.select('a')[0]!.values], [1, 4]);
	assert.equal(torn?.badLines, 2);
	await compressMetrics(folder);
	assert.equal(gunzipped(folder), 'a 1 1617820860.000\na 4 1617820861.000\n# EOF\n');
});

test('Reading is bounded: the oldest samples give way, and are counted', async context => {
	const {directory, recorder} = await start(context);
	for (let step = 0; step < 500; step++) {
		scrape(recorder, client, step, `a ${step}\n`);
	}

	await recorder.settle();
	const metrics = await readMetrics(directory, {names: ['a'], limits: {maxSamples: 100}});
	const {values} = metrics!.select('a')[0]!;
	assert.equal(values.at(-1), 499);
	assert.ok(values.length <= 100);
	assert.equal(metrics?.leftOut.forgotten, 500 - values.length);
});

test('A directory without a record has none, and one that cannot be made is a sentence', async context => {
	const folder = temporaryFolder(context);
	assert.equal(await readMetrics(folder), undefined);
	await compressMetrics(folder);
	assert.deepEqual(fs.readdirSync(folder), []);
	const missing = path.join(folder, 'missing');
	await assert.rejects(start(context, {directory: missing}), (error: unknown) => error instanceof BenchError && error.message.startsWith(path.join(missing, 'metrics.om')));
	fs.writeFileSync(path.join(folder, 'metrics.om.gz'), 'no gzip at all');
	await assert.rejects(readMetrics(folder), (error: unknown) => error instanceof BenchError && error.message.includes('metrics.om.gz: cannot be read'));
});

test('A damaged record is not kept open', {skip: fs.existsSync('/proc/self/fd') ? false : 'needs /proc'}, async context => {
	const folder = temporaryFolder(context);
	const file = path.join(fs.realpathSync(folder), 'metrics.om.gz');
	// More than is read at once.
	fs.writeFileSync(file, Buffer.alloc(1024 * 1024));
	const openFiles = () => fs.readdirSync('/proc/self/fd').map(fd => {
		try {
			return fs.readlinkSync(`/proc/self/fd/${fd}`);
		} catch {
			return '';
		}
	});
	await assert.rejects(readMetrics(folder), {name: 'BenchError', message: /metrics\.om\.gz: cannot be read/});
	await until('the record is closed', () => !openFiles().includes(file), 5000);
});

test('A full disk ends the record, is told once, and throws nothing into the run', {skip: fs.existsSync('/dev/full') ? false : 'needs /dev/full'}, async context => {
	const directory = temporaryFolder(context);
	fs.symlinkSync('/dev/full', path.join(directory, 'metrics.om'));
	const {recorder, troubles} = await start(context, {directory});
	let step = 0;
	await until('somebody is told', () => {
		scrape(recorder, client, step++);
		return troubles.length > 0;
	});

	await recorder.settle();
	assert.equal(troubles.length, 1);
	assert.match(troubles[0]!, /metrics\.om: the metrics are not recorded any more: ENOSPC/);
	assert.ok(recorder.counts().leftOut > 0);
});

test('Where compressing fails, the record stays as it is, and that is told once', async context => {
	const {directory, recorder, troubles} = await start(context);
	scrape(recorder, client, 0);
	// A directory in the way of the temporary file.
	fs.mkdirSync(path.join(directory, 'metrics.om.gz.tmp'));
	await recorder.settle();
	await recorder.settle();
	assert.equal(troubles.length, 1);
	assert.match(troubles[0]!, /metrics\.om\.gz: cannot be written: /);
	const metrics = await readMetrics(directory);
	assert.deepEqual([...metrics!.select('requests_total')[0]!.values], [0]);
});

/** The text of a running record, once it has a size. */
async function written(directory: string, bytes: number): Promise<string> {
	const file = path.join(directory, 'metrics.om');
	await until(() => `${bytes} bytes, of which there are ${fs.statSync(file).size}`, () => fs.statSync(file).size >= bytes);
	return fs.readFileSync(file, 'utf8');
}

function assertBegins(part: {readonly times: Float64Array; readonly values: Float64Array} | undefined, whole: {readonly times: Float64Array; readonly values: Float64Array} | undefined): void {
	const length = part?.times.length ?? 0;
	assert.deepEqual([...(part?.times ?? [])], [...whole!.times.subarray(0, length)]);
	assert.deepEqual([...(part?.values ?? [])], [...whole!.values.subarray(0, length)]);
}
