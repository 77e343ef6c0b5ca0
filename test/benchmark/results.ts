/*
The results browser's data: a root with 1,000 suites of 20 benchmarks is listed, against the floor of the same run, which
only lists the directories and reads one small file of each; and a results.csv of 20,000 rows × 100 columns opens and becomes
a table, against splitting its text at commas and line ends. Each listing is a process of its own: nothing is warm but the
file system's cache.
*/
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {type JsonObject} from '../../source/core/json.ts';
import {openJournal} from '../../source/directory/journal.ts';

const suites = 1000;
const benchmarks = 20;
const rows = 20_000;
const columns = 100;
const rounds = 5;

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-results-'));
const source = (name: string) => JSON.stringify(fileURLToPath(new URL(`../../source/results/${name}`, import.meta.url)));

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

// Half are benchdeck's, half the reference harness's, as a group's shared disk has them.
function makeSuites(): void {
	for (let number = 0; number < suites; number++) {
		const at = Date.parse('2026-01-01T00:00:00') + (number * 3_600_000);
		const day = new Date(at).toISOString().slice(0, 19).replace('T', '_');
		const word = Array.from({length: 10}, (_, place) => String.fromCodePoint(65 + (Math.floor(number / (26 ** place)) % 26))).join('');
		const directory = path.join(root, 'suites', `${day}.000000_${word}_unreplicated_smoke`);
		fs.mkdirSync(directory, {recursive: true});
		const inputs = Array.from({length: benchmarks}, (_, place) => ({num_client_procs: place, num_clients_per_proc: 10, duration: '0:00:10', workload: {name: 'StringWorkload', size_mean: 1}}));
		fs.writeFileSync(path.join(directory, 'args.json'), '{"suite": "unreplicated/smoke"}\n');
		fs.writeFileSync(path.join(directory, 'inputs.txt'), inputs.map(input => `Input(${JSON.stringify(input)})\n`).join(''));
		fs.writeFileSync(path.join(directory, 'results.csv'), `num_client_procs,latency.median_ms\n${inputs.map((_, place) => `${place},1.5\n`).join('')}`);
		for (const name of ['start_time.txt', 'stop_time.txt']) {
			fs.writeFileSync(path.join(directory, name), `${day.replace('_', ' ')}.000000\n`);
		}

		for (let index = 1; index <= benchmarks; index++) {
			fs.mkdirSync(path.join(directory, String(index).padStart(3, '0')));
		}

		if (number % 2 === 0) {
			writeJournal(directory, at, inputs);
		}
	}
}

function writeJournal(directory: string, at: number, inputs: readonly JsonObject[]): void {
	const output = {latency: Object.fromEntries(['mean_ms', 'median_ms', 'p99_ms'].map(name => [name, 1.5])), start_throughput_1s: {p90: 1000}};
	const selected = inputs.map((_, place) => place + 1);
	const journal = openJournal(path.join(directory, 'events.jsonl'));
	journal.write({
		type: 'suite-started',
		at,
		suite: 'unreplicated/smoke',
		name: 'unreplicated_smoke',
		directory,
		engine: 'embedded',
		args: {},
		inputs,
		selected,
		estimatesMs: selected.map(() => 1000),
		runner: {pid: 1, hostname: 'here', version: '0.1.0'},
		hosts: ['localhost'],
	});
	for (const index of selected) {
		for (const phase of ['placing', 'starting-servers', 'ready', 'measuring', 'stopping', 'analysing'] as const) {
			journal.write({type: 'phase-entered', at: at + index, index, phase});
		}

		journal.write({type: 'benchmark-finished', at: at + index, index, id: String(index).padStart(3, '0'), durationMs: 1000, summary: '{}', output});
	}

	journal.write({type: 'suite-finished', at: at + 20_000, outcome: 'finished', finished: benchmarks, failed: 0});
	journal.close();
}

