import assert from 'node:assert/strict';
import test from 'node:test';
import {memoryLog} from '../../source/logs/memory-log.ts';
import {blockBytes, lineStart, readLines, readLinesBefore, type LogLine} from '../../source/logs/read-lines.ts';
import {createRandom} from '../helpers/random.ts';

const texts = (lines: readonly LogLine[]) => lines.map(({text}) => text);

test('Lines are read from any of them on, with their offsets', async () => {
	const log = memoryLog('x', 'one\ntwo\r\n\nfour');
	const lines = await readLines(log, 0, 10);
	assert.deepEqual(lines.map(({text, offset, end, isEnded}) => [text, offset, end, isEnded]), [['one', 0, 4, true], ['two', 4, 9, true], ['', 9, 10, true], ['four', 10, 14, false]]);
	assert.deepEqual(texts(await readLines(log, 4, 2)), ['two', '']);
	assert.deepEqual(texts(await readLines(log, 0, 10, {to: 9})), ['one', 'two']);
});

test('The last lines are read from the end, with or without a last line end', async () => {
	assert.deepEqual(texts(await readLinesBefore(memoryLog('x', 'a\nb\nc'), 5, 2)), ['b', 'c']);
	assert.deepEqual(texts(await readLinesBefore(memoryLog('x', 'a\nb\nc\n'), 6, 2)), ['b', 'c']);
	assert.deepEqual(await readLinesBefore(memoryLog('x'), 0, 2), []);
});

test('An empty log has no lines, and one line end is one empty line', async () => {
	assert.deepEqual(await readLines(memoryLog('x'), 0, 5), []);
	assert.deepEqual(texts(await readLines(memoryLog('x', '\n'), 0, 5)), ['']);
});

test('A long line is kept in part, between characters, and what is left out is counted', async () => {
	const log = memoryLog('x', `${'é'.repeat(100_000)}\nnext\n`);
	const [first, second] = await readLines(log, 0, 2, {lineBytes: 101});
	assert.equal(first?.text, 'é'.repeat(50));
	assert.equal(first.cutBytes, 200_001 - 100);
	assert.equal(second?.text, 'next');
});

test('A file of one endless line is read in pieces, the same from both ends', async () => {
	const log = memoryLog('x', Buffer.concat([Buffer.from('head\n'), Buffer.alloc((5 * blockBytes) + 17, 'x'), Buffer.from('\nlast')]));
	const size = await log.size();
	const forwards = await readLines(log, 0, Infinity, {lineBytes: 4});
	assert.deepEqual(await readLinesBefore(log, size, 1000, {lineBytes: 4}), forwards);
	assert.ok(forwards.length >= 5);
	assert.ok(forwards.every(({offset, end}) => end - offset <= 2 * blockBytes));
	assert.deepEqual([forwards[0]?.text, forwards.at(-1)?.text], ['head', 'last']);
});

test('Only what is shown is read', async () => {
	const log = memoryLog('x', 'a line of text\n'.repeat(500_000));
	let read = 0;
	const counted = {...log, async read(offset: number, length: number) {
		const bytes = await log.read(offset, length);
		read += bytes.length;
		return bytes;
	}};
	await readLinesBefore(counted, await log.size(), 50);
	assert.ok(read <= 256 * 1024, `${read} bytes`);
});

test('Random bytes read the same forwards, backwards and from the middle', async () => {
	const random = createRandom(7);
	for (let round = 0; round < 60; round++) {
		const bytes = Buffer.from(Array.from({length: random(3000)}, () => (random(20) === 0 ? 10 : random(256))));
		const log = memoryLog('x', bytes);
		const lines = await readLines(log, 0, Infinity);
		assert.equal(lines.reduce((sum, {offset, end}) => sum + end - offset, 0), bytes.length);
		assert.deepEqual(await readLinesBefore(log, bytes.length, Infinity), lines);
		const middle = random(bytes.length + 1);
		const start = await lineStart(log, middle);
		assert.ok(start === bytes.length || lines.some(({offset, end}) => offset === start && (middle < end || end === bytes.length)));
	}
});
