import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {readRun} from '../../source/directory/read-run.ts';
import {createSuiteDirectory} from '../../source/directory/suite-directory.ts';
import {parseTimeText} from '../../source/directory/time-text.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {copyOf, journaled, monitored, multipaxos, suiteStarted, unreplicated} from '../helpers/suite-directories.ts';

test('A directory of the reference harness is read from its files', async () => {
	const run = await readRun(unreplicated);
	assert.equal(run.status, 'finished');
	assert.equal(run.word, 'IHZHEHZZAL');
	assert.equal(run.suite, 'unreplicated_smoke');
	assert.equal(run.started, '2026-11-23 06:17:57.682644');
	assert.equal(run.stopped, '2026-11-23 06:18:12.191091');
	assert.equal(run.args['address'], null);
	assert.equal(run.total, 3);
	assert.deepEqual(run.warnings, []);
	assert.deepEqual(run.benchmarks.map(({id, status, input, processes}) => [id, status, input['num_client_procs'], processes.map(({label, returncode}) => `${label} ${returncode}`).join(', ')]), [
		['001', 'finished', 1, 'server -1, client_0 0'],
		['002', 'finished', 2, 'server -1, client_0 0, client_1 0'],
		['003', 'finished', 3, 'server -1, client_0 0, client_1 0, client_2 0'],
	]);
	assert.deepEqual(run.benchmarks[0]!.output, {
		latency: {
			mean_ms: 0.06934344963973632, median_ms: 0.058273500000000006, min_ms: 0.033743, max_ms: 7.990922,
			p90_ms: 0.08636900000000003, p95_ms: 0.10345254999999993, p99_ms: 0.1846347400000004,
		},
		start_throughput_1s: {mean: 14_129.768810511756, median: 14_555, min: 11_632, max: 14_823, p90: 14_731, p95: 14_765.05, p99: 14_805},
	});
	const [server] = run.benchmarks[0]!.processes;
	assert.equal(server!.outBytes, 1249);
	assert.equal(server!.errBytes, 0);
	assert.match(server!.command!, /^echo STOV.*server_out\.txt"$/);
});

test('A monitored benchmark has Prometheus among its processes', async () => {
	const run = await readRun(monitored);
	assert.deepEqual(run.benchmarks.map(({processes}) => processes.map(({label}) => label)), [['server', 'prometheus', 'client_0']]);
	assert.deepEqual(run.warnings, []);
});

test('Processes of benchmarks that finished are left out where they are not asked for', async context => {
	const directory = copyOf(context, unreplicated);
	const results = path.join(directory, 'results.csv');
	fs.writeFileSync(results, fs.readFileSync(results, 'utf8').split('\r\n').slice(0, 3).join('\r\n'));
	const {benchmarks} = await readRun(directory, {processes: 'failed'});
	assert.deepEqual(benchmarks.map(({status, processes}) => [status, processes.length]), [['finished', 0], ['finished', 0], ['failed', 4]]);
});

test('Outputs of several labels stay apart, and launch order is kept', async () => {
	const {benchmarks} = await readRun(multipaxos);
	assert.deepEqual(Object.keys(benchmarks[1]!.output!), ['read_output', 'write_output']);
	assert.deepEqual(benchmarks[1]!.processes.map(({label}) => label).slice(-5), ['proxy_replica_0', 'proxy_replica_1', 'leader_0', 'leader_1', 'client_0']);
	assert.deepEqual(benchmarks[0]!.input['acceptor_options'], {});
});

test('Rows go to benchmarks by their inputs, in whatever order they stand', async context => {
	const directory = copyOf(context, unreplicated);
	const file = path.join(directory, 'results.csv');
	const [header, one, two, three] = fs.readFileSync(file, 'utf8').trimEnd().split('\r\n', 4);
	fs.writeFileSync(file, [header, three, one].join('\n'));
	const run = await readRun(directory);
	assert.equal(run.status, 'failed');
	assert.deepEqual(run.benchmarks.map(({status, output}) => [status, (output?.['latency'] as {median_ms: number} | undefined)?.median_ms]), [
		['finished', 0.058273500000000006], ['failed', undefined], ['finished', 0.14572200000000002],
	]);
	assert.equal(run.benchmarks[1]!.failure!.kind, 'no-data');
	fs.writeFileSync(file, [header, one, two, three, three].join('\n'));
	assert.deepEqual((await readRun(directory)).warnings, ['results.csv: row 4 belongs to no benchmark directory']);
});

test('A list among the inputs stays an input, however it is printed', async context => {
	const directory = path.join(temporaryFolder(context), 'lists');
	for (const [id, hosts] of [['001', ['a']], ['002', ['a', 'b']]] as const) {
		fs.mkdirSync(path.join(directory, id), {recursive: true});
		fs.writeFileSync(path.join(directory, id, 'input.json'), JSON.stringify({n: Number(id), hosts}));
	}

	fs.writeFileSync(path.join(directory, 'results.csv'), 'n,hosts,rate\n2,"[\'a\', \'b\']",20\n1,[\'a\'],10\n');
	const {benchmarks} = await readRun(directory);
	assert.deepEqual(benchmarks.map(({input, output}) => [input['hosts'], output]), [[['a'], {rate: 10}], [['a', 'b'], {rate: 20}]]);
});

test('A benchmark without input.json gets the row that is left, and its input from it', async context => {
	const directory = copyOf(context, unreplicated);
	fs.rmSync(path.join(directory, '002', 'input.json'));
	const run = await readRun(directory);
	assert.equal(run.status, 'finished');
	const {client_options: none, ...input} = (await readRun(unreplicated)).benchmarks[1]!.input;
	assert.deepEqual(none, {});
	assert.deepEqual(run.benchmarks[1]!.input, input);
	assert.deepEqual(run.warnings, ['002/input.json: is missing']);
	for (const id of ['001', '003']) {
		fs.rmSync(path.join(directory, id, 'input.json'));
	}

	assert.deepEqual((await readRun(directory)).benchmarks.map(benchmark => benchmark.input['num_client_procs']), [1, 2, 3]);
});

test('A process that died in a directory of the reference harness is found, with its words', async context => {
	const directory = copyOf(context, unreplicated);
	fs.writeFileSync(path.join(directory, 'results.csv'), '');
	const benchmark = path.join(directory, '001');
	fs.writeFileSync(path.join(benchmark, 'server_returncode.txt'), '1\n');
	fs.writeFileSync(path.join(benchmark, 'server_err.txt'), 'Invalid initial heap size: -Xms100f\nError: Could not create the Java Virtual Machine.\n');
	const {benchmarks} = await readRun(directory);
	assert.deepEqual(benchmarks[0]!.failure, {
		kind: 'proc-died', message: 'server ended with return code 1.', label: 'server', returnCode: 1, commandFile: '001/server_cmd.txt',
		lines: ['Invalid initial heap size: -Xms100f', 'Error: Could not create the Java Virtual Machine.'],
		hint: 'The heap size is one that this JVM does not take; set the jvm_heap_size fields to something like 100m.',
	});
	fs.writeFileSync(path.join(benchmark, 'server_returncode.txt'), '-11\n');
	assert.equal((await readRun(directory)).benchmarks[0]!.failure!.message, 'server was ended by SIGSEGV.');
});

test('A run of the reference harness that goes on is running until its clients are overdue', async context => {
	const directory = copyOf(context, unreplicated);
	const results = path.join(directory, 'results.csv');
	fs.writeFileSync(results, fs.readFileSync(results, 'utf8').split('\r\n').slice(0, 3).join('\r\n'));
	fs.rmSync(path.join(directory, 'stop_time.txt'));
	fs.rmSync(path.join(directory, '003', 'stop_time.txt'));
	const begun = parseTimeText(fs.readFileSync(path.join(directory, '003', 'start_time.txt'), 'utf8'))!;
	const statuses = async (now: number) => {
		const run = await readRun(directory, {now});
		return [run.status, ...run.benchmarks.map(({status}) => status)];
	};

	assert.deepEqual(await statuses(begun + 3000), ['running', 'finished', 'finished', 'running']);
	assert.deepEqual(await statuses(begun + 3_600_000), ['interrupted', 'finished', 'finished', 'interrupted']);
	fs.writeFileSync(path.join(directory, 'stop_time.txt'), '');
	assert.deepEqual(await statuses(begun + 3000), ['failed', 'finished', 'finished', 'interrupted']);
});

test('With nothing but results.csv, its rows are the benchmarks', async context => {
	const directory = path.join(temporaryFolder(context), 'figure');
	fs.mkdirSync(directory);
	fs.copyFileSync(path.join(multipaxos, 'results.csv'), path.join(directory, 'results.csv'));
	const run = await readRun(directory);
	assert.deepEqual(run.benchmarks.map(({id, status, path: where}) => [id, status, where]), [['001', 'finished', undefined], ['002', 'finished', undefined]]);
	assert.deepEqual(run.benchmarks.map(({input, output}) => [input['num_batchers'], Object.keys(output!)]), [[0, ['read_output', 'write_output']], [2, ['read_output', 'write_output']]]);
	assert.deepEqual(run.warnings, ['args.json: is missing', 'inputs.txt: is missing', 'start_time.txt: is missing', 'stop_time.txt: is missing']);
});

test('With a journal, the journal decides', async context => {
	const failure = {kind: 'proc-died', message: 'server ended.', label: 'server', returnCode: 1, lines: ['boom'], commandFile: '002/server_cmd.txt'} as const;
	const directory = journaled(context, [
		suiteStarted(1000, [{n: 1}, {n: 1}, {n: 3}, {n: 4}, {n: 5}], [2, 1, 3, 5]),
		{type: 'benchmark-started', at: 1100, index: 2, id: '002', attempt: 1},
		{type: 'proc-started', at: 1200, index: 2, label: 'server', role: 'server', host: 'localhost', ip: '127.0.0.1', pid: 7},
		{type: 'proc-exited', at: 1300, index: 2, label: 'server', returnCode: 1, ended: false},
		{type: 'benchmark-failed', at: 1400, index: 2, id: '002', durationMs: 300, failure},
		{type: 'benchmark-started', at: 1500, index: 1, id: '001', attempt: 2},
		{type: 'benchmark-finished', at: 1600, index: 1, id: '001', durationMs: 100, summary: '{}', output: {latency: {median_ms: 1.5}, note: NaN}},
		{type: 'benchmark-started', at: 1700, index: 3, id: '003', attempt: 1},
		{type: 'heartbeat', at: 2000},
	]);
	fs.writeFileSync(path.join(directory, 'results.csv'), 'n,latency.median_ms,note\n1,1.5,nan\n');
	fs.mkdirSync(path.join(directory, '001'));
	fs.writeFileSync(path.join(directory, '001', 'input.json'), '{"n": 1}');
	const run = await readRun(directory, {now: 2500});
	assert.equal(run.status, 'running');
	assert.equal(run.suite, 'tiny/smoke');
	assert.equal(run.total, 4);
	assert.deepEqual(run.benchmarks.map(({id, status, attempt, output}) => [id, status, attempt, output]), [
		['001', 'finished', 2, {latency: {median_ms: 1.5}, note: null}],
		['002', 'failed', 1, undefined],
		['003', 'running', 1, undefined],
		['005', 'waiting', 0, undefined],
	]);
	assert.deepEqual(run.benchmarks[1]!.failure, failure);
	assert.deepEqual(run.benchmarks[1]!.processes, [{label: 'server', command: undefined, returncode: 1, outBytes: undefined, errBytes: undefined}]);
});

test('A journal without its end is that of a running suite for twenty seconds, then of an interrupted one', async context => {
	const events = [suiteStarted(1000, [{n: 1}]), {type: 'benchmark-started', at: 1100, index: 1, id: '001', attempt: 1}, {type: 'heartbeat', at: 5000}] as const;
	const directory = journaled(context, events);
	const statuses = async (now: number) => {
		const run = await readRun(directory, {now});
		return [run.status, run.benchmarks[0]!.status];
	};

	assert.deepEqual(await statuses(24_900), ['running', 'running']);
	assert.deepEqual(await statuses(25_100), ['interrupted', 'interrupted']);
	fs.appendFileSync(path.join(directory, 'events.jsonl'), '{"type":"suite-finished","at":6000,"outcome":"failed","finished":0,"failed":0}\n');
	assert.deepEqual(await statuses(5100), ['failed', 'interrupted']);
});

test('A journal without its end is that of an interrupted suite as soon as its runner, of this machine, is gone', async context => {
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], {stdio: 'ignore'});
	context.after(() => {
		child.kill('SIGKILL');
	});
	const started = {...suiteStarted(1000, [{n: 1}]), runner: {pid: child.pid!, hostname: os.hostname(), version: '0'}};
	const directory = journaled(context, [started]);
	const status = async () => (await readRun(directory, {now: 1100})).status;
	assert.equal(await status(), 'running');
	child.kill('SIGKILL');
	await once(child, 'exit');
	assert.equal(await status(), 'interrupted');
});

