import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {Writable} from 'node:stream';
import test from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {showCommand} from '../../source/commands/show.ts';
import {copyOf, journaled, monitored, multipaxos, references, suiteStarted, unreplicated} from '../helpers/suite-directories.ts';

type Shown = {readonly code: number; readonly stdout: string; readonly stderr: string};
type DamagedRun = {
	readonly status: string;
	readonly started: unknown;
	readonly args: unknown;
	readonly benchmarks: ReadonlyArray<{
		readonly status: string;
		readonly output: {readonly latency: {readonly median_ms: unknown}} | null;
		readonly processes: readonly object[];
	}>;
};
type Terminal = {readonly columns?: number; readonly isTTY?: boolean; readonly hasColors?: () => boolean};

async function show(run: string, options: {readonly json?: boolean; readonly now?: number; readonly terminal?: Terminal} = {}): Promise<Shown> {
	const texts = {stdout: '', stderr: ''};
	const stream = (name: 'stdout' | 'stderr') => new Writable({
		write(chunk: Uint8Array, _encoding, done) {
			texts[name] += new TextDecoder().decode(chunk);
			done();
		},
	});
	const stdout = Object.assign(stream('stdout'), options.terminal);
	const code = await showCommand({run, root: references, json: options.json ?? false, stdout, stderr: stream('stderr'), ...(options.now !== undefined && {now: options.now})});
	return {code, ...texts};
}

test('A run of the reference harness is shown with what differs and what was measured', async () => {
	assert.deepEqual(await show('IHZ'), {
		code: 0,
		stderr: '',
		stdout: `Suite       unreplicated_smoke
Directory   ${unreplicated}
Status      finished
Started     2026-11-23 06:17:57, took 0:00:14
Benchmarks  3 of 3 finished

     num_client_procs  latency.median_ms  start_throughput_1s.p90
001                 1            0.05827                    14731
002                 2            0.09365                    16734
003                 3             0.1457                    15034
`,
	});
});

test('The table of many columns fits eighty of the terminal\'s', async () => {
	const {stdout} = await show('VVM');
	const table = stdout.split('\n\n', 2)[1]!.trimEnd().split('\n');
	assert.deepEqual(table.slice(-2), [
		'001           0            0       0.9956          250       0.9925          250',
		'002           2            2       0.9956          250       0.9925          250',
	]);
	assert.ok(table.every(line => line.length <= 80), table.join('\n'));
	assert.match(table.at(-3)!, /^ +batchers +batchers +median_ms +1s\.p90 +median_ms +1s\.p90$/);
	const {stdout: narrow} = await show('VVM', {terminal: {columns: 64}});
	assert.match(narrow, /\nToo wide for here: num_read_batchers \(results\.csv has them\)\.\n$/);
	const {stdout: wide} = await show('VVM', {terminal: {columns: 200}});
	assert.match(wide, / num_batchers {2}num_read_batchers {2}read_output\.latency\.median_ms {2}read_output\.start_throughput_1s\.p90 {2}/);
});

test('JSON holds what was promised, and no more', async () => {
	for (const directory of [unreplicated, monitored, multipaxos]) {
		const {stdout, stderr} = await show(directory, {json: true});
		const run = JSON.parse(stdout) as {readonly benchmarks: ReadonlyArray<Readonly<Record<string, unknown>>>};
		assert.deepEqual(Object.keys(run), ['path', 'name', 'status', 'started', 'stopped', 'args', 'benchmarks']);
		for (const benchmark of run.benchmarks) {
			assert.deepEqual(Object.keys(benchmark), ['id', 'status', 'input', 'output', 'processes']);
			assert.deepEqual(benchmark['input'], JSON.parse(fs.readFileSync(path.join(directory, benchmark['id'] as string, 'input.json'), 'utf8')));
		}

		assert.equal(stderr, '');
	}

	const run = JSON.parse((await show('IHZ', {json: true})).stdout) as {readonly started: string; readonly benchmarks: ReadonlyArray<{readonly processes: readonly unknown[]}>};
	assert.equal(run.started, '2026-11-23 06:17:57.682644');
	assert.deepEqual(run.benchmarks[0]!.processes[1], {
		label: 'client_0', command: fs.readFileSync(path.join(unreplicated, '001', 'client_0_cmd.txt'), 'utf8').trimEnd(), returncode: 0, outBytes: 1975, errBytes: 0,
	});
});

