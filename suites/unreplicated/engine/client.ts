/*
The embedded engine's client: closed-loop clients over one connection, with the flags of the JAR's ClientMain. Warm-up,
sleep, measurement; both phases are bounded by their timeouts as a whole, and what is outstanding then is counted and
logged, not recorded.
*/
import {type Buffer as NodeBuffer} from 'node:buffer';
import net from 'node:net';
import {parseFlags} from './flags.ts';
import {createFrameReader, createFrameWriter} from './frames.ts';
import {createLog} from './log.ts';
import {type Sample, serveMetrics} from './metrics.ts';
import {createRecorder} from './recorder.ts';
import {startingLine} from './starting-line.ts';
import {readWorkload} from './workload.ts';

const flags = parseFlags(process.argv.slice(2), {
	host: 'text', port: 'integer', server_host: 'text', server_port: 'integer', log_level: 'text', prometheus_host: 'text', prometheus_port: 'integer',
	measurement_group_size: 'integer', warmup_duration: 'duration', warmup_timeout: 'duration', warmup_sleep: 'duration', num_warmup_clients: 'integer',
	duration: 'duration', timeout: 'duration', num_clients: 'integer', workload: 'text', output_file_prefix: 'text',
}, {log_level: 'debug', prometheus_host: '0.0.0.0', prometheus_port: -1, measurement_group_size: 1});

const log = createLog(flags.log_level);
const nextCommand = readWorkload(flags.workload);
const recorder = createRecorder(`${flags.output_file_prefix}_data.csv`, Math.max(1, flags.measurement_group_size), 'write');

const buckets = Array.from({length: 60}, (_, index) => 0.01 * (1.2 ** index));
const bucketCounts = new Float64Array(buckets.length + 1);
let requests = 0;
let responses = 0;
let latencySumMs = 0;
/** Requests that were sent together are mostly answered together: what they took is looked up once, and counted. */
const alike = {latencyMs: 0, count: 0};

type Phase = {readonly endsAt: number; readonly startedAt: Float64Array; outstanding: number; readonly done: PromiseWithResolvers<void>; readonly offset: number};
let phase: Phase | undefined;
/** When the bytes came that are being read: all answers in them came then. */
let arrivedAt = 0;
// Pseudonyms are never used twice, so that a late answer to the warm-up is known as one.
let pseudonyms = 0;

/** Whoever starts this beside its server says so, watches both, and says how many clients begin together. */
const patientClients = Number(process.env['BENCHDECK_PATIENT'] ?? 0);
const againMs = 2;
/** Longer than this no client waits for the others. */
const togetherMs = 10_000;
/** Clients that begin together have begun by then. */
const settledMs = 50;
const begun = Promise.withResolvers<void>();
let socket = connect();

const frames = createFrameWriter(data => {
	socket.write(data);
});
const read = createFrameReader(client => {
	// Whenever it comes: who did not wait for the others has requests of its own under way.
	if (client === startingLine) {
		begun.resolve();
		return;
	}

	responses++;
	if (!phase || client < phase.offset) {
		return;
	}

	const place = client - phase.offset;
	const startedAt = phase.startedAt[place]!;
	observe(arrivedAt - startedAt);
	recorder.record(startedAt, arrivedAt);
	if (arrivedAt < phase.endsAt) {
		send(phase, place, arrivedAt);
		return;
	}

	phase.outstanding--;
	if (phase.outstanding === 0) {
		phase.done.resolve();
	}
});
process.on('SIGTERM', () => {
	recorder.close();
	process.exit(143);
});

function connect(): net.Socket {
	const made = net.connect({host: flags.server_host, port: flags.server_port, noDelay: true});
	made.once('connect', () => {
		made.on('data', receive);
		made.on('close', () => {
			giveUp(`The server ${flags.server_host}:${flags.server_port} closed the connection.`);
		});
		log('info', `Client ${flags.host}:${flags.port} connected to the server ${flags.server_host}:${flags.server_port}.`);
		void main();
	});
	made.on('error', (error: NodeJS.ErrnoException) => {
		if (patientClients > 0 && error.code === 'ECONNREFUSED') {
			setTimeout(() => {
				socket = connect();
			}, againMs);
			return;
		}

		giveUp(`The connection to ${flags.server_host}:${flags.server_port} failed: ${error.message}.`);
	});
	return made;
}

function receive(chunk: NodeBuffer): void {
	arrivedAt = performance.now();
	try {
		read(chunk);
	} catch (error) {
		giveUp(`The server ${flags.server_host}:${flags.server_port} answered nonsense: ${error instanceof Error ? error.message : String(error)}.`);
	}

	frames.flush();
	recorder.settle();
}

