/*
What watching costs: 100 endpoints of 300 series each, scraped every 200 ms over loopback, as a share of one core; against
node:http with keep-alive, which only reads the answers. And how fast the parser is: against splitting into lines and
matching each with an expression. The endpoints live in a process of their own.
*/
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net, {type AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type Clock} from '../../source/core/clock.ts';
import {ExpositionScanner} from '../../source/metrics/exposition-scanner.ts';
import {startMetricsRecorder, type MetricsRecorder} from '../../source/metrics/metrics-recorder.ts';
import {nameFilter} from '../../source/metrics/name-filter.ts';
import {readMetrics} from '../../source/metrics/read-metrics.ts';
import {startScraper} from '../../source/metrics/scraper.ts';

const endpoints = 100;
const seriesPerEndpoint = 300;
const intervalMs = 200;
const rounds = 3;
const roundMs = 3000;
const warmUpMs = 1000;
const sampleLine = /^[\w:]+(?:\{.*\})? (?<value>\S+)/;

/** What the charts of a protocol are made of. */
const chartNames = ['unreplicated_client_responses_total', 'unreplicated_client_latency_*'];

const clock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	async sleep(ms, signal) {
		await delay(ms, undefined, {signal}).catch(() => undefined);
	},
};

if (process.send) {
	serve();
} else {
	measureParser();
	await measureScraper();
}

/** A client's metrics at a time: a counter, a histogram, and what a JVM says of itself. */
function exposition(step: number): string {
	const lines = [
		'# HELP unreplicated_client_responses_total Total number of responses.',
		'# TYPE unreplicated_client_responses_total counter',
		`unreplicated_client_responses_total ${step * 3271}.0`,
		'# HELP unreplicated_client_latency Latency in ms.',
		'# TYPE unreplicated_client_latency histogram',
	];
	for (let bucket = 0; bucket < 40; bucket++) {
		lines.push(`unreplicated_client_latency_bucket{le="${(0.05 * (1.2 ** bucket)).toPrecision(4)}"} ${step * bucket * 80}`);
	}

	lines.push(`unreplicated_client_latency_bucket{le="+Inf"} ${step * 3271}`, `unreplicated_client_latency_sum ${step * 271.828}`, `unreplicated_client_latency_count ${step * 3271}`);
	for (let index = lines.length - 4; index < seriesPerEndpoint; index++) {
		const family = Math.floor(index / 8);
		if (index % 8 === 0) {
			lines.push(`# HELP jvm_memory_pool_${family}_bytes Used bytes of a given JVM memory pool.`, `# TYPE jvm_memory_pool_${family}_bytes gauge`);
		}

		lines.push(`jvm_memory_pool_${family}_bytes{area="heap",pool="G1 Pool ${index % 8}"} ${(1e6 + (index * step * 97)).toExponential(7)}`);
	}

	return `${lines.join('\n')}\n`;
}

/** Runs the endpoints, and tells their ports. */
function serve(): void {
	const answers = Array.from({length: 50}, (_, step) => {
		const body = exposition(step + 1);
		return Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
	});
	const servers = Array.from({length: endpoints}, () => net.createServer({noDelay: true}, socket => {
		let step = 0;
		socket.on('data', () => socket.write(answers[step++ % answers.length]!));
		socket.on('error', () => undefined);
	}).listen(0, '127.0.0.1'));
	void Promise.all(servers.map(async server => once(server, 'listening'))).then(() => process.send?.(servers.map(one => (one.address() as AddressInfo).port)));
	process.on('disconnect', () => {
		process.exitCode = 0;
		for (const server of servers) {
			server.close();
		}

		setImmediate(() => process.exit());
	});
}

async function measureScraper(): Promise<void> {
	const child = fork(fileURLToPath(import.meta.url), {execArgv: process.execArgv});
	try {
		const [ports] = await once(child, 'message') as [readonly number[]];
		const results = new Map<string, number[]>();
		const modes = {
			'node:http, answers read only': async () => pollWithHttp(ports),
			'scraper, answers read only': async () => scrape(ports),
			'scraper, charts at every scrape and all every 5 s recorded': async () => scrape(ports, chartNames),
			'scraper, everything recorded at every scrape': async () => scrape(ports, undefined, true),
		};
		for (let round = 0; round < rounds; round++) {
			for (const [name, measure] of Object.entries(modes)) {
				const share = await measure();
				results.set(name, [...results.get(name) ?? [], share]);
			}
		}

		const baseline = median(results.get('node:http, answers read only')!);
		process.stdout.write(`${endpoints} endpoints of ${seriesPerEndpoint} series every ${intervalMs} ms, percent of a core:\n`);
		for (const [name, shares] of results) {
			process.stdout.write(`  ${name}: ${(median(shares) * 100).toFixed(1)} % (${shares.map(share => (share * 100).toFixed(1)).join(', ')}), ratio ${(median(shares) / baseline).toFixed(2)}\n`);
		}
	} finally {
		await ended(child);
	}
}