test('What is missing is null in JSON, and a figure that is no number too', async context => {
	const directory = copyOf(context, unreplicated);
	for (const name of ['start_time.txt', 'args.json', '001/client_0_returncode.txt', '001/server_cmd.txt', '001/server_out.txt']) {
		fs.rmSync(path.join(directory, name));
	}

	const results = path.join(directory, 'results.csv');
	fs.writeFileSync(results, fs.readFileSync(results, 'utf8').replace('0.058273500000000006', 'nan').split('\r\n').slice(0, 3).join('\r\n'));
	const {stdout, stderr} = await show(directory, {json: true});
	const run = JSON.parse(stdout) as DamagedRun;
	assert.deepEqual([run.status, run.started, run.args], ['failed', null, {}]);
	assert.deepEqual(run.benchmarks.map(({status, output}) => [status, output?.latency.median_ms]), [['finished', null], ['finished', 0.093645], ['failed', undefined]]);
	assert.equal(run.benchmarks[2]!.output, null);
	assert.deepEqual(run.benchmarks[0]!.processes[0], {label: 'server', command: null, returncode: -1, outBytes: null, errBytes: 0});
	assert.equal(Reflect.get(run.benchmarks[0]!.processes[1]!, 'returncode'), null);
	assert.equal(stderr, 'Note: args.json: is missing.\nNote: start_time.txt: is missing.\n');
});

test('Failures come first, with cause, last words, command and remedy', async context => {
	const directory = journaled(context, [
		suiteStarted(1000, [{n: 1}, {n: 2}, {n: 3}]),
		{type: 'benchmark-started', at: 1100, index: 1, id: '001', attempt: 1},
		{type: 'benchmark-failed', at: 1400, index: 1, id: '001', durationMs: 300, failure: {
			kind: 'proc-died', message: 'server on localhost ended with return code 1.', label: 'server', lines: ['Invalid initial heap size: -Xms100f'],
			commandFile: '001/server_cmd.txt', hint: 'Set another heap size.',
		}},
		{type: 'benchmark-started', at: 1500, index: 2, id: '002', attempt: 1},
		{type: 'benchmark-finished', at: 3600, index: 2, id: '002', durationMs: 100, summary: '{}', output: {requests: 7, rate: 12_345.678}},
		{type: 'warned', at: 3700, message: 'The disk is slow.'},
		{type: 'suite-finished', at: 4000, outcome: 'interrupted', finished: 1, failed: 1},
	]);
	assert.equal((await show(directory)).stdout, `Benchmark 001 failed: server on localhost ended with return code 1.
    Invalid initial heap size: -Xms100f
  Died first: server
  Cause: heap size. The heap size is one that this JVM does not take; set the jvm_heap_size fields to something like 100m.

Troubleshooting in README.md has more on: heap size.

Suite       tiny/smoke
Directory   ${directory}
Status      interrupted
Started     at an unknown time, took 0:00:03
Benchmarks  1 of 3 finished, 1 failed, 1 not begun

Warning: The disk is slow.

     status    n  requests   rate
001  failed    1         -      -
002  finished  2         7  12346
`);
});

test('Colour is for terminals that have it, and the words are the same without', async () => {
	const plain = await show('IHZ');
	const coloured = await show('IHZ', {terminal: {isTTY: true, columns: 80, hasColors: () => true}});
	assert.ok(coloured.stdout.includes('Status      \u{1B}[32mfinished\u{1B}[39m\n'));
	assert.equal(stripVTControlCharacters(coloured.stdout), plain.stdout);
	for (const terminal of [{isTTY: true, columns: 80, hasColors: () => false}, {isTTY: false, hasColors: () => true}]) {
		assert.equal((await show('IHZ', {terminal})).stdout, plain.stdout);
	}
});

