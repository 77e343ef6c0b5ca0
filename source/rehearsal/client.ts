/*
A rehearsed client: closed loops, each of which sends a request of eight bytes (phase and loop) to one of the servers and
the next one when it is answered. Warm-up, sleep, measurement; what a timeout cuts off is counted and not recorded.
*/
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {createLog, die, LatencyBuckets, readFlags, serveMetrics} from './program.ts';
import {createRecorder} from './recorder.ts';

const requestBytes = 8;

const flags = readFlags(process.argv.slice(2));
const label = flags.text('label');
const log = createLog(flags.text('log_level', 'debug'));
const recorder = createRecorder(`${flags.text('output_file_prefix')}_data.csv`, {
	labels: flags.list('labels'), groupSize: flags.number('measurement_group_size', 1), host: flags.text('host'), port: flags.number('port'),
});

type Phase = {readonly number: number; readonly endsAt: number; readonly startedAt: number[]; readonly isRecorded: boolean; outstanding: number; readonly done: PromiseWithResolvers<void>};
type PhaseOptions = {readonly loops: number; readonly durationMs: number; readonly timeoutMs: number; readonly isRecorded: boolean};
let phase: Phase | undefined;
let phases = 0;
let requests = 0;
let responses = 0;
let latencySumMs = 0;
const latency = new LatencyBuckets();

serveMetrics(flags, log, {own: {requests_total: 'requests', responses_total: 'responses'}, read: () => ({requests, responses, busyMs: latencySumMs, latency})});
process.on('SIGTERM', () => {
	recorder.close();
	process.exit(143);
});

const servers: net.Socket[] = [];
void main();

async function main(): Promise<void> {
	servers.push(...await Promise.all(flags.list('servers').map(async server => connect(server))));
	if (servers.length === 0) {
		die(2, '--servers names no server.');
	}

	log('info', `Rehearsal: ${label} is connected to ${flags.text('servers')}.`);
	await run('Warm-up', {loops: flags.number('num_warmup_clients', 0), durationMs: flags.ms('warmup_duration'), timeoutMs: flags.ms('warmup_timeout'), isRecorded: false});
	await sleep(flags.ms('warmup_sleep'));
	await run('Measurement', {loops: flags.number('num_clients'), durationMs: flags.ms('duration'), timeoutMs: flags.ms('timeout'), isRecorded: true});
	const rows = recorder.close();
	log('info', `${label} ends: ${rows} rows recorded, ${requests} requests sent and ${responses} answered in all.`);
	// An answer may still be on its way from what a timeout cut off.
	process.exitCode = 0;
	for (const socket of servers) {
		socket.destroy();
	}
}

async function connect(server: string): Promise<net.Socket> {
	const colon = server.lastIndexOf(':');
	const socket = net.connect({host: server.slice(0, colon), port: Number(server.slice(colon + 1)), noDelay: true});
	try {
		await once(socket, 'connect');
	} catch (error) {
		die(1, `${label} cannot connect to ${server}: ${error instanceof Error ? error.message : String(error)}.`);
	}

	let rest = Buffer.alloc(0);
	socket.on('data', chunk => {
		const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
		const whole = data.length - (data.length % requestBytes);
		rest = data.subarray(whole);
		const again: Buffer[] = [];
		for (let at = 0; at < whole; at += requestBytes) {
			if (answered(data.readUInt32LE(at), data.readUInt32LE(at + 4))) {
				again.push(data.subarray(at, at + requestBytes));
			}
		}

		if (again.length > 0) {
			socket.write(Buffer.concat(again));
		}
	});
	socket.on('error', error => {
		die(1, `${label} lost its connection to ${server}: ${error.message}.`);
	});
	socket.on('end', () => {
		recorder.close();
		die(1, `${label}: the server ${server} closed the connection.`);
	});
	return socket;
}

/** Takes an answer; true where its loop sends the next request. */
function answered(number: number, loop: number): boolean {
	responses++;
	// An answer to a phase that timed out comes too late.
	if (phase?.number !== number) {
		return false;
	}

	const now = performance.now();
	const startedAt = phase.startedAt[loop]!;
	latencySumMs += now - startedAt;
	latency.add(now - startedAt);
	if (phase.isRecorded) {
		recorder.record(startedAt, now);
	}

	if (now < phase.endsAt) {
		phase.startedAt[loop] = now;
		requests++;
		return true;
	}

	phase.outstanding--;
	if (phase.outstanding === 0) {
		phase.done.resolve();
	}

	return false;
}

async function run(name: string, {loops, durationMs, timeoutMs, isRecorded}: PhaseOptions): Promise<void> {
	if (loops === 0) {
		log('info', `${name}: no loops.`);
		return;
	}

	const now = performance.now();
	const current: Phase = {number: ++phases, endsAt: now + durationMs, startedAt: Array.from({length: loops}, () => now), isRecorded, outstanding: loops, done: Promise.withResolvers()};
	phase = current;
	log('info', `${name} started: ${loops} ${loops === 1 ? 'loop' : 'loops'} for ${durationMs} ms.`);
	for (const loop of current.startedAt.keys()) {
		const request = Buffer.alloc(requestBytes);
		request.writeUInt32LE(current.number, 0);
		request.writeUInt32LE(loop, 4);
		requests++;
		servers[loop % servers.length]!.write(request);
	}

	const timer = setTimeout(() => {
		current.done.resolve();
	}, Math.max(timeoutMs, durationMs));
	await current.done.promise;
	clearTimeout(timer);
	phase = undefined;
	log(current.outstanding > 0 ? 'warn' : 'info', current.outstanding > 0 ? `${name} timed out: ${current.outstanding} requests outstanding, not recorded.` : `${name} finished.`);
}
