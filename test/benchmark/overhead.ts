/*
Overhead per benchmark of the local smoke suite, as it is: its wall time less lag, warm-up and duration, from the start of one
benchmark to the start of the next. Its floor, measured right before and after: bare Node servers and clients started,
connected, answered once and ended, without benchdeck. Also the runner's CPU meanwhile, and the cost of `--version` against
`node -e 0`.

	node test/benchmark/overhead.ts [ROUNDS]
*/
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const cli = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));
const port = 10_100;
const server = `require('net').createServer(s => s.pipe(s)).listen(${port}, '127.0.0.1', () => console.log('ready'))`;
const client = `const s = require('net').connect(${port}, '127.0.0.1'); s.write('x'); s.once('data', () => process.exit(0))`;

/** Of each benchmark of the suite, warm-up and duration. */
const measuredMs = 4000;

async function floorMs(clients: number): Promise<number> {
	const from = performance.now();
	const running = spawn(process.execPath, ['-e', server], {stdio: ['ignore', 'pipe', 'inherit']});
	await once(running.stdout, 'data');
	await Promise.all(Array.from({length: clients}, async () => once(spawn(process.execPath, ['-e', client], {stdio: 'ignore'}), 'exit')));
	running.kill();
	await once(running, 'exit');
	return performance.now() - from;
}

type SuiteRun = {
	/** Of each benchmark, milliseconds beyond what it is there to measure. */
	readonly overheads: readonly number[];
	/** From the command to its first process, milliseconds. */
	readonly firstProcMs: number;
	/** Of one core, while benchmarks ran; undefined where there is no /proc. */
	readonly cpuShare: number | undefined;
};

async function runSuite(words: readonly string[] = []): Promise<SuiteRun> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	const from = performance.now();
	const child = spawn(process.execPath, [cli, 'run', 'unreplicated/smoke', '-s', folder, '--json', ...words], {stdio: ['ignore', 'pipe', 'inherit']});
	const starts: number[] = [];
	let firstProcMs = NaN;
	const cpu: Array<{readonly at: number; readonly ms: number}> = [];
	for await (const line of createInterface({input: child.stdout})) {
		const event = JSON.parse(line) as {readonly type: string; readonly at: number};
		if (event.type === 'proc-started' && Number.isNaN(firstProcMs)) {
			firstProcMs = performance.now() - from;
		}

		if (event.type === 'benchmark-started' || event.type === 'suite-finished') {
			starts.push(event.at);
		}

		if (event.type === 'benchmark-started' || event.type === 'benchmark-finished') {
			cpu.push({at: performance.now(), ms: cpuMs(child.pid)});
		}
	}

	fs.rmSync(folder, {recursive: true});
	const [first, last] = [cpu[0]!, cpu.at(-1)!];
	const cpuShare = (last.ms - first.ms) / (last.at - first.at);
	return {overheads: starts.slice(1).map((at, index) => at - starts[index]! - measuredMs), firstProcMs, cpuShare: Number.isNaN(cpuShare) ? undefined : cpuShare};
}

/** What a process itself has used so far, all its threads; NaN where there is no /proc. */
function cpuMs(pid: number | undefined): number {
	try {
		const [user = NaN, system = NaN] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ', 2)[1]!.split(' ').slice(11, 13).map(Number);
		return (user + system) * 10; // Linux counts in hundredths of a second.
	} catch {
		return NaN;
	}
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}

function timeMs(words: readonly string[]): number {
	const from = performance.now();
	execFileSync(process.execPath, words);
	return performance.now() - from;
}

const rounds = Number(process.argv[2] ?? 5);
const floors: number[][] = [[], [], []];
const ours: number[][] = [[], [], []];
const firstProcs: number[] = [];
const cpuShares: number[] = [];
for (let round = 0; round < rounds; round++) {
	await addFloors();
	const run = await runSuite();
	await addFloors();
	firstProcs.push(run.firstProcMs);
	cpuShares.push(...(run.cpuShare === undefined ? [] : [run.cpuShare]));
	for (const [index, overhead] of run.overheads.entries()) {
		ours[index]!.push(overhead);
	}
}

async function addFloors(): Promise<void> {
	for (const clients of [1, 2, 3]) {
		floors[clients - 1]!.push(await floorMs(clients));
	}
}

for (const [index, floor] of floors.entries()) {
	const overhead = median(ours[index]!);
	process.stdout.write(`overhead with ${index + 1} clients: ${overhead.toFixed(0)} ms, floor ${median(floor).toFixed(0)} ms, ratio ${(overhead / median(floor)).toFixed(2)}\n`);
}

process.stdout.write(`from the command to its first process: ${median(firstProcs).toFixed(0)} ms\n`);
const long = await runSuite(['--only', '1', '--set', 'duration=20s', '--set', 'timeout=25s']);
const [ofSmoke, ofLong] = [percent(median(cpuShares)), percent(long.cpuShare ?? NaN)];
process.stdout.write(`CPU of the runner, from a benchmark's start to its row: ${ofSmoke} of a core in the smoke suite, ${ofLong} with a measurement of 20 s\n`);

const versions = Array.from({length: 15}, () => [timeMs([cli, '--version']), timeMs(['-e', '0'])] as const);
const [version, bare] = [median(versions.map(([one]) => one)), median(versions.map(([, other]) => other))];
process.stdout.write(`--version: ${version.toFixed(0)} ms, node -e 0 ${bare.toFixed(0)} ms, ratio ${(version / bare).toFixed(2)}\n`);
