/*
The results browser: its first screen over a root of 1,000 suites of 20 benchmarks, how long until all are listed, what
memory it takes beyond a browser over an empty root, and how fast a table of 20,000 rows × 100 columns opens and scrolls.
Everything goes through a terminal without a window, as a person would see it.
*/
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {openBrowser} from '../../source/tui/open-browser.ts';
import {FakeTerminal} from '../helpers/fake-terminal.ts';

const suites = 1000;
const benchmarks = 20;
const [rows, columns] = [20_000, 100];
const frames = 60;
const rounds = 3;

type Measured = Readonly<Record<string, number>>;

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function writeRoot(root: string): void {
	for (let suite = 0; suite < suites; suite++) {
		const at = new Date(Date.UTC(2026, 0, 1) + (suite * 3_600_000));
		const name = `${at.toISOString().replace('T', '_').replace('Z', '000')}_${[...String(suite).padStart(10, '0')].map(digit => 'ABCDEFGHIJ'[Number(digit)]!).join('')}_unreplicated_lt`;
		const folder = path.join(root, name);
		fs.mkdirSync(folder, {recursive: true});
		const time = at.toISOString().replace('T', ' ').replace('Z', '000');
		fs.writeFileSync(path.join(folder, 'args.json'), '{"suite": "unreplicated/lt"}');
		fs.writeFileSync(path.join(folder, 'start_time.txt'), time);
		fs.writeFileSync(path.join(folder, 'stop_time.txt'), time);
		fs.writeFileSync(path.join(folder, 'inputs.txt'), 'Input(num_client_procs=1)\n'.repeat(benchmarks));
		fs.writeFileSync(path.join(folder, 'results.csv'), `num_client_procs,latency.median_ms\n${Array.from({length: benchmarks}, (_, index) => `${index},${index / 7}\n`).join('')}`);
		for (let index = 1; index <= benchmarks; index++) {
			fs.mkdirSync(path.join(folder, String(index).padStart(3, '0')));
		}
	}
}

/** One browser in a process of its own: `browse.ts measure KIND PATH`. */
async function measure(kind: string, target: string): Promise<Measured> {
	const terminal = new FakeTerminal(120, 40);
	const from = performance.now();
	const ended = openBrowser({
		start: kind === 'table' ? {kind: 'suite', path: target} : {kind: 'suites'}, roots: [target],
		stdin: terminal.stdin, stdout: terminal.stdout, env: {LANG: 'C.UTF-8', TERM: 'xterm-256color'}, signals: false,
	});
	await terminal.waitFor(kind === 'empty' ? 'nothing here yet' : (kind === 'table' ? /\d+ benchmarks/ : '_unreplicated_lt'));
	const firstMs = performance.now() - from;
	let [allMs, framesPerSecond] = [NaN, NaN];
	if (kind === 'root') {
		await terminal.waitFor(/ 1000 suites *$/m);
		allMs = performance.now() - from;
	} else if (kind === 'table') {
		const start = performance.now();
		for (let frame = 1; frame <= frames; frame++) {
			terminal.press('page-down');
			await terminal.waitFor(`${1 + (frame * 35)}/${rows}`);
		}

		framesPerSecond = frames / (performance.now() - start) * 1000;
	}

	const memory = process.memoryUsage().rss / 1e6;
	terminal.press('q');
	await ended;
	return {firstMs, allMs, framesPerSecond, memory};
}

async function inProcess(kind: string, target: string): Promise<Measured> {
	const child = spawn(process.execPath, [...process.execArgv, '--import=tsx', import.meta.filename, 'measure', kind, target], {stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, NODE_ENV: 'production'}});
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	await once(child, 'close');
	return JSON.parse(text) as Measured;
}

async function compareAll(): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	try {
		const [root, empty, table] = [path.join(folder, 'root'), path.join(folder, 'empty'), path.join(folder, 'results.csv')];
		writeRoot(root);
		fs.mkdirSync(empty);
		const names = Array.from({length: columns}, (_, column) => (column < 20 ? `input_${column}` : `output_${column}`));
		fs.writeFileSync(table, `${names.join(',')}\n${Array.from({length: rows}, (_, row) => `${names.map((_name, column) => (column < 20 ? row + column : ((row * column) + 0.5) / 7)).join(',')}\n`).join('')}`);
		const results: Record<string, Measured[]> = {empty: [], root: [], table: []};
		for (let round = 0; round < rounds; round++) {
			results['empty']!.push(await inProcess('empty', empty));
			results['root']!.push(await inProcess('root', root));
			results['table']!.push(await inProcess('table', table));
		}

		const of = (kind: string, what: string) => median(results[kind]!.map(result => result[what]!));
		const say = (line: string) => {
			process.stdout.write(`${line}\n`);
		};

		say(`empty root, first screen: ${of('empty', 'firstMs').toFixed(0)} ms, ${of('empty', 'memory').toFixed(0)} MB`);
		say(`${suites} suites, first screen: ${of('root', 'firstMs').toFixed(0)} ms (${(of('root', 'firstMs') - of('empty', 'firstMs')).toFixed(0)} ms more than the empty root)`);
		say(`${suites} suites, all listed: ${of('root', 'allMs').toFixed(0)} ms; ${(of('root', 'memory') - of('empty', 'memory')).toFixed(0)} MB more than the empty root`);
		say(`table of ${rows} × ${columns}: opens in ${of('table', 'firstMs').toFixed(0)} ms (empty root: ${of('empty', 'firstMs').toFixed(0)} ms), scrolls at ${of('table', 'framesPerSecond').toFixed(0)} frames a second`);
	} finally {
		fs.rmSync(folder, {recursive: true});
	}
}

const [command, kind = '', target = ''] = process.argv.slice(2);
if (command === 'measure') {
	process.stdout.write(JSON.stringify(await measure(kind, target)));
} else {
	await compareAll();
}
