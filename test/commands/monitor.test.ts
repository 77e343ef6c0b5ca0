import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {withoutPrometheus} from '../helpers/prometheus.ts';
import {ask, serve} from '../helpers/serve.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';

const smoke = ['run', 'unreplicated/smoke', '--plain', '-m', '--only', '1', '--set', 'warmup_duration=300ms', '--set', 'duration=1300ms'];

type Dumped = {readonly at: number; readonly value: number; readonly series: string};

/** Every sample of a metric in a database, by time. */
function samplesOf(benchmark: string, metric: string): readonly Dumped[] {
	const text = execFileSync('promtool', ['tsdb', 'dump', path.join(benchmark, 'prometheus_data')], {encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024, stdio: 'pipe'});
	return text.split('\n').filter(line => line.includes(`"${metric}"`)).map(line => {
		const [, series = '', value = '', at = ''] = /^(\{.*\}) (\S+) (\d+)$/.exec(line) ?? [];
		return {at: Number(at), value: Number(value), series};
	}).toSorted((one, other) => one.at - other.at);
}

async function run(context: TestContext, ...words: readonly string[]): Promise<{readonly benchmark: string; readonly stderr: string}> {
	const parent = temporaryFolder(context);
	const {code, stderr} = await benchdeck([...smoke, '-s', parent, ...words]);
	assert.equal(code, 0, stderr);
	return {benchmark: path.join(parent, fs.readdirSync(parent)[0]!, '001'), stderr};
}

/** The rows of the only client, first and last. */
function measured(benchmark: string): {readonly firstAt: number; readonly lastAt: number} {
	const lines = fs.readFileSync(path.join(benchmark, '../events.jsonl'), 'utf8').split('\n');
	const event = JSON.parse(lines.find(line => line.includes('"clients-measured"'))!) as {readonly clients: ReadonlyArray<{readonly firstAt: number; readonly lastAt: number}>};
	return event.clients[0]!;
}

function checkDatabase(benchmark: string): void {
	const {firstAt, lastAt} = measured(benchmark);
	const requests = samplesOf(benchmark, 'unreplicated_server_requests_total');
	const [first, last] = [requests[0], requests.at(-1)];
	assert.ok((first?.at ?? Infinity) < firstAt, `first sample ${first?.at}, first request ${firstAt}`);
	assert.equal(first?.value, 0);
	assert.ok((last?.at ?? 0) > lastAt, `last sample ${last?.at}, last request ${lastAt}`);
	assert.ok((last?.value ?? 0) > 0);
}

test('With -m, the database holds samples from before the first request to after the last', {skip: withoutPrometheus}, async context => {
	const {benchmark, stderr} = await run(context);
	assert.equal(stderr, '');
	checkDatabase(benchmark);
	const command = fs.readFileSync(path.join(benchmark, 'prometheus_cmd.txt'), 'utf8').trim();
	assert.match(command, /^prometheus --config\.file=\S+\/001\/prometheus\.yml --storage\.tsdb\.path=\S+\/001\/prometheus_data --web\.listen-address=127\.0\.0\.1:\d+$/);
	// It was let go with TERM and took its time: its log's last word is its own.
	assert.equal(fs.readFileSync(path.join(benchmark, 'prometheus_returncode.txt'), 'utf8').trim(), '0');
	assert.match(fs.readFileSync(path.join(benchmark, 'prometheus_err.txt'), 'utf8'), /See you next time!"\n$/);
	// Its samples are all in the write-ahead log, and `serve` has every one of them, beside the phases.
	const {text, stop} = await serve(context, path.join(benchmark, '..'));
	const [, url = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(text)!;
	const {lastAt} = measured(benchmark);
	assert.ok((await ask(url, 'sum(increase(unreplicated_client_responses_total[5s]))', lastAt))[0]!.value > 0);
	const [counted] = await ask(url, 'count_over_time(unreplicated_server_requests_total[1h])', lastAt + 60_000);
	assert.equal(counted?.value, samplesOf(benchmark, 'unreplicated_server_requests_total').length);
	assert.ok((await ask(url, 'benchdeck_phase', lastAt)).some(({metric}) => metric['phase'] === 'measuring'));
	assert.equal(await stop(), 0);
});

test('The same over SSH', {skip: withoutPrometheus || withoutSshd}, async context => {
	const {address, key, folder} = await startSshd(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const {benchmark} = await run(context, '-i', key, '--cluster', cluster);
	checkDatabase(benchmark);
	assert.ok(fs.existsSync(path.join(benchmark, 'metrics.om.gz')));
});

test('Without Prometheus on the PATH, one sentence says so before anything starts', async context => {
	const parent = temporaryFolder(context);
	const bin = path.join(parent, 'bin');
	fs.mkdirSync(bin);
	for (const name of ['sh', 'setsid', 'uname']) {
		fs.symlinkSync(execFileSync('sh', ['-c', `command -v ${name} || command -v true`], {encoding: 'utf8'}).trim(), path.join(bin, name));
	}

	const {code, stdout, stderr} = await benchdeck([...smoke, '-s', path.join(parent, 'runs')], {env: {...process.env, PATH: bin}});
	assert.deepEqual([code, stdout], [2, '']);
	assert.equal(stderr, 'localhost: prometheus, which a monitored benchmark runs there, is not on the PATH; install it (Debian: apt-get install prometheus) or run without -m.\n');
	assert.equal(fs.existsSync(path.join(parent, 'runs')), false);
});
