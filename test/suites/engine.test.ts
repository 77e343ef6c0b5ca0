import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {bernoulliSingleKeyWorkload, stringWorkload, uniformSingleKeyWorkload, workloadText} from '../../source/index.ts';
import {createFrameReader, createFrameWriter, type FrameWriter} from '../../suites/unreplicated/engine/frames.ts';
import {startingLine} from '../../suites/unreplicated/engine/starting-line.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {freePort} from '../helpers/free-port.ts';
import {until} from '../helpers/until.ts';

type Flags = Readonly<Record<string, string | number>>;
type Program = {readonly stdout: () => string; readonly stderr: () => string; printed(line: RegExp): Promise<void>; end(): void; readonly ended: Promise<number | null>};

/** Starts the engine's server or client; gone after the test. */
function start(context: TestContext, name: 'server' | 'client', flags: Flags, env: Readonly<Record<string, string>> = {}): Program {
	const file = fileURLToPath(new URL(`../../suites/unreplicated/engine/${name}.ts`, import.meta.url));
	const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
	const child = spawn(process.execPath, [file, ...words], {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...env}});
	const closed = once(child, 'close') as Promise<[number | null]>;
	context.after(async () => {
		child.kill('SIGKILL');
		await closed;
	});
	const texts = {stdout: '', stderr: ''};
	for (const stream of ['stdout', 'stderr'] as const) {
		child[stream].on('data', chunk => {
			texts[stream] += String(chunk);
			child.emit('printed');
		});
	}

	return {
		stdout: () => texts.stdout,
		stderr: () => texts.stderr,
		async printed(line) {
			while (!line.test(texts.stdout)) {
				assert.equal(child.exitCode, null, `${name} ended before it printed ${String(line)}: ${texts.stderr}`);
				await Promise.race([once(child, 'printed'), closed]);
			}
		},
		end() {
			child.kill('SIGTERM');
		},
		ended: closed.then(([code]) => code),
	};
}

async function startServer(context: TestContext, flags: Flags = {}): Promise<{readonly server: Program; readonly port: number}> {
	const port = await freePort();
	const server = start(context, 'server', {host: '127.0.0.1', port, ...flags});
	if (flags['log_level'] === undefined) {
		await server.printed(/listening/);
	}

	return {server, port};
}

function clientFlags(folder: string, serverPort: number, workload = workloadText(stringWorkload({size_mean: 5, size_std: 0}))): Record<string, string | number> {
	fs.writeFileSync(path.join(folder, 'workload.pbtxt'), workload);
	return {
		host: '127.0.0.1', port: 10_000, server_host: '127.0.0.1', server_port: serverPort, workload: path.join(folder, 'workload.pbtxt'), output_file_prefix: path.join(folder, 'client_0'),
		warmup_duration: '0.05s', warmup_timeout: '5s', warmup_sleep: '0s', num_warmup_clients: 1, duration: '0.2s', timeout: '5s', num_clients: 1,
	};
}

function rowsOf(folder: string): ReadonlyArray<readonly string[]> {
	const [header, ...lines] = fs.readFileSync(path.join(folder, 'client_0_data.csv'), 'utf8').trimEnd().split('\n');
	assert.equal(header, 'start,stop,count,latency_nanos,label');
	return lines.map(line => line.split(','));
}

type Request = {readonly client: number; readonly payload: string};

