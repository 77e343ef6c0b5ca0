import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {type JsonObject} from '../../source/core/json.ts';
import {parseResults} from '../../source/directory/results-table.ts';
import {createSuiteDirectory, type SuiteDirectory} from '../../source/directory/suite-directory.ts';
import {parseTimeText} from '../../source/directory/time-text.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {monitored, multipaxos, unreplicated} from '../helpers/suite-directories.ts';

const sources = new URL('../../source/directory/', import.meta.url);

async function makeSuite(parent: string): Promise<SuiteDirectory> {
	return createSuiteDirectory({parent, name: 'unreplicated_smoke', now: () => parseTimeText('2021-04-07 18:41:18.893020')!, random: Math.random});
}

function text(...names: readonly string[]): string {
	return fs.readFileSync(path.join(...names), 'utf8');
}

test('Two runs that begin at the same time make the folders above them together', async context => {
	const parent = path.join(temporaryFolder(context), 'deep', 'runs');
	const made = await Promise.all([0.1, 0.9].map(async random => createSuiteDirectory({parent, name: 'tiny', now: () => 0, random: () => random})));
	assert.deepEqual(fs.readdirSync(parent).toSorted(), made.map(({name}) => name).toSorted());
});

test('A directory is named after its start, ten letters and the suite, and its parent is made', async context => {
	const parent = path.join(temporaryFolder(context), 'some', 'runs');
	const letters = [...'HAOSRTGXOI'].map(letter => (letter.codePointAt(0)! - 65 + 0.5) / 26);
	const suite = await createSuiteDirectory({parent, name: 'unreplicated_smoke', now: () => parseTimeText('2021-04-07 18:41:18.893020')!, random: () => letters.shift()!});
	assert.equal(suite.name, '2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke');
	assert.equal(suite.path, path.join(parent, suite.name));
	assert.deepEqual(fs.readdirSync(parent), [suite.name]);
});

test('A directory that is there is never taken', async context => {
	const parent = temporaryFolder(context);
	const options = {parent, name: 'x', now: () => 1_000_000};
	const draws = [...Array.from({length: 20}, () => 0), ...Array.from({length: 10}, () => 0.999)];
	const first = await createSuiteDirectory({...options, random: () => draws.shift()!});
	const second = await createSuiteDirectory({...options, random: () => draws.shift()!});
	assert.match(first.name, /_AAAAAAAAAA_x$/);
	assert.match(second.name, /_ZZZZZZZZZZ_x$/);
	const third = createSuiteDirectory({...options, random: () => 0});
	await assert.rejects(third, {name: 'BenchError', code: 'directory', message: /^Cannot make .*_AAAAAAAAAA_x: file already exists; .*--suite-directory\.$/});
});

test('A parent that cannot be made is named, with what to do', async context => {
	const file = path.join(temporaryFolder(context), 'file');
	fs.writeFileSync(file, '');
	await assert.rejects(makeSuite(path.join(file, 'runs')), {name: 'BenchError', code: 'directory', message: /^Cannot make .*file\/runs: not a directory; .*--suite-directory\.$/});
	await assert.rejects(makeSuite('/proc/not-there/runs'), {name: 'BenchError', code: 'directory', message: /^Cannot make \/proc\/not-there\/runs: (?!.*directory is gone)/});
	await assert.rejects(createSuiteDirectory({parent: file, name: '../x', now: () => 0, random: Math.random}), {name: 'BenchError', message: /without slashes/});
});