test('What is written reads back equal', async context => {
	const {benchmarks, args} = await readRun(multipaxos);
	const suite = await createSuiteDirectory({parent: temporaryFolder(context), name: 'multipaxos_smoke', now: () => 1_900_000_000_000.25, random: Math.random});
	const [header, ...rows] = fs.readFileSync(path.join(multipaxos, 'results.csv'), 'utf8').trimEnd().split('\r\n');
	await Promise.all([suite.writeArgs(args), suite.writeInputs(['Input()', 'Input()']), suite.writeStartTime(1_900_000_000_000.5), suite.writeStopTime(1_900_000_060_000.125)]);
	const results = await suite.results(header!.split(','));
	for (const [place, {id, input, processes}] of benchmarks.entries()) {
		const benchmark = await suite.benchmark(id);
		await benchmark.writeInput(JSON.stringify(input), 'Input()');
		await benchmark.writePids(Object.fromEntries(processes.map(({label}, pid) => [`127.0.0.1:${pid}`, label])));
		await benchmark.writeStartTime(1_900_000_001_000);
		await benchmark.writeStopTime(1_900_000_002_000.5);
		for (const {label, command, returncode, outBytes, errBytes} of processes) {
			await benchmark.writeCommand(label, command!);
			await benchmark.writeReturnCode(label, returncode!);
			const {stdout, stderr} = benchmark.outputFiles(label);
			fs.writeFileSync(stdout, 'x'.repeat(outBytes!));
			fs.writeFileSync(stderr, 'x'.repeat(errBytes!));
		}

		await results.append(rows[place]!.match(/"[^"]*"|[^,]+/g)!.map(cell => cell.replaceAll('"', '')));
	}

	await results.close();
	const run = await readRun(suite.path);
	assert.deepEqual(run.benchmarks, benchmarks.map(benchmark => ({...benchmark, path: path.join(suite.path, benchmark.id), startedAt: 1_900_000_001_000, stoppedAt: 1_900_000_002_000.5})));
	assert.deepEqual({args: run.args, startedAt: run.startedAt, stoppedAt: run.stoppedAt, warnings: run.warnings, status: run.status}, {
		args, startedAt: 1_900_000_000_000.5, stoppedAt: 1_900_000_060_000.125, warnings: [], status: 'finished',
	});
});

test('What is no suite directory is refused by name', async context => {
	const folder = temporaryFolder(context);
	await assert.rejects(readRun(path.join(folder, 'nowhere')), {name: 'BenchError', code: 'directory', message: /^There is no directory .*nowhere/});
	await assert.rejects(readRun(folder), {name: 'BenchError', code: 'directory', message: /is no suite directory: it has none of args\.json/});
	fs.writeFileSync(path.join(folder, 'file'), '');
	await assert.rejects(readRun(path.join(folder, 'file')), {name: 'BenchError', code: 'directory', message: /not a directory/});
});