function makeTable(): string {
	const inputs = Array.from({length: 60}, (_, place) => `input.field_${place}`);
	const outputs = Array.from({length: columns - inputs.length - 1}, (_, place) => `output.field_${place}`);
	const names = [...inputs, 'latency.median_ms', ...outputs];
	// Five inputs that vary, one that is quoted in every row, figures of full length.
	const input = (row: number, place: number) => place < 5 ? String(row % (place + 3)) : '"size,1,10s"'.repeat(Number(place === 7)) || '0:00:01';
	const line = (row: number) => names.map((_, place) => place < inputs.length ? input(row, place) : String(((row * 7919) + place) / 977)).join(',');
	const file = path.join(root, 'large.csv');
	fs.writeFileSync(file, `${[names.join(','), ...Array.from({length: rows}, (_, row) => line(row))].join('\r\n')}\r\n`);
	return file;
}

type Timed = {readonly first: number; readonly all: number; readonly rss: number};

/** Runs a script in a process of its own; it prints its times as JSON. */
function timed(script: string): Timed {
	return JSON.parse(
		execFileSync(
			process.execPath,
			[
				'--input-type=module',
				'--expose-gc',
				'-e',
				`const report = (first, all) => console.log(JSON.stringify({first, all, rss: process.memoryUsage.rss() / 2 ** 20}));\n${script}`,
			],
			{encoding: 'utf8'},
		),
	) as Timed;
}

makeSuites();
const table = makeTable();
const [listRoot, tableFile] = [JSON.stringify(path.join(root, 'suites')), JSON.stringify(table)];
const scripts = {
	listing: `
		const {listSuites} = await import(${source('list-suites.ts')});
		const from = performance.now();
		let first; let count = 0; const known = new Map();
		for await (const batch of listSuites([${listRoot}])) { first ??= performance.now() - from; for (const suite of batch) known.set(suite.path, suite); }
		const done = [...known.values()].filter(({finished, total}) => finished === ${benchmarks} && total === ${benchmarks}).length;
		if (done !== ${suites}) throw new Error(String(done));
		report(first, performance.now() - from);`,
	listingFloor: `
		const fs = await import('node:fs/promises');
		const from = performance.now();
		const names = await fs.readdir(${listRoot});
		const first = performance.now() - from;
		for (const name of names) { await fs.readdir(${listRoot} + '/' + name); await fs.readFile(${listRoot} + '/' + name + '/results.csv'); }
		report(first, performance.now() - from);`,
	table: `
		const {openResultsFile} = await import(${source('open-results.ts')});
		const {tableView} = await import(${source('table-view.ts')});
		const from = performance.now();
		const set = await openResultsFile(${tableFile});
		const first = performance.now() - from;
		if (tableView(set, {fold: true}).rows.length !== 420) throw new Error('rows');
		report(first, performance.now() - from);`,
	tableFloor: `
		const fs = await import('node:fs/promises');
		const from = performance.now();
		const cells = (await fs.readFile(${tableFile}, 'utf8')).split(String.fromCharCode(10)).map(line => line.split(','));
		report(cells.length, performance.now() - from);`,
};

try {
	const times = Object.fromEntries(Object.keys(scripts).map(name => [name, [] as Timed[]])) as Record<keyof typeof scripts, Timed[]>;
	for (let round = 0; round < rounds; round++) {
		for (const [name, script] of Object.entries(scripts)) {
			times[name as keyof typeof scripts].push(timed(script));
		}
	}

	const of = (name: keyof typeof scripts, figure: keyof Timed) => median(times[name].map(time => time[figure]));
	const ms = (name: keyof typeof scripts, figure: 'first' | 'all') => `${of(name, figure).toFixed(0)} ms`;
	const against = (name: keyof typeof scripts, floor: keyof typeof scripts) => `floor ${ms(floor, 'all')}, ratio ${(of(name, 'all') / of(floor, 'all')).toFixed(2)}`;
	const memory = `${(of('listing', 'rss') - of('listingFloor', 'rss')).toFixed(0)} MB more than the floor`;
	const ofListing = `names after ${ms('listing', 'first')}, all after ${ms('listing', 'all')}, ${against('listing', 'listingFloor')}; ${memory}`;
	const ofTable = `open after ${ms('table', 'first')}, as a table with repetitions folded after ${ms('table', 'all')}, ${against('table', 'tableFloor')}`;
	process.stdout.write(`listing ${suites} suites × ${benchmarks}: ${ofListing}\n`);
	process.stdout.write(`results.csv of ${rows} × ${columns}: ${ofTable}\n`);
} finally {
	fs.rmSync(root, {recursive: true});
}
