import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {temporaryFolder} from '../helpers/command.ts';
import {freePort} from '../helpers/free-port.ts';

type Program = {readonly child: ChildProcess; output(): string; printed(line: RegExp): Promise<RegExpExecArray>; ended(): Promise<number | null>};

/** Starts one of the two programs; gone after the test. */
function start(context: TestContext, name: 'server' | 'client', flags: Readonly<Record<string, string | number>>): Program {
	const file = fileURLToPath(new URL(`../../source/rehearsal/${name}.ts`, import.meta.url));
	const child = spawn(process.execPath, [file, ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])], {stdio: ['ignore', 'pipe', 'pipe']});
	const closed = once(child, 'close') as Promise<[number | null]>;
	context.after(async () => {
		child.kill('SIGKILL');
		await closed;
	});
	let output = '';
	const gather = (chunk: Buffer) => {
		output += String(chunk);
		child.emit('output');
	};

	child.stdout.on('data', gather);
	child.stderr.on('data', gather);

	return {
		child,
		output: () => output,
		async printed(line) {
			for (;;) {
				const found = line.exec(output);
				if (found) {
					return found;
				}

				assert.equal(child.exitCode, null, `${name} ended before it printed ${String(line)}: ${output}`);
				await Promise.race([once(child, 'output'), closed]);
			}
		},
		async ended() {
			const [code] = await closed;
			return code;
		},
	};
}

async function startServer(context: TestContext, label = 'leader_0'): Promise<{readonly server: Program; readonly endpoint: string; readonly metrics: string}> {
	const [port, metricsPort] = [await freePort(), await freePort()];
	const server = start(context, 'server', {
		host: '127.0.0.1', port, prometheus_host: '127.0.0.1', prometheus_port: metricsPort, log_level: 'debug', label, role: 'leaders', metrics_prefix: 'mencius_leader',
		counters: 'mencius_leader_commands_total{type="ClientRequest"}', summaries: 'super_mencius_leader_latency', histograms: 'mencius_leader_latency_ms',
	});
	await server.printed(/listens on/);
	return {server, endpoint: `127.0.0.1:${port}`, metrics: `http://127.0.0.1:${metricsPort}/metrics`};
}

function clientFlags(folder: string, servers: string): Record<string, string | number> {
	return {
		host: '127.0.0.1', port: 10_000, label: 'client_0', role: 'clients', metrics_prefix: 'mencius_client', servers, output_file_prefix: path.join(folder, 'client_0'),
		warmup_duration: '0.1s', warmup_timeout: '5s', warmup_sleep: '0s', num_warmup_clients: 2, duration: '0.3s', timeout: '5s', num_clients: 4, measurement_group_size: 1,
	};
}

function rowsOf(folder: string): {readonly header: string; readonly rows: ReadonlyArray<readonly string[]>} {
	const [header = '', ...lines] = fs.readFileSync(path.join(folder, 'client_0_data.csv'), 'utf8').trimEnd().split('\n');
	return {header, rows: lines.map(line => line.split(','))};
}

