import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gzipSync} from 'node:zlib';
import {spawn} from '@lydell/node-pty';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';
import {unpackRecorderFixtures} from '../helpers/recorder-fixtures.ts';
import {copyOf, unreplicated} from '../helpers/suite-directories.ts';

type Figures = Readonly<Record<string, Readonly<Record<string, number | null>>>>;
type Analyzed = Readonly<Record<string, Figures & {readonly rows: number; readonly count: number}>>;

const {folder, remove} = unpackRecorderFixtures();
test.after(remove);

const header = 'start,stop,count,latency_nanos,label\n';
const row = '2021-04-07T18:41:22.655012Z,2021-04-07T18:41:22.656Z,1,500,write\n';
const clients = (name: string) => [0, 1, 2, 3, 4].map(client => `${folder}/${name}/client_${client}_data.csv`);

async function analyzed(words: readonly string[]): Promise<Analyzed> {
	const {code, stdout, stderr} = await benchdeck(['analyze', ...words, '--json']);
	assert.equal(code, 0, stderr);
	return JSON.parse(stdout) as Analyzed;
}

test('analyze --json has the reference\'s fourteen figures for each label as they are, and others under keys of their own', async () => {
	const expected = JSON.parse(fs.readFileSync(`${folder}/grouped/expected.json`, 'utf8')) as Readonly<Record<string, {readonly latency: Figures; readonly start_throughput_1s: Figures}>>;
	const labels = await analyzed(clients('grouped'));
	assert.deepEqual(Object.keys(labels).toSorted(), ['read', 'write']);
	for (const [label, {latency, start_throughput_1s: throughput}] of Object.entries(expected)) {
		assert.deepEqual([Object.keys(labels[label]!['latency']!), Object.keys(labels[label]!['start_throughput_1s']!)], [Object.keys(latency), Object.keys(throughput)]);
		assert.equal(labels[label]!['latency']!['p99_ms'], latency['p99_ms']);
	}

	const {write} = labels;
	assert.deepEqual([write!.rows, write!.count], [13_972, 139_659]);
	assert.deepEqual(
		Object.keys(write!).filter(key => key !== 'rows' && key !== 'count'),
		[
			'latency',
			'start_throughput_1s',
			'tail',
			'rows_beyond',
			'throughput_rows',
			'throughput_rows_beyond',
			'weighted_latency',
			'rates',
			'first_at',
			'last_at',
		],
	);
	assert.deepEqual(write!['rows_beyond'], {p90: 1398, p95: 699, p99: 140, p999: 14, p9999: 2});
});

test('An unlabelled file has the label all, and figures without a value are null', async () => {
	const labels = await analyzed([`${folder}/edge/recorder_50_rows_0.csv`]);
	assert.deepEqual(Object.keys(labels), ['all']);
	assert.deepEqual([...new Set(Object.values(labels['all']!['start_throughput_1s']!))], [null]);
});

test('The table marks tail figures that fewer than ten rows support', async () => {
	const {code, stdout} = await benchdeck(['analyze', ...clients('labeled'), '--label', 'write']);
	assert.equal(code, 0);
	assert.equal(stdout, `write: 13972 rows; offered 231.718/s, completed 231.718/s over 60.293 s

        latency ms  rows beyond  start_throughput_1s  rows beyond
mean     0.450285                            233.965
std      0.456122
min      0.062718                                120
median   0.399625                                234
p90      0.707991          1398                  245         1374
p95      0.832035           699                  248          687
p99       1.16247           140                  253          138
p99.9     1.88969            14
p99.99    17.9161*            2
max       20.4683                                260

* unsupported: fewer than 10 rows lie beyond it.
`);
});

test('A prefix is dropped, and its lack of rows is one sentence', async () => {
	const whole = await analyzed([`${folder}/edge/labeled_1.5s_0.csv`]);
	const dropped = await analyzed([`${folder}/edge/labeled_1.5s_0.csv`, '--drop-prefix', '1s']);
	assert.ok(dropped['write']!.rows > 0);
	assert.ok(dropped['write']!.rows < whole['write']!.rows);
	const {code, stderr} = await benchdeck(['analyze', `${folder}/edge/labeled_1.5s_0.csv`, '--drop-prefix', '1min']);
	assert.deepEqual([code, stderr], [2, 'No row starts 60 s after the first or later (all 1500 rows start before that): drop a shorter prefix, or measure longer.\n']);
});