/** The share of a core that this process uses while something runs. */
async function coreShare(): Promise<number> {
	await delay(warmUpMs);
	const [from, before] = [performance.now(), process.cpuUsage()];
	await delay(roundMs);
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000 / (performance.now() - from);
}

async function scrape(ports: readonly number[], names?: readonly string[], isRecorded = names !== undefined): Promise<number> {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	const recorder: MetricsRecorder | undefined = isRecorded ? await startMetricsRecorder({directory, ...(names && {names})}) : undefined;
	let scrapes = 0;
	const scraper = startScraper({
		clock,
		intervalMs,
		onScrape(answer) {
			scrapes++;
			recorder?.record(answer);
		},
	});
	for (const [index, port] of ports.entries()) {
		scraper.add({label: `client_${index}`, job: 'unreplicated_client', ip: '127.0.0.1', port});
	}

	const share = await coreShare();
	const failures = scraper.status().reduce((total, one) => total + one.failures, 0);
	await scraper.stop();
	const counts = recorder?.counts();
	const from = performance.now();
	await recorder?.finish();
	const expected = (warmUpMs + roundMs) / intervalMs * endpoints;
	if (failures > 0 || scrapes < expected * 0.9 || (counts && counts.leftOut > 0)) {
		throw new Error(`${scrapes} scrapes of ${expected}, ${failures} failures, ${counts?.leftOut} samples left out: the figure says nothing.`);
	}

	if (counts) {
		const compressed = fs.statSync(path.join(directory, 'metrics.om.gz')).size;
		const compressedMs = performance.now() - from;
		await readMetrics(directory, {names: chartNames.slice(0, 1)});
		const readMs = performance.now() - from - compressedMs;
		const parts = [
			`${(counts.bytes / 1e6).toFixed(1)} MB recorded in ${(warmUpMs + roundMs) / 1000} s`,
			`${(compressed / 1e6).toFixed(2)} MB after ${(compressedMs / 1000).toFixed(2)} s of compressing`,
			`one metric read back in ${(readMs / 1000).toFixed(2)} s`,
		];
		process.stdout.write(`  ${parts.join(', ')}\n`);
	}

	fs.rmSync(directory, {recursive: true});
	return share;
}

async function pollWithHttp(ports: readonly number[]): Promise<number> {
	const agent = new http.Agent({keepAlive: true});
	const timers = ports.map((port, index) => {
		const ask = () => {
			http.get({host: '127.0.0.1', port, path: '/metrics', agent}, response => {
				response.on('data', () => undefined);
			}).on('error', () => undefined);
		};

		let timer: NodeJS.Timeout = setTimeout(() => {
			ask();
			timer = setInterval(ask, intervalMs);
		}, index * intervalMs / ports.length);
		return () => {
			clearInterval(timer);
		};
	});
	const share = await coreShare();
	for (const stop of timers) {
		stop();
	}

	agent.destroy();
	return share;
}

function measureParser(): void {
	const bytes = Buffer.from(exposition(7));
	const names = ['unreplicated_client_responses_total', 'unreplicated_client_latency_count'];
	const wanted = nameFilter(names);
	const withScanner = (options: {readonly wanted?: typeof wanted}) => {
		let samples = 0;
		const scanner = new ExpositionScanner(bytes, {source: 'benchmark', ...options});
		while (scanner.next() === 'sample') {
			samples++;
		}

		return samples;
	};

	const modes: Readonly<Record<string, () => number>> = {
		'lines and an expression, all samples': () => bytes.toString().split('\n').filter(line => Number.isFinite(Number(sampleLine.exec(line)?.groups?.['value']))).length,
		'parser, all samples': () => withScanner({}),
		'parser, two metrics asked for': () => withScanner({wanted}),
	};
	const results = new Map<string, number[]>();
	for (let round = 0; round < 5; round++) {
		for (const [name, read] of Object.entries(modes)) {
			const from = performance.now();
			let times = 0;
			for (; performance.now() < from + 200; times++) {
				read();
			}

			results.set(name, [...results.get(name) ?? [], times * bytes.length / (performance.now() - from) / 1000]);
		}
	}

	const baseline = median(results.get('lines and an expression, all samples')!);
	process.stdout.write(`parser, ${(bytes.length / 1000).toFixed(1)} kB an answer:\n`);
	for (const [name, speeds] of results) {
		process.stdout.write(`  ${name}: ${median(speeds).toFixed(0)} MB/s, ratio ${(median(speeds) / baseline).toFixed(1)}\n`);
	}
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

async function ended(child: ChildProcess): Promise<void> {
	const exited = once(child, 'exit');
	child.disconnect();
	await exited;
}
