import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {LogReader} from '../../source/logs/log-reader.ts';
import {type LogWindow} from '../../source/logs/log-window.ts';
import {memoryLog, type MemoryLog} from '../../source/logs/memory-log.ts';

const deadline = {timeout: 30_000};
const startedAt = Date.UTC(2026, 10, 24, 20, 0, 0);

function lines(count: number): string {
	return Array.from({length: count}, (_, second) => `${new Date(startedAt + (second * 1000)).toISOString()} line ${second}${second % 10 === 7 ? ' ERROR' : ''}\n`).join('');
}

function open(context: TestContext, log: MemoryLog, start: 'start' | 'end' = 'end'): LogReader {
	const reader = new LogReader(log, {startedAt, offsetMinutes: 0}, {height: 5, start});
	context.after(async () => reader.close());
	return reader;
}

async function shown(reader: LogReader): Promise<readonly string[]> {
	await reader.settled();
	const {rows, cursor} = reader.state();
	return rows.map((row, index) => (index === cursor ? '>' : '') + (row.kind === 'gap' ? '…' : row.line.text.replace(/^\S+ line /, '')));
}

async function until(reader: LogReader, wanted: (window: LogWindow) => boolean): Promise<void> {
	while (!wanted(reader.state())) {
		const {promise, resolve} = Promise.withResolvers<void>();
		const stop = reader.subscribe(resolve);
		await promise;
		stop();
	}
}

test('A log opens at its end, follows it, and stops following when it is moved', deadline, async context => {
	const log = memoryLog('x', lines(20));
	const reader = open(context, log);
	assert.deepEqual(await shown(reader), ['15', '16', '17 ERROR', '18', '>19']);
	log.append('2026-11-24T20:00:20.000Z line 20\n');
	assert.deepEqual(await shown(reader), ['16', '17 ERROR', '18', '19', '>20']);
	reader.move(-3);
	assert.deepEqual(await shown(reader), ['15', '16', '>17 ERROR', '18', '19']);
	assert.ok(!reader.state().isFollowing);
	log.append('2026-11-24T20:00:21.000Z line 21\n');
	assert.deepEqual(await shown(reader), ['15', '16', '>17 ERROR', '18', '19']);
	reader.move(Infinity);
	assert.deepEqual(await shown(reader), ['17 ERROR', '18', '19', '20', '>21']);
	assert.ok(reader.state().isFollowing);
	reader.move(-Infinity);
	assert.deepEqual(await shown(reader), ['>0', '1', '2', '3', '4']);
});

test('A moment and the cursor\'s line tell one another', deadline, async context => {
	const reader = open(context, memoryLog('x', lines(1000)));
	reader.seek(startedAt + 500_400);
	assert.deepEqual(await shown(reader), ['498', '499', '>500', '501', '502']);
	assert.equal(reader.state().at, startedAt + 500_000);
	reader.move(2);
	await reader.settled();
	assert.equal(reader.state().at, startedAt + 502_000);
});

test('A frame of a stack has the time of the line that it belongs to', deadline, async context => {
	const reader = open(context, memoryLog('x', `${lines(2)}${'    at a frame\n'.repeat(20)}`));
	await reader.settled();
	assert.equal(reader.state().at, startedAt + 1000);
});

test('Errors are jumped to, forwards and backwards, and an end is said', deadline, async context => {
	const reader = open(context, memoryLog('x', lines(30)), 'start');
	reader.nextError();
	assert.deepEqual(await shown(reader), ['5', '6', '>7 ERROR', '8', '9']);
	reader.nextError();
	reader.nextError();
	reader.nextError();
	await reader.settled();
	assert.equal(reader.state().problem, 'There is no error line after this one.');
	reader.previousError();
	assert.deepEqual(await shown(reader), ['15', '16', '>17 ERROR', '18', '19']);
});

test('A search counts its lines and goes round', deadline, async context => {
	const reader = open(context, memoryLog('x', lines(30)), 'start');
	reader.search('error');
	await until(reader, ({search}) => search?.progress === 1 && search.ordinal === 1);
	assert.equal(reader.state().search?.count, 3);
	reader.previousMatch();
	await reader.settled();
	assert.equal(reader.state().search?.ordinal, 3);
	reader.nextMatch();
	assert.deepEqual(await shown(reader), ['5', '6', '>7 ERROR', '8', '9']);
});

test('A filter shows matches with their neighbours, and moves from match to match', deadline, async context => {
	const reader = open(context, memoryLog('x', lines(30)), 'start');
	reader.setFilter('error +1');
	await until(reader, ({filter}) => filter?.progress === 1);
	assert.deepEqual(await shown(reader), ['6', '>7 ERROR', '8', '…', '16']);
	reader.move(1);
	assert.equal((await shown(reader)).includes('>17 ERROR'), true);
	reader.setFilter('');
	assert.deepEqual(await shown(reader), ['15', '16', '>17 ERROR', '18', '19']);
});

test('A log that is empty, gone or replaced is shown as what it is', deadline, async context => {
	const log = memoryLog('x');
	const reader = open(context, log);
	assert.deepEqual(await shown(reader), []);
	log.replace('a\nb\n');
	assert.deepEqual(await shown(reader), ['a', '>b']);
	log.replace('c\n');
	assert.deepEqual(await shown(reader), ['>c']);
	const broken = new LogReader({...log, async size() {
		throw new Error('It is gone.');
	}}, {startedAt});
	context.after(async () => broken.close());
	await broken.settled();
	assert.equal(broken.state().problem, 'It is gone.');
});
