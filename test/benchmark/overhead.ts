/*
Overhead per benchmark of the local smoke suite, against the floor of the same run: bare Node servers and clients started,
connected, answered once and ended, without benchdeck. Also the cost of `--version` against `node -e 0`.
*/
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const cli = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));
const port = 10_100;
const server = `require('net').createServer(s => s.pipe(s)).listen(${port}, '127.0.0.1', () => console.log('ready'))`;
const client = `const s = require('net').connect(${port}, '127.0.0.1'); s.write('x'); s.once('data', () => process.exit(0))`;

async function floorMs(clients: number): Promise<number> {
	const from = performance.now();
	const running = spawn(process.execPath, ['-e', server], {stdio: ['ignore', 'pipe', 'inherit']});
	await once(running.stdout, 'data');
	await Promise.all(Array.from({length: clients}, async () => once(spawn(process.execPath, ['-e', client], {stdio: 'ignore'}), 'exit')));
	running.kill();
	await once(running, 'exit');
	return performance.now() - from;
}

function suiteOverheadMs(): readonly number[] {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	const measured = 1700;
	const text = execFileSync(process.execPath, [cli, 'run', 'unreplicated/smoke', '-s', folder, '--json', '--set', 'warmup_duration=500ms', '--set', 'duration=1200ms'], {encoding: 'utf8'});
	fs.rmSync(folder, {recursive: true});
	return text.trim().split('\n').map(line => JSON.parse(line) as {readonly type: string; readonly durationMs: number}).filter(({type}) => type === 'benchmark-finished').map(({durationMs}) => durationMs - measured);
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function timeMs(words: readonly string[]): number {
	const from = performance.now();
	execFileSync(process.execPath, words);
	return performance.now() - from;
}

const rounds = 5;
const floors: number[][] = [[], [], []];
const ours: number[][] = [[], [], []];
for (let round = 0; round < rounds; round++) {
	for (const clients of [1, 2, 3]) {
		floors[clients - 1]!.push(await floorMs(clients));
	}

	for (const [index, overhead] of suiteOverheadMs().entries()) {
		ours[index]!.push(overhead);
	}
}

for (const [index, floor] of floors.entries()) {
	const overhead = median(ours[index]!);
	process.stdout.write(`overhead with ${index + 1} clients: ${overhead.toFixed(0)} ms, floor ${median(floor).toFixed(0)} ms, ratio ${(overhead / median(floor)).toFixed(2)}\n`);
}

const versions = Array.from({length: 15}, () => [timeMs([cli, '--version']), timeMs(['-e', '0'])] as const);
const [version, bare] = [median(versions.map(([one]) => one)), median(versions.map(([, other]) => other))];
process.stdout.write(`--version: ${version.toFixed(0)} ms, node -e 0 ${bare.toFixed(0)} ms, ratio ${(version / bare).toFixed(2)}\n`);