for (const reference of [unreplicated, monitored, multipaxos]) {
	test(`The files of ${path.basename(reference)} come out to the byte`, async context => {
		const suite = await makeSuite(temporaryFolder(context));
		await suite.writeArgs(JSON.parse(text(reference, 'args.json')) as JsonObject);
		await suite.writeInputs(text(reference, 'inputs.txt').trimEnd().split('\n'));
		await suite.writeStartTime(parseTimeText(text(reference, 'start_time.txt'))!);
		await suite.writeStopTime(parseTimeText(text(reference, 'stop_time.txt'))!);
		const table = parseResults(text(reference, 'results.csv'));
		const results = await suite.results(table.columns);
		for (const row of table.rows) {
			await results.append(row);
		}

		await results.close();
		for (const name of ['args.json', 'inputs.txt', 'start_time.txt', 'stop_time.txt']) {
			assert.equal(text(suite.path, name), text(reference, name), name);
		}

		// The reference ends its rows in CRLF; ours in LF.
		assert.equal(text(suite.path, 'results.csv'), text(reference, 'results.csv').replaceAll('\r\n', '\n'));
	});

	test(`The files of a benchmark of ${path.basename(reference)} come out to the byte`, async context => {
		const from = path.join(reference, '001');
		const suite = await makeSuite(temporaryFolder(context));
		const benchmark = await suite.benchmark('001');
		await benchmark.writeInput(text(from, 'input.json').trimEnd(), text(from, 'input.txt'));
		await benchmark.writePids(JSON.parse(text(from, 'pids.json')) as Record<string, string>);
		await benchmark.writeStartTime(parseTimeText(text(from, 'start_time.txt'))!);
		await benchmark.writeStopTime(parseTimeText(text(from, 'stop_time.txt'))!);
		await benchmark.writeFile('workload.pbtxt', text(from, 'workload.pbtxt'));
		await benchmark.writeReturnCode('client_0', Number(text(from, 'client_0_returncode.txt')));
		await benchmark.writeCommand('client_0', text(from, 'client_0_cmd.txt').trimEnd());
		// All at once: the lines stand in the order of the calls.
		await Promise.all(text(from, 'log.txt').trimEnd().split('\n').map(async line => {
			const {day, time, message} = /^\[\w+ November (?<day>\d\d), (?<time>[\d.:]+)\] (?<message>.*)$/.exec(line)!.groups!;
			await benchmark.log(parseTimeText(`2026-11-${day} ${time}`)!, message!);
		}));
		const names = ['input.json', 'input.txt', 'pids.json', 'start_time.txt', 'stop_time.txt', 'workload.pbtxt', 'client_0_returncode.txt', 'client_0_cmd.txt', 'log.txt'];
		for (const name of names) {
			assert.equal(text(benchmark.path, name), text(from, name), name);
		}

		assert.deepEqual(fs.readdirSync(benchmark.path).toSorted(), names.toSorted());
		assert.deepEqual(benchmark.outputFiles('server'), {stdout: path.join(benchmark.path, 'server_out.txt'), stderr: path.join(benchmark.path, 'server_err.txt')});
	});
}

test('Cells that need it are quoted, and a lone empty one too', async context => {
	const suite = await makeSuite(temporaryFolder(context));
	const results = await suite.results(['a,b', 'c']);
	await Promise.all([results.append(['say "hi"', 'two\nlines']), results.append(['', 'plain text'])]);
	await results.close();
	assert.equal(text(suite.path, 'results.csv'), '"a,b",c\n"say ""hi""","two\nlines"\n,plain text\n');
	await assert.rejects(suite.results(['x']), {name: 'BenchError', code: 'directory', message: /results\.csv/});
});

test('Files are removed, and a benchmark directory is made once', async context => {
	const suite = await makeSuite(temporaryFolder(context));
	const benchmark = await suite.benchmark('001');
	await benchmark.writeFile('client_0_data.csv', 'x');
	await benchmark.removeFiles(['client_0_data.csv', 'never_there.csv']);
	assert.deepEqual(fs.readdirSync(benchmark.path), []);
	await assert.rejects(suite.benchmark('001'), {name: 'BenchError', code: 'directory', message: /001: file already exists/});
});

test('A write that fails names the file, and a log that fails stops nothing', async context => {
	const suite = await makeSuite(temporaryFolder(context));
	const benchmark = await suite.benchmark('001');
	fs.rmSync(benchmark.path, {recursive: true});
	await assert.rejects(benchmark.writeReturnCode('server', 0), {name: 'BenchError', code: 'directory', message: /server_returncode\.txt: no such file or directory/});
	await benchmark.log(0, 'nobody reads this');
	fs.mkdirSync(benchmark.path);
	await benchmark.log(0, 'this one is read');
	assert.match(text(benchmark.path, 'log.txt'), /^\[.*\] this one is read\n$/);
});

test('Rows, files and events that were written outlive a kill -9 of their writer', async context => {
	const parent = temporaryFolder(context);
	const script = `
		const {createSuiteDirectory} = await import(${JSON.stringify(new URL('suite-directory.ts', sources).href)});
		const {openJournal} = await import(${JSON.stringify(new URL('journal.ts', sources).href)});
		const suite = await createSuiteDirectory({parent: ${JSON.stringify(parent)}, name: 'x', now: Date.now, random: Math.random});
		const journal = openJournal(suite.path + '/events.jsonl');
		const results = await suite.results(['a', 'b']);
		const benchmark = await suite.benchmark('001');
		await benchmark.writeReturnCode('server', -15);
		await benchmark.log(0, 'done');
		await results.append(['1', '2']);
		journal.write({type: 'heartbeat', at: 5});
		console.log(suite.path);
		setInterval(() => {}, 1000);
	`;
	const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '--eval', script], {stdio: ['ignore', 'pipe', 'inherit']});
	const [chunk] = await once(child.stdout, 'data') as [Uint8Array];
	child.kill('SIGKILL');
	await once(child, 'close');
	const directory = new TextDecoder().decode(chunk).trim();
	assert.equal(text(directory, 'results.csv'), 'a,b\n1,2\n');
	assert.equal(text(directory, 'events.jsonl'), '{"type":"heartbeat","at":5}\n');
	assert.equal(text(directory, '001/server_returncode.txt'), '-15\n');
	assert.match(text(directory, '001/log.txt'), /\] done\n$/);
});
