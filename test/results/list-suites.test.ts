import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {type RunEvent} from '../../source/core/event.ts';
import {openJournal} from '../../source/directory/journal.ts';
import {readLastRoot, rememberRoot} from '../../source/results/last-root.ts';
import {allSuites, listSuites} from '../../source/results/list-suites.ts';
import {type ListedSuite} from '../../source/results/listed-suite.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {copyOf, references, suiteStarted, unreplicated} from '../helpers/suite-directories.ts';

function facts({name, word, kind, status, finished, failed, total}: ListedSuite) {
	return [word ?? name, kind, status, `${finished}+${failed}/${total}`];
}

test('Directories of the reference harness are listed, the newest first', async () => {
	const suites = await allSuites([references]);
	assert.deepEqual(suites.map(suite => facts(suite)), [
		['VVMGNFMUTO', 'harness', 'finished', '2+0/2'],
		['XUZHZZDPBI', 'harness', 'finished', '1+0/1'],
		['IHZHEHZZAL', 'harness', 'finished', '3+0/3'],
	]);
	assert.deepEqual(suites[0]!.hosts, ['127.0.0.1']);
	assert.equal(Math.round(suites[2]!.durationMs!), 14_508);
});

test('Results that were compressed count as they did', async context => {
	const results = path.join(copyOf(context, unreplicated), 'results.csv');
	fs.writeFileSync(`${results}.gz`, gzipSync(fs.readFileSync(results)));
	fs.rmSync(results);
	assert.deepEqual((await allSuites([path.dirname(results)])).map(suite => facts(suite)), [['IHZHEHZZAL', 'harness', 'finished', '3+0/3']]);
});

test('All names come at once, and their facts after them', async () => {
	const listing = listSuites([references]);
	const {value: first} = await listing.next();
	const {value: second} = await listing.next();
	assert.deepEqual(first?.map(({isRead, word}) => [isRead, word]), [[false, 'VVMGNFMUTO'], [false, 'XUZHZZDPBI'], [false, 'IHZHEHZZAL']]);
	assert.ok(second?.every(({isRead}) => isRead));
	assert.ok((await allSuites([references])).every(({isRead}) => isRead));
});

test('A journal tells what finished, what failed and whether it still runs', async context => {
	const root = temporaryFolder(context);
	const started = suiteStarted(1000, [{a: 1}, {a: 2}, {a: 3}]);
	const done = [
		{type: 'benchmark-started', at: 1500, index: 1, id: '001', attempt: 1},
		{type: 'benchmark-finished', at: 2000, index: 1, id: '001', durationMs: 500, summary: '{}', output: {text: '"type":"benchmark-failed"'}},
		{type: 'benchmark-failed', at: 3000, index: 2, id: '002', durationMs: 500, failure: {kind: 'no-data', message: 'It left nothing.'}},
	] as const;
	const write = (word: string, events: readonly RunEvent[]) => {
		const directory = path.join(root, `2026-11-23_06:17:57.682474_${word}_tiny_smoke`);
		fs.mkdirSync(directory);
		const journal = openJournal(path.join(directory, 'events.jsonl'));
		for (const event of events) {
			journal.write(event);
		}

		journal.close();
		return directory;
	};

	const noted = write('AAAAAAAAAA', [started, ...done, {type: 'suite-finished', at: 4000, outcome: 'failed', finished: 1, failed: 1}]);
	fs.writeFileSync(path.join(noted, 'notes.md'), '\n# Before the new batching\n\nMore.\n');
	write('BBBBBBBBBB', [started, ...done]);
	// A resumed run: what finished before stays finished, what failed was run again.
	write('CCCCCCCCCC', [
		started,
		...done,
		{type: 'suite-finished', at: 4000, outcome: 'failed', finished: 1, failed: 1},
		{
			type: 'suite-resumed',
			at: 5000,
			selected: [2, 3],
			estimatesMs: [1000, 1000],
			runner: {pid: 1, hostname: 'here', version: '0.1.0'},
			hosts: ['localhost'],
		},
		{...done[1], at: 6000, index: 2, id: '002'},
	]);
	const suites = await allSuites([root], {now: 10_000});
	assert.deepEqual(suites.map(suite => facts(suite)), [
		['AAAAAAAAAA', 'journaled', 'failed', '1+1/3'],
		['BBBBBBBBBB', 'journaled', 'running', '1+1/3'],
		['CCCCCCCCCC', 'journaled', 'running', '2+0/3'],
	]);
	assert.equal(suites[0]!.note, 'Before the new batching');
	assert.deepEqual([suites[0]!.suite, suites[0]!.hosts, suites[0]!.durationMs, suites[1]!.durationMs], ['tiny/smoke', ['localhost'], 3000, 9000]);
	assert.equal((await allSuites([root], {now: 60_000}))[1]!.status, 'interrupted');
});

