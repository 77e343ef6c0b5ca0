import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {openJournal, parseJournal, readJournal} from '../../source/directory/journal.ts';
import {stateOf} from '../../source/directory/journal-state.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {suiteStarted} from '../helpers/suite-directories.ts';

const start = suiteStarted(1000, [{n: 1}, {n: 2}]);
const failed: RunEvent = {
	type: 'benchmark-failed', at: 3000, index: 2, id: '002', durationMs: 5,
	failure: {kind: 'proc-died', message: 'server ended.', label: 'server', returnCode: 1, lines: ['boom'], commandFile: '002/server_cmd.txt', hint: 'Mend it.'},
};
const events: readonly RunEvent[] = [
	start,
	{type: 'benchmark-started', at: 1001, index: 1, id: '001', attempt: 1},
	{type: 'phase-entered', at: 1002, index: 1, phase: 'placing', expectedMs: 4},
	{type: 'proc-started', at: 1003, index: 1, label: 'server', role: 'server', host: 'localhost', ip: '127.0.0.1', pid: 7, port: 10_000},
	{type: 'proc-exited', at: 1004, index: 1, label: 'server', returnCode: -15, ended: true},
	{type: 'host-lost', at: 1005, host: 'a', message: 'gone'},
	{type: 'host-regained', at: 1005, host: 'a', afterMs: 10},
	{type: 'attempt-discarded', at: 1005, index: 1, id: '001', attempt: 1, directory: '001/attempt-1', message: 'again', failure: {kind: 'host-lost', message: 'gone'}},
	{type: 'held', at: 1005, index: 1, id: '001', labels: ['server'], message: 'held'},
	{type: 'let-go', at: 1005, index: 1},
	{type: 'question-asked', at: 1005, question: 'key', text: 'Passphrase?', isHidden: true},
	{type: 'question-answered', at: 1005, question: 'key'},
	{type: 'stop-requested', at: 1005, message: 'end'},
	{type: 'suite-resumed', at: 1005, selected: [1], estimatesMs: [1], runner: {pid: 2, hostname: 'here', version: '0'}, hosts: ['a']},
	{type: 'warned', at: 1006, message: 'hm'},
	{type: 'clients-measured', at: 1007, index: 1, clients: [{label: 'client_0', rows: 1, firstAt: 1, lastAt: 2}], overlapMs: 1},
	{type: 'analysis-progressed', at: 1008, index: 1, bytes: 1, totalBytes: 2},
	{type: 'benchmark-finished', at: 2000, index: 1, id: '001', durationMs: 999, summary: '{}', output: {latency: {median_ms: 1}}},
	{type: 'heartbeat', at: 2500},
	failed,
	{type: 'suite-finished', at: 3001, outcome: 'failed', finished: 1, failed: 1},
];

test('Every kind of event reads back as it was written', async context => {
	const file = path.join(temporaryFolder(context), 'events.jsonl');
	const journal = openJournal(file);
	for (const event of events) {
		journal.write(event);
	}

	await journal.sync();
	journal.close();
	assert.equal(journal.error, undefined);
	assert.deepEqual(await readJournal(file), events);
	assert.equal(new Set(events.map(({type}) => type)).size, 21);
});

test('A journal that is not there has no events', async context => {
	assert.deepEqual(await readJournal(path.join(temporaryFolder(context), 'events.jsonl')), []);
});

test('A cut last line is dropped, and one that lacks only its end is kept', () => {
	const text = events.map(event => JSON.stringify(event)).join('\n');
	assert.deepEqual(parseJournal(text), {events, skipped: 0, isCut: false});
	assert.deepEqual(parseJournal(text.slice(0, -1)), {events: events.slice(0, -1), skipped: 0, isCut: true});
});

test('Lines of later versions and damaged lines are left out and counted', () => {
	const lines = [
		'{"type":"teleported","at":1}',
		'{"type":"heartbeat"}',
		'{"type":"heartbeat","at":"now"}',
		'[]',
		'null',
		'{',
		'{"type":"toString","at":1}',
		'{"type":"benchmark-started","at":1,"index":"1","id":"001","attempt":1}',
		'{"type":"benchmark-failed","at":1,"index":1,"id":"001","durationMs":1,"failure":{"kind":"x","message":"y","lines":[1]}}',
		JSON.stringify({...start, inputs: [1]}),
	];
	assert.deepEqual(parseJournal(['', JSON.stringify(failed), ...lines, ''].join('\n')), {events: [failed], skipped: lines.length, isCut: false});
});

test('An event that follows a cut line stands on a line of its own', async context => {
	const file = path.join(temporaryFolder(context), 'events.jsonl');
	fs.writeFileSync(file, `${JSON.stringify(start)}\n{"type":"heart`);
	const journal = openJournal(file);
	journal.write(failed);
	journal.write(failed);
	journal.close();
	assert.deepEqual(await readJournal(file), [start, failed, failed]);
});

test('A full disk is remembered, not thrown', {skip: fs.existsSync('/dev/full') ? false : 'there is no /dev/full'}, async () => {
	const journal = openJournal('/dev/full');
	journal.write(failed);
	await journal.sync();
	journal.close();
	assert.match(journal.error!.message, /^Cannot write \/dev\/full: no space left on device; make room/);
	journal.write(failed);
});

test('A journal that cannot be opened says so', context => {
	assert.throws(() => openJournal(path.join(temporaryFolder(context), 'nowhere', 'events.jsonl')), {name: 'BenchError', code: 'directory', message: /events\.jsonl: no such file or directory/});
});

test('A run that was resumed keeps what it had finished, and ends as its last time ends', () => {
	const again: readonly RunEvent[] = [
		{type: 'suite-resumed', at: 9000, selected: [2], estimatesMs: [0], runner: {pid: 2, hostname: 'here', version: '0'}, hosts: []},
		{type: 'attempt-discarded', at: 9001, index: 2, id: '002', attempt: 1, directory: '002/attempt-1', message: 'It had failed.', failure: {kind: 'no-data', message: 'nothing'}},
		{type: 'benchmark-started', at: 9002, index: 2, id: '002', attempt: 2},
	];
	const resumed = stateOf([...events, ...again])!;
	assert.equal(resumed.outcome, undefined);
	assert.equal(resumed.startedAt, 1000);
	assert.deepEqual(resumed.selected, [1, 2]);
	assert.deepEqual(resumed.benchmarks.map(({status, attempt}) => ({status, attempt})), [{status: 'finished', attempt: 1}, {status: 'running', attempt: 2}]);
	assert.equal(stateOf(events.slice(1)), undefined);
});