test('Control characters in files and names never reach the terminal', async context => {
	const directory = copyOf(context, unreplicated);
	fs.writeFileSync(path.join(directory, 'args.json'), JSON.stringify({suite: 'a\u{1B}]0;owned\u{7}b\r\n\u{9B}31m\u{202E}c'}));
	fs.writeFileSync(path.join(directory, 'results.csv'), 'num_client_procs,latency.median_ms\u{1B}[2J\n1,x\u{1B}[31m\b\n');
	fs.mkdirSync(path.join(directory, '004'));
	fs.writeFileSync(path.join(directory, '004', 'stop_time.txt'), 'never\u{1B}[2J');
	fs.writeFileSync(path.join(directory, '004', 'evil\u{1B}[2J\n_returncode.txt'), '3');
	fs.writeFileSync(path.join(directory, '004', 'evil\u{1B}[2J\n_err.txt'), 'Boom\u{1B}[2J\u{7}');
	const {stdout, stderr} = await show(directory);
	assert.deepEqual((stdout + stderr).match(/[\p{Control}\u{202E}]/gu)?.filter(character => character !== '\n'), []);
	assert.match(stdout, /Benchmark 004 failed: evil.* ended with return code 3\.\n {4}Boom/);
	const {stdout: json} = await show(directory, {json: true});
	assert.deepEqual(json.match(/\p{Control}/gu)?.filter(character => character !== '\n'), []);
	const run = JSON.parse(json) as {readonly args: {readonly suite: string}; readonly benchmarks: readonly unknown[]};
	assert.equal(run.args.suite, 'a\u{1B}]0;owned\u{7}b\r\n\u{9B}31m\u{202E}c');
	assert.equal(run.benchmarks.length, 4);
});

const damages: Readonly<Record<string, (file: string) => void>> = {
	removed(file) {
		fs.rmSync(file);
	},
	emptied(file) {
		fs.truncateSync(file);
	},
	cut(file) {
		fs.truncateSync(file, Math.floor(fs.statSync(file).size / 2));
	},
	'made a directory'(file) {
		fs.rmSync(file);
		fs.mkdirSync(file);
	},
	'made a pipe'(file) {
		fs.rmSync(file);
		execFileSync('mkfifo', [file]);
	},
	'made a link to itself'(file) {
		fs.rmSync(file);
		fs.symlinkSync(file, file);
	},
	'filled with noise'(file) {
		fs.writeFileSync(file, Uint8Array.from({length: 999}, (_, place) => (place * 7919) % 256));
	},
	'filled with other JSON'(file) {
		fs.writeFileSync(file, '{"a": {"b": null, "c": [{}]}, "": 1, "__proto__": {"x": 1}}\n');
	},
	'filled with no object'(file) {
		fs.writeFileSync(file, '[null]\n');
	},
	'filled with another gzip file'(file) {
		fs.writeFileSync(file, Uint8Array.of(0x1F, 0x8B, 8, 0, 1, 2, 3));
	},
};

for (const [damage, apply] of Object.entries(damages)) {
	test(`A suite directory in which any one file is ${damage} is still shown`, async context => {
		const directory = copyOf(context, unreplicated);
		const names = [...fs.readdirSync(directory).filter(name => !/^\d+$/.test(name)), ...fs.readdirSync(path.join(directory, '001')).map(name => `001/${name}`)];
		assert.equal(names.length, 20);
		for (const name of names) {
			const file = path.join(directory, name);
			apply(file);
			const {stdout: json} = await show(directory, {json: true});
			const run = JSON.parse(json) as {readonly benchmarks: ReadonlyArray<{readonly id: string; readonly status: string}>};
			assert.deepEqual(run.benchmarks.map(({id}) => id), ['001', '002', '003'], name);
			assert.ok(name === 'results.csv' || run.benchmarks.filter(({status}) => status === 'finished').length >= 2, name);
			assert.match((await show(directory)).stdout, /^Suite .*\n(?:.*\n)*Status .*\n/m, name);
			fs.rmSync(file, {recursive: true, force: true});
			fs.copyFileSync(path.join(unreplicated, name), file);
		}
	});
}

test('A benchmark directory that is a file is said to be one', async context => {
	const directory = copyOf(context, unreplicated);
	fs.rmSync(path.join(directory, '002'), {recursive: true});
	fs.writeFileSync(path.join(directory, '002'), '');
	const {stdout, stderr} = await show(directory);
	assert.match(stdout, /^Benchmarks {2}2 of 3 finished, 1 not begun$/m);
	assert.match(stderr, /^Note: 002: cannot be listed: not a directory\.$/m);
	assert.match(stderr, /^Note: results\.csv: row 2 belongs to no benchmark directory\.$/m);
});