/** A server of the test's own: it sees every request, and answers it or not. */
async function listen(context: TestContext, answers: (request: Request, replies: FrameWriter) => boolean): Promise<{readonly port: number; readonly requests: Request[]}> {
	const requests: Request[] = [];
	const server = net.createServer(socket => {
		const replies = createFrameWriter(data => {
			socket.write(data);
		});
		const read = createFrameReader((client, id, data, from, to) => {
			const request = {client, payload: data.toString('utf8', from, to)};
			requests.push(request);
			if (answers(request, replies)) {
				replies.add(client, id, Buffer.alloc(0));
			}
		});
		socket.on('data', read);
		socket.on('error', () => undefined);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	return {port: (server.address() as net.AddressInfo).port, requests};
}

/** Sends commands over one connection, and returns the answers. */
async function ask(port: number, commands: readonly string[]): Promise<readonly string[]> {
	const socket = net.connect(port, '127.0.0.1');
	const answers: string[] = [];
	const {promise, resolve} = Promise.withResolvers<void>();
	socket.on('data', createFrameReader((_client, id, data, from, to) => {
		answers[id] = data.toString('utf8', from, to);
		if (Object.keys(answers).length === commands.length) {
			resolve();
		}
	}));
	const frames = createFrameWriter(data => {
		socket.write(data);
	});
	for (const [id, command] of commands.entries()) {
		frames.add(0, id, Buffer.from(command));
	}

	await promise;
	socket.destroy();
	return answers;
}

for (const [machine, commands, expected] of [
	['Noop', ['a', 'b'], ['', '']],
	['AppendLog', ['a', 'b', 'c'], ['0', '1', '2']],
	['Register', ['a', 'b'], ['a', 'b']],
	['KeyValueStore', ['get x', 'set x 12 3', 'get x', 'set y 4', 'get y', 'get x'], ['', '', '12 3', '', '4', '12 3']],
] as const) {
	test(`The server executes the state machine ${machine}`, async context => {
		const {port} = await startServer(context, {state_machine: machine});
		assert.deepEqual(await ask(port, commands), expected);
	});
}

test('The server answers all requests, however many responses make a flush', async context => {
	const {port} = await startServer(context, {state_machine: 'AppendLog', 'options.flushEveryN': 3});
	assert.deepEqual(await ask(port, Array.from({length: 10}, () => 'x')), Array.from({length: 10}, (_, place) => String(place)));
});

test('The client runs exactly as many closed loops as it is asked to, in warm-up and in measurement', async context => {
	const folder = temporaryFolder(context);
	const {port, requests} = await listen(context, () => true);
	const client = start(context, 'client', {...clientFlags(folder, port), num_warmup_clients: 3, num_clients: 7});
	assert.equal(await client.ended, 0, client.stderr());
	const loops = [...new Set(requests.map(({client: loop}) => loop))];
	assert.deepEqual(loops, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	const measured = requests.filter(({client: loop}) => loop >= 3).length;
	assert.equal(rowsOf(folder).length, measured);
	assert.match(client.stdout(), new RegExp(`${measured} rows recorded, ${requests.length} requests sent and ${requests.length} answered in all`));
});

test('Rows have microseconds at both ends, and the nanoseconds between them', async context => {
	const folder = temporaryFolder(context);
	const {port} = await startServer(context);
	const client = start(context, 'client', {...clientFlags(folder, port), num_clients: 4});
	assert.equal(await client.ended, 0, client.stderr());
	const rows = rowsOf(folder);
	assert.ok(rows.length > 0);
	const microseconds = (text: string) => (Date.parse(`${text.slice(0, 19)}Z`) * 1000) + Number(/\.(\d{6})Z$/.exec(text)?.[1] ?? 0);
	for (const [startedAt = '', stoppedAt = '', count, nanos, label] of rows) {
		assert.match(startedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z$/);
		assert.ok(Math.abs(microseconds(stoppedAt) - microseconds(startedAt) - (Number(nanos) / 1000)) <= 1.5, `${startedAt} ${stoppedAt} ${nanos}`);
		assert.deepEqual([count, label], ['1', 'write']);
	}

	assert.ok(rows.some(row => Number(row[3]) % 1000 !== 0), 'no latency has a part of a microsecond');
});

test('A row stands for a measurement group, the last for what is left', async context => {
	const folder = temporaryFolder(context);
	const {port, requests} = await listen(context, () => true);
	const client = start(context, 'client', {...clientFlags(folder, port), num_warmup_clients: 0, num_clients: 2, measurement_group_size: 10});
	assert.equal(await client.ended, 0, client.stderr());
	const rows = rowsOf(folder);
	assert.equal(rows.reduce((sum, row) => sum + Number(row[2]), 0), requests.length);
	assert.deepEqual([...new Set(rows.slice(0, -1).map(row => row[2]))], ['10']);
});

test('A timeout bounds its whole phase: what is outstanding then is counted and logged, not recorded', async context => {
	const folder = temporaryFolder(context);
	const seen = new Map<number, number>();
	// Every loop gets two answers, and then none.
	const {port} = await listen(context, ({client: loop}) => {
		seen.set(loop, (seen.get(loop) ?? 0) + 1);
		return seen.get(loop)! <= 2;
	});
	const client = start(context, 'client', {...clientFlags(folder, port), num_warmup_clients: 2, warmup_duration: '60s', warmup_timeout: '2s', num_clients: 3, duration: '60s', timeout: '2s'});
	assert.equal(await client.ended, 0, client.stderr());
	assert.match(client.stdout(), /\[WARN\] .*Client warm-up timed out after 2000 ms: 2 requests outstanding, not recorded\./);
	assert.match(client.stdout(), /\[WARN\] .*Clients timed out after 2000 ms: 3 requests outstanding, not recorded\./);
	assert.equal(rowsOf(folder).length, 6);
});

test('An answer to the warm-up that comes during the measurement is none of its rows', async context => {
	const folder = temporaryFolder(context);
	let late: (() => void) | undefined;
	const server = net.createServer(socket => {
		const replies = createFrameWriter(data => {
			socket.write(data);
		});
		socket.on('data', createFrameReader((loop, id) => {
			if (loop === 0) {
				late = () => {
					replies.add(0, id, Buffer.alloc(0));
				};
			} else {
				late?.();
				late = undefined;
			}
		}));
		socket.on('error', () => undefined);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const client = start(context, 'client', {...clientFlags(folder, (server.address() as net.AddressInfo).port), warmup_timeout: '0.1s', timeout: '2s'});
	assert.equal(await client.ended, 0, client.stderr());
	assert.match(client.stdout(), /0 rows recorded, 2 requests sent and 1 answered in all/);
	assert.deepEqual(rowsOf(folder), []);
});

for (const [text, command] of [
	[workloadText(stringWorkload({size_mean: 12, size_std: 0})), /^[a-z]{12}$/],
	[workloadText(uniformSingleKeyWorkload({num_keys: 3, size_mean: 4, size_std: 0})), /^set [0-2] [a-z]{4}$/],
	[workloadText(bernoulliSingleKeyWorkload({conflict_rate: 1, size_mean: 8, size_std: 0})), /^set x [a-z]{8}$/],
	[workloadText(bernoulliSingleKeyWorkload({conflict_rate: 0, size_mean: 8, size_std: 0})), /^get \w+$/],
] as const) {
	test(`The client sends commands of ${text.replaceAll(/\s+/g, ' ').trim()}`, async context => {
		const folder = temporaryFolder(context);
		const {port, requests} = await listen(context, () => true);
		const client = start(context, 'client', {...clientFlags(folder, port, text), num_warmup_clients: 0, duration: '0.05s'});
		assert.equal(await client.ended, 0, client.stderr());
		assert.ok(requests.length > 0);
		for (const {payload} of requests) {
			assert.match(payload, command);
		}
	});
}

test('Clients that are told how many they are begin together, and one that has gone is not counted', async context => {
	const {port} = await startServer(context);
	const client = (place: string, ...env: ReadonlyArray<Readonly<Record<string, string>>>) => {
		const folder = path.join(temporaryFolder(context), place);
		fs.mkdirSync(folder);
		return start(context, 'client', clientFlags(folder, port), ...env);
	};

	const of3 = {BENCHDECK_PATIENT: '3'};
	const gone = client('gone', of3);
	const first = client('first', of3);
	await Promise.all([gone.printed(/connected/), first.printed(/connected/)]);
	gone.end();
	await gone.ended;
	const second = client('second', of3);
	await second.printed(/connected/);
	// Whoever waits for nobody is served meanwhile.
	const alone = client('alone');
	assert.equal(await alone.ended, 0);
	for (const waiting of [first, second]) {
		assert.doesNotMatch(waiting.stdout(), /warm-up started/);
	}

	const third = client('third', of3);
	assert.deepEqual(await Promise.all([first.ended, second.ended, third.ended]), [0, 0, 0]);
	for (const waited of [first, second, third]) {
		assert.match(waited.stdout(), /warm-up started/);
	}
});

test('The word to begin is no answer to a request, even where it comes while requests are under way', async context => {
	const folder = temporaryFolder(context);
	let begins = 0;
	const {port} = await listen(context, ({client}, replies) => {
		if (client === startingLine) {
			begins++;
		} else if (begins < 3) {
			begins++;
			replies.add(startingLine, 2, Buffer.alloc(0));
		}

		return true;
	});
	const client = start(context, 'client', {...clientFlags(folder, port), warmup_duration: '0s'}, {BENCHDECK_PATIENT: '2'});
	assert.equal(await client.ended, 0, client.stderr());
	assert.equal(begins, 3);
	const [, sent, answered] = /(\d+) requests sent and (\d+) answered in all/.exec(client.stdout()) ?? [];
	assert.equal(answered, sent);
	for (const row of rowsOf(folder)) {
		assert.match(row[3]!, /^\d+$/);
	}
});

test('Metrics have the names of the JAR, and the client a histogram of latency', async context => {
	const folder = temporaryFolder(context);
	const [serverMetrics, clientMetrics] = [await freePort(), await freePort()];
	const {port, server} = await startServer(context, {prometheus_host: '127.0.0.1', prometheus_port: serverMetrics});
	await server.printed(/Metrics are served/);
	const client = start(context, 'client', {...clientFlags(folder, port), duration: '20s', timeout: '30s', prometheus_host: '127.0.0.1', prometheus_port: clientMetrics});
	await client.printed(/Metrics are served/);
	await client.printed(/Clients started/);
	const exposition = async (of: number, query = '') => (await fetch(`http://127.0.0.1:${of}/metrics${query}`)).text();
	const [ofServer, ofClient] = [await exposition(serverMetrics), await exposition(clientMetrics)];
	for (const expected of [
		/^# TYPE unreplicated_server_requests_total counter\nunreplicated_server_requests_total\{type="ClientRequest"\} \d+$/m,
		/^# TYPE unreplicated_server_requests_latency summary\nunreplicated_server_requests_latency_sum\{type="ClientRequest"\} [\d\-.e]+$/m,
		/^unreplicated_server_requests_latency_sum\{.*\} .*\nunreplicated_server_requests_latency_count\{type="ClientRequest"\} \d+$/m,
	]) {
		assert.match(ofServer, expected);
	}

	for (const expected of [
		/^unreplicated_client_requests_total \d+$/m,
		/^unreplicated_client_responses_total \d+$/m,
		/^# TYPE unreplicated_client_latency_ms histogram$/m,
		/^unreplicated_client_latency_ms_bucket\{le="\+Inf"\} \d+$/m,
		/^unreplicated_client_latency_ms_sum [\d\-.e]+$/m,
	]) {
		assert.match(ofClient, expected);
	}

	const named = await exposition(clientMetrics, '?name[]=unreplicated_client_requests_total&name[]=unreplicated_client_latency_ms_bucket');
	assert.deepEqual([...named.matchAll(/^# TYPE (?<name>\S+)/gm)].map(({groups}) => groups!['name']), ['unreplicated_client_requests_total', 'unreplicated_client_latency_ms']);
	assert.equal(named.match(/^unreplicated_client_latency_ms_bucket/gm)?.length, ofClient.match(/^unreplicated_client_latency_ms_bucket/gm)?.length);
	const cpuSeconds = async () => Number(/^process_cpu_seconds_total (?<value>\S+)$/m.exec(await exposition(clientMetrics, '?name[]=process_cpu_seconds_total'))?.groups?.['value']);
	const before = await cpuSeconds();
	// A client that measures is at work all the time.
	await until('its use of the processor being told anew', async () => await cpuSeconds() > before);
	assert.match(await exposition(clientMetrics, '?name[]=nodejs_heap_size_used_bytes'), /^nodejs_heap_size_used_bytes [1-9]/m);

	client.end();
	assert.equal(await client.ended, 143);
	// What was measured until then is whole.
	assert.ok(rowsOf(folder).length > 0);
});

test('Log lines have time, level and thread, from the level on that is asked for', async context => {
	const folder = temporaryFolder(context);
	const {port, server} = await startServer(context);
	const client = start(context, 'client', {...clientFlags(folder, port), log_level: 'warn'});
	assert.equal(await client.ended, 0);
	assert.equal(client.stdout(), '');
	server.end();
	assert.equal(await server.ended, 0);
	const lines = server.stdout().trimEnd().split('\n');
	for (const line of lines) {
		assert.match(stripVTControlCharacters(line), /^\[[A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d\.\d{9}\] \[(?:DEBUG|INFO)\] \[Thread 1\] \S/);
	}

	assert.ok(lines.length >= 3);
});

for (const [name, program, wrong, expected] of [
	['an unknown flag', 'server', {prt: 1}, 'unknown flag --prt.\n'],
	['a number in words', 'server', {port: 'ten'}, '--port takes a whole number, not "ten".\n'],
	['an unknown state machine', 'server', {state_machine: 'Stack'}, '--state_machine takes Noop, AppendLog, Register, KeyValueStore, not "Stack".\n'],
	['an unknown log level', 'server', {log_level: 'loud'}, '--log_level takes debug, info, warn, error, fatal, not "loud".\n'],
	['a duration without its unit', 'client', {duration: '2'}, '--duration takes a duration such as 2.0s, not "2".\n'],
	['a workload file that is not there', 'client', {workload: '/none.pbtxt'}, 'cannot read the workload file /none.pbtxt.\n'],
] as const) {
	test(`A program of the engine with ${name} ends with one line and code 2`, async context => {
		const flags: Flags = program === 'server' ? {host: '127.0.0.1', port: 1} : clientFlags(temporaryFolder(context), 1);
		const started = start(context, program, {...flags, ...wrong});
		assert.equal(await started.ended, 2);
		assert.equal(started.stderr(), expected);
	});
}

test('A workload that the engine does not know is named with those that it does', async context => {
	const folder = temporaryFolder(context);
	const client = start(context, 'client', clientFlags(folder, 1, 'uniform_read_write_workload: {\n}\n'));
	assert.equal(await client.ended, 2);
	assert.match(client.stderr(), /"uniform_read_write_workload" is no workload of this engine; it knows string_workload, uniform_single_key_workload, bernoulli_single_key_workload\.\n$/);
});

test('A client says which server it cannot reach, and which answers nonsense', async context => {
	const folder = temporaryFolder(context);
	const closed = await freePort();
	const alone = start(context, 'client', clientFlags(folder, closed));
	assert.equal(await alone.ended, 1);
	assert.match(alone.stderr(), new RegExp(String.raw`^The connection to 127\.0\.0\.1:${closed} failed: .*ECONNREFUSED`));
	const foreign = net.createServer(socket => {
		socket.on('error', () => undefined);
		socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
	}).listen(0, '127.0.0.1');
	await once(foreign, 'listening');
	context.after(() => {
		foreign.close();
	});
	const lost = start(context, 'client', clientFlags(folder, (foreign.address() as net.AddressInfo).port));
	assert.equal(await lost.ended, 1);
	assert.match(lost.stderr(), /answered nonsense: .*speaks another protocol\.\n$/);
});