async function main(): Promise<void> {
	await beginTogether();
	log('info', 'Client warm-up started.');
	const warmedUp = run({name: 'Client warm-up', clients: flags.num_warmup_clients, durationMs: flags.warmup_duration, timeoutMs: flags.warmup_timeout});
	// Not earlier: a port takes as long to open as a third of all the rest, for which other clients would wait; and these begin just now.
	setTimeout(() => {
		serveMetrics({host: flags.prometheus_host, port: flags.prometheus_port, log}, [
			{name: 'unreplicated_client_requests_total', help: 'Requests that were sent.', type: 'counter', samples: () => [sample('unreplicated_client_requests_total', requests)]},
			{name: 'unreplicated_client_responses_total', help: 'Responses that were received.', type: 'counter', samples: () => [sample('unreplicated_client_responses_total', responses)]},
			{name: 'unreplicated_client_latency_ms', help: 'Latency of requests, milliseconds.', type: 'histogram', samples: () => latencySamples('unreplicated_client_latency_ms')},
		]);
	}, settledMs).unref();
	await warmedUp;
	if (flags.warmup_sleep > 0) {
		log('info', `Sleeping ${flags.warmup_sleep} ms after the warm-up.`);
		await new Promise(resolve => {
			setTimeout(resolve, flags.warmup_sleep);
		});
	}

	log('info', 'Clients started.');
	recorder.begin();
	await run({name: 'Clients', clients: flags.num_clients, durationMs: flags.duration, timeoutMs: flags.timeout});
	recorder.close();
	log('info', `${recorder.rows} rows recorded, ${requests} requests sent and ${responses} answered in all.`);
	process.exit(0);
}

async function beginTogether(): Promise<void> {
	if (patientClients < 2) {
		return;
	}

	frames.add(startingLine, patientClients, new Uint8Array(0));
	const late = setTimeout(() => {
		log('warn', `Not all ${patientClients} clients were ready within ${togetherMs} ms: this one begins without them.`);
		begun.resolve();
	}, togetherMs);
	await begun.promise;
	clearTimeout(late);
}

async function run({name, clients, durationMs, timeoutMs}: {readonly name: string; readonly clients: number; readonly durationMs: number; readonly timeoutMs: number}): Promise<void> {
	const now = performance.now();
	const current: Phase = {endsAt: now + durationMs, startedAt: new Float64Array(clients), outstanding: clients, done: Promise.withResolvers(), offset: pseudonyms};
	pseudonyms += clients;
	phase = current;
	for (let place = 0; place < clients; place++) {
		send(current, place, performance.now());
	}

	if (clients === 0) {
		current.done.resolve();
	}

	const timer = setTimeout(() => {
		current.done.resolve();
	}, Math.max(timeoutMs, 0));
	await current.done.promise;
	clearTimeout(timer);
	phase = undefined;
	if (current.outstanding > 0) {
		log('warn', `${name} timed out after ${timeoutMs} ms: ${current.outstanding} requests outstanding, not recorded.`);
	} else {
		log('info', `${name} finished.`);
	}
}

function send(current: Phase, place: number, now: number): void {
	current.startedAt[place] = now;
	requests++;
	frames.add(current.offset + place, requests % 0xFF_FF_FF_FF, nextCommand());
}

function observe(latencyMs: number): void {
	if (latencyMs !== alike.latencyMs) {
		countAlike();
		alike.latencyMs = latencyMs;
	}

	alike.count++;
}

/** Adds the latencies that are alike to the histogram. */
function countAlike(): void {
	const {latencyMs, count} = alike;
	const bucket = latencyMs <= 0.01 ? 0 : Math.min(Math.ceil(Math.log(latencyMs / 0.01) / Math.log(1.2)), buckets.length);
	bucketCounts[bucket]! += count;
	latencySumMs += latencyMs * count;
	alike.count = 0;
}

function latencySamples(name: string): readonly Sample[] {
	countAlike();
	let sum = 0;
	const values = [...buckets, Infinity].map((le, index) => {
		sum += bucketCounts[index]!;
		return sample(`${name}_bucket`, sum, {le: le === Infinity ? '+Inf' : le});
	});
	return [...values, sample(`${name}_sum`, latencySumMs), sample(`${name}_count`, sum)];
}

function sample(metricName: string, value: number, labels: Sample['labels'] = {}): Sample {
	return {labels, value, metricName};
}

function giveUp(message: string): void {
	recorder.close();
	log('error', message);
	process.stderr.write(`${message}\n`);
	process.exit(1);
}