test('--series writes the windows, of the length that is asked for, and never over a recorder file', async context => {
	const file = path.join(temporaryFolder(context), 'series.csv');
	await analyzed([`${folder}/edge/labeled_1.5s_0.csv`, '--series', file, '--window', '500ms']);
	const [first, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
	assert.equal(first, 'label,start,count,throughput,p50_ms,p95_ms,p99_ms,max_ms');
	assert.equal(lines.length, 3);
	assert.equal(lines.reduce((sum, line) => sum + Number(line.split(',', 3)[2]), 0), 1500);
	// In binary, 4023 / 1000 × 1000 is not 4023.
	const grouped = path.join(path.dirname(file), 'grouped.csv');
	fs.writeFileSync(grouped, header + row.replace(',1,500,', ',4023,500,'));
	await analyzed([grouped, '--series', file]);
	assert.equal(fs.readFileSync(file, 'utf8').trimEnd().split('\n', 2)[1]!.split(',', 4).slice(2).join(' '), '4023 4023.0');
	fs.writeFileSync(file, header + row);
	const {code, stderr} = await benchdeck(['analyze', file, '--series', file]);
	assert.deepEqual([code, stderr, fs.readFileSync(file, 'utf8')], [2, `--series would overwrite the recorder file ${file}; name another.\n`, header + row]);
});

test('Standard input and named pipes are read as files are, also compressed, and leave nothing behind', context => {
	const file = `${folder}/edge/labeled_1.5s_0.csv`;
	const directory = temporaryFolder(context);
	const environment = {...process.env, TMPDIR: directory};
	const inShell = (script: string) => spawnSync('sh', ['-c', script, 'sh', process.execPath, cli, file], {encoding: 'utf8', cwd: directory, env: environment});
	const expected = inShell('"$1" "$2" analyze "$3"').stdout;
	assert.match(expected, /^write: 1500 rows/);
	for (const script of [
		'"$1" "$2" analyze - < "$3"',
		'gzip -c "$3" | "$1" "$2" analyze -',
		'cat "$3" | "$1" "$2" analyze /dev/stdin',
		'mkfifo pipe; cat "$3" > pipe & "$1" "$2" analyze pipe; code=$?; rm pipe; exit $code',
	]) {
		const {stdout, stderr, status} = inShell(script);
		assert.deepEqual([status, stderr, stdout], [0, '', expected], script);
	}

	assert.equal(inShell('printf "" | "$1" "$2" analyze -').stderr, 'standard input is empty: its client ended before it wrote anything.\n');
	assert.match(inShell('echo x,y | "$1" "$2" analyze -').stderr, /^standard input, line 1: the header "x,y" has no /);
	assert.deepEqual(fs.readdirSync(directory).filter(name => name.startsWith('benchdeck-') || name === 'pipe'), []);
});

test('What is wrong with a file is one sentence of its own', async context => {
	const directory = temporaryFolder(context);
	const write = (name: string, text: string | Uint8Array) => {
		fs.writeFileSync(path.join(directory, name), text);
		return path.join(directory, name);
	};

	const empty = write('empty.csv', '');
	const alone = write('alone.csv', header);
	const good = write('good.csv', header + row);
	const bad = write('bad.csv', `${header}${row}${row.replace('500', 'fast')}`);
	const cases: ReadonlyArray<readonly [readonly string[], string]> = [
		[[empty], `${empty} is empty: its client ended before it wrote anything.`],
		[[alone], `${alone} holds a header and no row: its client recorded nothing that can be used.`],
		[[`${directory}/missing.csv`], `${directory}/missing.csv does not exist: its client wrote no recorder file.`],
		[[good, `${directory}/missing.csv`], `${directory}/missing.csv does not exist: its client wrote no recorder file.`],
		[[bad], `${bad}, line 3, column latency_nanos: "fast" is not a whole number of nanoseconds; benchdeck analyze --skip-bad-rows leaves such rows out and counts them.`],
		[[write('half.csv.gz', gzipSync(header + row).subarray(0, 40))], `${directory}/half.csv.gz: its gzip data are damaged or cut (unexpected end of file).`],
		[[good, directory], `${directory} is a directory; name recorder files (${directory}/*.csv), or one run alone.`],
		[[good, '--label', 'read'], 'No row that counts has the label "read": there are write.'],
		[[good, '--window', '0s'], '--window takes a duration of 1 ms or more, not "0s".'],
		[[good, '--series', `${directory}/nowhere/series.csv`], `Cannot write ${directory}/nowhere/series.csv: no such file or directory; name another file with --series.`],
		[[good, '--series', directory], `${directory} is a directory; name a file in it with --series.`],
		[[good, '--write'], '--write is for a RUN: it puts figures into the run\'s results.csv.'],
		[[], 'benchdeck analyze takes recorder files, or one RUN: a path, its unique word, `last`, or `.`.'],
	];
	for (const [words, sentence] of cases) {
		const {code, stdout, stderr} = await benchdeck(['analyze', ...words]);
		assert.deepEqual([code, stdout, stderr], [2, '', `${sentence}\n`]);
	}

	const {code, stderr} = await benchdeck(['analyze', good, empty, alone]);
	assert.deepEqual([code, stderr.trimEnd().split('\n').length], [0, 2], 'files without rows among others are warnings');
	const skipped = await benchdeck(['analyze', bad, '--skip-bad-rows']);
	assert.equal(skipped.code, 0);
	assert.match(skipped.stderr, /1 row does not parse and is left out; the first: line 3, column latency_nanos/);
});

test('A cut last row is left out and told', async () => {
	const {code, stdout, stderr} = await benchdeck(['analyze', `${folder}/edge/labeled_truncated_in_number_0.csv`, '--json']);
	assert.equal(code, 0);
	assert.equal((JSON.parse(stdout) as Analyzed)['write']!.rows, 1499);
	assert.match(stderr, /: the last row is cut \(it has no line end\) and is left out\.\n$/);
});

test('On a terminal, charts of throughput and latency over time follow the table', async () => {
	const terminal = spawn(process.execPath, [cli, 'analyze', `${folder}/edge/labeled_sparse_gap_0.csv`], {cols: 100, rows: 50, env: {...process.env, NO_COLOR: '1'}});
	let screen = '';
	terminal.onData(text => {
		screen += text;
	});
	const {promise, resolve} = Promise.withResolvers<number>();
	terminal.onExit(({exitCode}) => {
		resolve(exitCode);
	});
	assert.equal(await promise, 0);
	assert.match(screen, /throughput, requests\/s, windows of 1 s/);
	assert.match(screen, /latency, ms \(p50, p95, p99, from below\), windows of 1 s/);
	assert.match(screen, /┤ +[╭╰]/);
});

/** A copy of a run of the reference whose first benchmark kept its rows, and which has their figures. */
async function runWithRows(context: TestContext): Promise<string> {
	const run = copyOf(context, unreplicated);
	fs.writeFileSync(path.join(run, '001', 'data.csv.gz'), gzipSync(header + fs.readFileSync(`${folder}/edge/labeled_1.5s_0.csv`, 'utf8').split('\r\n').slice(1).join('\n')));
	return run;
}

test('Of a run, the figures of kept rows are set beside results.csv, which changes with --write alone', async context => {
	const run = await runWithRows(context);
	const results = path.join(run, 'results.csv');
	const before = fs.readFileSync(results, 'utf8');
	const shown = await benchdeck(['analyze', run]);
	assert.deepEqual([shown.code, shown.stderr], [0, '']);
	assert.match(shown.stdout, /^ +figure +results\.csv +now +change\n001 +latency\.mean_ms +[\d.]+ +[\d.]+ +[+-][\d.]+ %\n/);
	assert.match(shown.stdout, /14 of 14 figures differ from results\.csv\.\n002, 003 kept no rows\.\n$/);
	assert.equal(fs.readFileSync(results, 'utf8'), before);

	const written = await benchdeck(['analyze', run, '--write', '--json']);
	const {benchmarks} = JSON.parse(written.stdout) as {readonly benchmarks: ReadonlyArray<{readonly labels: Analyzed; readonly differences: readonly object[]}>};
	assert.equal(benchmarks[0]!.differences.length, 14);
	const after = fs.readFileSync(results, 'utf8');
	const [columns, first, ...others] = after.split('\r\n').map(line => line.split(','));
	assert.deepEqual(others.map(cells => cells.join(',')), before.split('\r\n').slice(2), 'the other rows are as they were');
	assert.equal(Number(first![columns!.indexOf('latency.p99_ms')]), benchmarks[0]!.labels['write']!['latency']!['p99_ms']);
	assert.equal((await benchdeck(['analyze', run])).stdout, 'All 14 figures of 001 are those of results.csv.\n002, 003 kept no rows.\n');
	assert.match((await benchdeck(['analyze', path.join(run, '001'), '--drop-prefix', '200ms'])).stdout, /\d+ of 14 figures differ from results\.csv\.\n$/);
});

test('Figures of a compressed results.csv are compared, and not written', async context => {
	const run = await runWithRows(context);
	const results = path.join(run, 'results.csv');
	fs.writeFileSync(`${results}.gz`, gzipSync(fs.readFileSync(results)));
	fs.rmSync(results);
	assert.match((await benchdeck(['analyze', run])).stdout, /14 of 14 figures differ from results\.csv\.\n/);
	const written = await benchdeck(['analyze', run, '--write']);
	assert.deepEqual([written.code, written.stderr], [2, `${results}.gz is compressed; unpack it (gunzip) before figures are written to it.\n`]);
	assert.deepEqual(fs.readdirSync(run).filter(name => name.startsWith('results')), ['results.csv.gz']);
});

test('A run without kept rows, and flags that are not for a run, are sentences', async () => {
	const none = await benchdeck(['analyze', unreplicated]);
	assert.deepEqual([none.code, none.stdout], [2, '']);
	assert.match(none.stderr, /^No benchmark of .+ kept its recorder rows \(data\.csv\.gz\), so there is nothing to work out; a suite keeps them where its output says keep: true\.\n$/);
	const window = await benchdeck(['analyze', unreplicated, '--window', '2s']);
	assert.deepEqual([window.code, window.stderr], [2, '--window is for recorder files; of a RUN the figures of results.csv are worked out, and each benchmark has its series.csv.\n']);
});