test('A rehearsed server answers, counts requests under the metric names of its role, and ends on TERM', async context => {
	const {server, endpoint, metrics} = await startServer(context);
	const socket = net.connect(Number(endpoint.split(':', 2)[1]), '127.0.0.1');
	socket.write('12345678abcdefgh');
	let answer = '';
	for await (const chunk of socket) {
		answer += String(chunk);
		if (answer.length >= 16) {
			break;
		}
	}

	assert.equal(answer, '12345678abcdefgh');
	const exposition = await (await fetch(metrics)).text();
	assert.match(exposition, /^# TYPE mencius_leader_requests_total counter\nmencius_leader_requests_total\{type="Rehearsal"\} 2$/m);
	assert.match(exposition, /^mencius_leader_requests_latency_sum\{type="Rehearsal"\} [\d\-.e]+\nmencius_leader_requests_latency_count\{type="Rehearsal"\} 2$/m);
	// What the live charts of the protocol ask for.
	assert.match(exposition, /^# TYPE mencius_leader_commands_total counter\nmencius_leader_commands_total\{type="ClientRequest"\} 2$/m);
	assert.match(exposition, /^super_mencius_leader_latency_count\{type="Rehearsal"\} 2$/m);
	assert.match(exposition, /^mencius_leader_latency_ms_bucket\{le="\+Inf"\} (1|2)$/m);
	server.child.kill('SIGTERM');
	assert.equal(await server.ended(), 0);
	assert.match(server.output(), /leader_0 ends after 2 requests/);
});

test('A rehearsed client measures all servers in closed loops and leaves labelled rows', async context => {
	const folder = temporaryFolder(context);
	const {endpoint: first, server: one} = await startServer(context);
	const {endpoint: second, server: other} = await startServer(context, 'leader_1');
	const from = Date.now();
	const client = start(context, 'client', {...clientFlags(folder, `${first},${second}`), labels: 'read,write'});
	assert.equal(await client.ended(), 0, client.output());
	const {header, rows} = rowsOf(folder);
	assert.equal(header, 'start,stop,count,latency_nanos,label');
	assert.ok(rows.length > 1, `${rows.length} rows`);
	const reads = rows.filter(row => row[4] === 'read').length;
	assert.ok(Math.abs(reads - (rows.length / 2)) <= 1, `${reads} of ${rows.length} are reads`);
	for (const [startedAt = '', stoppedAt = '', count, nanos] of rows) {
		assert.match(startedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
		assert.equal(count, '1');
		assert.ok(Math.abs(Date.parse(stoppedAt) - Date.parse(startedAt) - (Number(nanos) / 1e6)) <= 1.01, `${startedAt} ${stoppedAt} ${nanos}`);
		assert.ok(Date.parse(startedAt) >= from);
		assert.ok(Date.parse(stoppedAt) <= Date.now());
	}

	const ends = [one, other].map(async ({child, ended}) => {
		child.kill('SIGTERM');
		return ended();
	});
	await Promise.all(ends);
	const answered = [one, other].map(program => Number(/ends after (\d+) requests/.exec(program.output())?.[1]));
	assert.ok(answered.every(number => number > 0), `answered ${answered.join(' and ')}`);
	const [, sent = ''] = await client.printed(/(\d+) requests sent/);
	assert.equal(answered.reduce((sum, number) => sum + number), Number(sent));
});

test('Rows of a rehearsed client stand for groups of requests where the input says so', async context => {
	const folder = temporaryFolder(context);
	const {endpoint} = await startServer(context);
	const client = start(context, 'client', {...clientFlags(folder, endpoint), labels: 'write', measurement_group_size: 10});
	assert.equal(await client.ended(), 0, client.output());
	const {rows} = rowsOf(folder);
	assert.ok(rows.length > 1, `${rows.length} rows`);
	assert.deepEqual([...new Set(rows.slice(0, -1).map(row => row[2]))], ['10']);
	assert.ok(Number(rows.at(-1)?.[2]) <= 10);
});

test('A rehearsed client ends even where somebody scrapes it over a kept connection', async context => {
	const folder = temporaryFolder(context);
	const {endpoint} = await startServer(context);
	const metricsPort = await freePort();
	const client = start(context, 'client', {...clientFlags(folder, endpoint), prometheus_host: '127.0.0.1', prometheus_port: metricsPort, histograms: 'mencius_client_latency_ms', duration: '3s'});
	await client.printed(/Measurement started/);
	const scraper = net.connect(metricsPort, '127.0.0.1');
	context.after(() => {
		scraper.destroy();
	});
	scraper.on('error', () => undefined);
	scraper.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
	let exposition = '';
	scraper.on('data', (chunk: Buffer) => {
		exposition += String(chunk);
	});
	assert.equal(await client.ended(), 0, client.output());
	assert.match(exposition, /^mencius_client_latency_ms_bucket\{le="\+Inf"\} \d+$/m);
});

test('A rehearsed client without labels leaves unlabelled rows', async context => {
	const folder = temporaryFolder(context);
	const {endpoint} = await startServer(context);
	const client = start(context, 'client', {...clientFlags(folder, endpoint), num_warmup_clients: 0});
	assert.equal(await client.ended(), 0, client.output());
	const {header, rows} = rowsOf(folder);
	assert.equal(header, 'start,stop,latency_nanos,host,port');
	assert.ok(rows.length > 0);
	assert.deepEqual(rows[0]?.slice(3), ['127.0.0.1', '10000']);
});

test('A request that is never answered is not recorded, and the timeout ends the rehearsal', async context => {
	const folder = temporaryFolder(context);
	const silent = net.createServer().listen(0, '127.0.0.1');
	await once(silent, 'listening');
	context.after(() => {
		silent.close();
	});
	const {port} = silent.address() as net.AddressInfo;
	const client = start(context, 'client', {...clientFlags(folder, `127.0.0.1:${port}`), labels: 'write', num_warmup_clients: 0, duration: '0.1s', timeout: '0.2s'});
	assert.equal(await client.ended(), 0, client.output());
	assert.match(client.output(), /Measurement timed out: 4 requests outstanding, not recorded/);
	assert.deepEqual(rowsOf(folder).rows, []);
});

test('A rehearsed client says which server it cannot reach, or has lost', async context => {
	const folder = temporaryFolder(context);
	const closed = await freePort();
	const alone = start(context, 'client', clientFlags(folder, `127.0.0.1:${closed}`));
	assert.equal(await alone.ended(), 1);
	assert.match(alone.output(), new RegExp(String.raw`client_0 cannot connect to 127\.0\.0\.1:${closed}: `));

	const {server, endpoint} = await startServer(context);
	const client = start(context, 'client', {...clientFlags(folder, endpoint), duration: '60s', timeout: '60s'});
	await client.printed(/Measurement started/);
	server.child.kill('SIGKILL');
	assert.equal(await client.ended(), 1);
	assert.match(client.output(), new RegExp(`client_0.*${endpoint.replaceAll('.', String.raw`\.`)}`));
});
