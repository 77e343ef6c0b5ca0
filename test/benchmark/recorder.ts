/*
The recorder against its peers: `benchdeck analyze --json` of five files of a million rows each (about 320 MB, seeded), pandas
doing the same where Debian's python3-pandas is installed, and csv-parse feeding the same summary. Each is a process of its
own, started in turn, so that a busy machine hits all of them alike; medians. The figures must agree. Then what data.csv.gz
costs, how the cost grows with the rows and with the number of files, and against merely reading the bytes.

	node test/benchmark/recorder.ts [ROUNDS]
*/
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {analyzeRecorder, type LabelFigures} from '../../source/recorder/analyze-recorder.ts';
import {type Measured, measureProcess, median} from './measured-process.ts';
import {type FlatFigures, readBytes, summarizeWithCsvParse} from './recorder-peers.ts';
import {writeRecorderFiles} from './recorder-rows.ts';

const self = fileURLToPath(import.meta.url);
const cli = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));
const pandasScript = fileURLToPath(new URL('pandas_recorder.py', import.meta.url));
const python = '/usr/bin/python3';
const million = 1_000_000;
const [mode = '3', ...rest] = process.argv.slice(2);

switch (mode) {
	case 'read': {
		readBytes(rest);
		break;
	}

	case 'csv-parse': {
		process.stdout.write(JSON.stringify(await summarizeWithCsvParse(rest)));
		break;
	}

	case 'call': {
		process.stdout.write(String(await timeOfCall(rest)));
		break;
	}

	default: {
		await measureAll(Number(mode));
	}
}

async function measureAll(rounds: number): Promise<void> {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-recorder-'));
	try {
		await comparePeers(path.join(directory, 'peers'), rounds);
		await compareSizes(path.join(directory, 'sizes'), rounds);
	} finally {
		fs.rmSync(directory, {recursive: true});
	}
}

async function comparePeers(directory: string, rounds: number): Promise<void> {
	fs.mkdirSync(directory);
	const files = writeRecorderFiles(directory, Array.from({length: 5}, () => million));
	const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
	print(`5 million rows in 5 files, ${(bytes / 1e6).toFixed(0)} MB; medians of ${rounds} rounds`);
	const hasPandas = spawnSync(python, ['-c', 'import pandas'], {stdio: 'ignore'}).status === 0;
	const kept = path.join(directory, 'data.csv.gz');
	const results = await inTurn({
		bare: [process.execPath, '-e', '0'],
		read: [process.execPath, self, 'read', ...files],
		analyze: [process.execPath, cli, 'analyze', '--json', ...files],
		call: [process.execPath, self, 'call', '-', ...files],
		keep: [process.execPath, self, 'call', kept, ...files],
		'csv-parse': [process.execPath, self, 'csv-parse', ...files],
		...(hasPandas && {pandas: [python, pandasScript, '-', ...files]}),
	}, rounds);
	const ours = flatten(JSON.parse(results.get('analyze')![0]!.stdout) as Readonly<Record<string, LabelFigures>>);
	const analyze = timeOf(results, 'analyze');
	const memory = peakOf(results, 'analyze');
	print(`benchdeck analyze: ${seconds(analyze)}, ${megabytes(memory)} (${((memory - peakOf(results, 'bare')) / 5 / million).toFixed(0)} bytes a row above a bare process)`);
	for (const peer of ['csv-parse', 'pandas']) {
		if (!results.has(peer)) {
			print(`${peer}: not installed here`);
			continue;
		}

		assertAgreement(ours, JSON.parse(results.get(peer)![0]!.stdout) as FlatFigures, peer);
		const [time, peak] = [timeOf(results, peer), peakOf(results, peer)];
		const shares = `1/${(time / analyze).toFixed(1)} of its time and 1/${(peak / memory).toFixed(1)} of its memory`;
		print(`${peer}: ${seconds(time)}, ${megabytes(peak)}; the figures agree; benchdeck takes ${shares}`);
	}

	const call = median(results.get('call')!.map(({stdout}) => Number(stdout)));
	const keep = median(results.get('keep')!.map(({stdout}) => Number(stdout)));
	print(`the analysis alone: ${seconds(call)}; with data.csv.gz (${megabytes(fs.statSync(kept).size)}): ${seconds(keep)}, ${(keep / call).toFixed(2)} times`);
	print(`merely reading the bytes: ${seconds(timeOf(results, 'read'))}; analyze takes ${(analyze / timeOf(results, 'read')).toFixed(1)} times that`);
}