test('A row of results.csv that is cut is no finished benchmark, and one that only lacks its line end is', async context => {
	const directory = copyOf(context, unreplicated);
	const results = path.join(directory, 'results.csv');
	const text = fs.readFileSync(results, 'utf8');
	const finishedWith = async (content: string) => {
		fs.writeFileSync(results, content);
		return (await allSuites([path.dirname(directory)]))[0]!.finished;
	};

	assert.equal(await finishedWith(text.trimEnd()), 3);
	assert.equal(await finishedWith(text.trimEnd().slice(0, -200)), 2);
});

test('What is damaged, half-finished, loose or foreign is listed for what it is', async context => {
	const directory = copyOf(context, unreplicated);
	const root = path.dirname(directory);
	fs.rmSync(path.join(directory, 'stop_time.txt'));
	const results = path.join(directory, 'results.csv');
	const rows = fs.readFileSync(results, 'utf8').split('\r\n');
	fs.writeFileSync(results, `${rows.slice(0, 2).join('\r\n')}\r\n`);
	const damaged = path.join(root, '2021-04-07_18:41:18.893020_HAOSRTGXOI_multipaxos_smoke');
	fs.mkdirSync(path.join(damaged, 'events.jsonl'), {recursive: true});
	fs.mkdirSync(path.join(root, 'photos'));
	fs.mkdirSync(path.join(root, 'archive', '2021-04-07_18:41:18.893020_HAOSRTGXOI_multipaxos_smoke'), {recursive: true});
	fs.writeFileSync(path.join(root, 'loose.csv'), rows.join('\n'));
	fs.writeFileSync(path.join(root, 'loose 10.csv'), rows.join('\n'));
	fs.writeFileSync(path.join(root, 'loose 9.csv'), rows.join('\n'));
	fs.writeFileSync(path.join(root, 'noise.csv'), '\0\u{1}');
	fs.symlinkSync('nowhere', path.join(root, 'gone'));
	fs.writeFileSync(path.join(root, 'readme.txt'), 'not listed');
	const suites = await allSuites([root], {now: Date.parse('2027-01-01')});
	assert.deepEqual(suites.map(suite => [...facts(suite), suite.problem?.replaceAll(root, 'ROOT')]), [
		// Of the two without a row, both had ended.
		['IHZHEHZZAL', 'harness', 'interrupted', '1+2/3', undefined],
		['HAOSRTGXOI', 'harness', 'interrupted', '0+0/0', 'events.jsonl: is not a file'],
		['archive', 'foreign', undefined, '0+0/0', 'holds 1 suite directory: browse it'],
		['gone', 'unreadable', undefined, '0+0/0', 'no such file or directory'],
		['loose 9.csv', 'results', undefined, '3+0/3', undefined],
		['loose 10.csv', 'results', undefined, '3+0/3', undefined],
		['loose.csv', 'results', undefined, '3+0/3', undefined],
		['noise.csv', 'results', undefined, '0+0/0', 'ROOT/noise.csv holds no table of results; name a results.csv'],
		['photos', 'foreign', undefined, '0+0/0', 'no run made it'],
	]);
});

test('The list is printed as a table, as JSON and as CSV, and a root that is not there is one sentence', async context => {
	const text = await benchdeck(['browse', references]);
	assert.match(text.stdout, /\n2026-11-23 06:47:12 {2}VVMGNFMUTO {2}multipaxos_smoke {4}finished {2}2\/2 {3}0:00:20\n/);
	const {suites} = JSON.parse((await benchdeck(['browse', references, '--json'])).stdout) as {readonly suites: ReadonlyArray<Readonly<Record<string, unknown>>>};
	assert.deepEqual(suites[2], {
		path: unreplicated,
		name: path.basename(unreplicated),
		kind: 'harness',
		word: 'IHZHEHZZAL',
		suite: 'unreplicated_smoke',
		engine: null,
		started: '2026-11-23 06:17:57.682644',
		status: 'finished',
		total: 3,
		finished: 3,
		failed: 0,
		duration_seconds: 14.508,
		hosts: ['127.0.0.1'],
		note: null,
		problem: null,
	});
	const csv = await benchdeck(['browse', references, '--csv']);
	assert.equal(csv.stdout.split('\n', 1)[0], 'path,name,kind,word,suite,engine,started,status,total,finished,failed,duration_seconds,hosts,note,problem');
	const missing = path.join(temporaryFolder(context), 'missing');
	assert.deepEqual(await benchdeck(['browse', missing]), {code: 2, stdout: '', stderr: `Cannot list ${missing}: no such file or directory; name a directory that holds suite directories.\n`});
});

test('Where suites were written last is remembered in the state folder', async context => {
	const home = temporaryFolder(context);
	const env = {XDG_STATE_HOME: path.join(home, 'state')};
	assert.equal(await readLastRoot(env), undefined);
	await rememberRoot(home, env);
	assert.equal(await readLastRoot(env), home);
	fs.writeFileSync(path.join(home, 'state', 'benchdeck', 'last-root.json'), '{"suiteDirectory": 7}');
	assert.equal(await readLastRoot(env), undefined);
});