/** From one million rows to twenty, and a total of five million in one file and in fifty of different lengths. */
async function compareSizes(directory: string, rounds: number): Promise<void> {
	fs.mkdirSync(directory);
	const command = (name: string, rows: readonly number[]) => {
		fs.mkdirSync(path.join(directory, name));
		return [process.execPath, cli, 'analyze', '--json', ...writeRecorderFiles(path.join(directory, name), rows)];
	};

	const uneven = Array.from({length: 50}, (_, file) => Math.round(5 * million * (file + 1) / 1275));
	const results = await inTurn({
		'5 million rows': command('five', [5 * million]),
		'10 million rows': command('ten', [5 * million, 5 * million]),
		'20 million rows': command('twenty', Array.from({length: 4}, () => 5 * million)),
		'50 files, 5 million rows': command('fifty', uneven),
	}, rounds);
	const one = timeOf(results, '5 million rows');
	for (const name of results.keys()) {
		print(`${name}: ${seconds(timeOf(results, name))} (${(timeOf(results, name) / one).toFixed(2)} times one file of 5 million), ${megabytes(peakOf(results, name))}`);
	}
}

/** Every command in every round, one after the other. */
async function inTurn(commands: Readonly<Record<string, readonly string[]>>, rounds: number): Promise<ReadonlyMap<string, readonly Measured[]>> {
	const results = new Map<string, Measured[]>(Object.keys(commands).map(name => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [name, words] of Object.entries(commands)) {
			results.get(name)!.push(await measureProcess(words));
		}
	}

	return results;
}

/** Milliseconds of an analysis within a process, its thread started before. */
async function timeOfCall([keepData = '-', ...files]: readonly string[]): Promise<number> {
	const from = performance.now();
	await analyzeRecorder({files: files.map(file => ({path: file, label: file})), format: 'detect', dropPrefixMs: 0, ...(keepData !== '-' && {keepData})});
	return performance.now() - from;
}

function assertAgreement(ours: FlatFigures, theirs: FlatFigures, peer: string): void {
	assert.deepEqual(Object.keys(ours).toSorted(), Object.keys(theirs).toSorted(), `${peer}: labels`);
	for (const [label, figures] of Object.entries(theirs)) {
		for (const [name, value] of Object.entries(figures)) {
			const tolerance = name.includes('mean') ? 1e-9 : 1e-12;
			assert.ok(Math.abs(ours[label]![name]! - value) <= tolerance * Math.abs(value), `${peer}: ${label} ${name} is ${value}, not ${ours[label]![name]}`);
		}
	}
}

function flatten(labels: Readonly<Record<string, LabelFigures>>): FlatFigures {
	return Object.fromEntries(Object.entries(labels).map(([label, {latency, start_throughput_1s: throughput}]) => [label, Object.fromEntries([
		...Object.entries(latency).map(([name, value]) => [`latency.${name}`, value] as const),
		...Object.entries(throughput).map(([name, value]) => [`start_throughput_1s.${name}`, value] as const),
	])]));
}

function timeOf(results: ReadonlyMap<string, readonly Measured[]>, name: string): number {
	return median(results.get(name)!.map(({ms}) => ms));
}

function peakOf(results: ReadonlyMap<string, readonly Measured[]>, name: string): number {
	return Math.max(...results.get(name)!.map(({peakBytes}) => peakBytes));
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
