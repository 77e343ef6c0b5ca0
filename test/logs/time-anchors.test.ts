import assert from 'node:assert/strict';
import test from 'node:test';
import {type TimeContext} from '../../source/logs/line-time.ts';
import {memoryLog} from '../../source/logs/memory-log.ts';
import {readLines} from '../../source/logs/read-lines.ts';
import {logTimes} from '../../source/logs/seek-time.ts';
import {parseTimePattern} from '../../source/logs/time-pattern.ts';

const startedAt = Date.UTC(2026, 5, 24, 20, 41, 50);
const hour = 3600;

// A line of a moment, in seconds after the start, that writes minutes and seconds alone.
const minutes = (second: number) => `${new Date(startedAt + (second * 1000)).toISOString().slice(14, 23)} INFO at ${second}\n`;
const clock = (second: number) => `${new Date(startedAt + (second * 1000)).toISOString().slice(11, 23)} INFO at ${second}\n`;
const context = (lasted: number): TimeContext => ({startedAt, endedAt: startedAt + (lasted * 1000), offsetMinutes: 0});
const every = (step: number, from: number, to: number) => Array.from({length: Math.floor((to - from) / step)}, (_, index) => from + (index * step));

function counted(text: string) {
	const log = memoryLog('x', text);
	const count = {bytes: 0};
	return {count, log: {...log, async read(offset: number, length: number) {
		const read = await log.read(offset, length);
		count.bytes += read.length;
		return read;
	}}};
}

async function assertFound(log: ReturnType<typeof memoryLog>, seconds: readonly number[], of: TimeContext, pattern?: string): Promise<void> {
	const times = await logTimes(log, of, pattern === undefined ? undefined : parseTimePattern(pattern));
	for (const second of seconds) {
		const offset = await times.seek(startedAt + (second * 1000));
		const lines = await readLines(log, offset!, 1);
		assert.ok(lines[0]?.text.endsWith(` at ${second}`), `${second}: ${lines[0]?.text}`);
		assert.deepEqual(await times.timesOf(lines), [startedAt + (second * 1000)]);
	}
}

test('minutes and seconds alone are told apart from hour to hour, of a log that is not read whole', async () => {
	const text = every(1, 0, 30 * hour).map(second => `${minutes(second)}    ${'a frame of a stack '.repeat(16)}\n`).join('');
	const {log, count} = counted(text);
	const times = await logTimes(log, context(30 * hour));
	await times.timesOf([]);
	const size = await log.size();
	assert.ok(count.bytes < size / 3, `${count.bytes} of ${size}`);
	for (const second of [0, 10, hour - 1, hour, (12 * hour) + 7, (29 * hour) + 3599]) {
		const offset = await times.seek(startedAt + (second * 1000));
		const [line] = await readLines(log, offset!, 1);
		assert.ok(line?.text.endsWith(` at ${second}`), `${second}: ${line?.text}`);
		assert.deepEqual(await times.timesOf([line!]), [startedAt + (second * 1000)]);
	}
});

test('the hours of a log that writes much at first and little later are found too', async () => {
	const log = memoryLog('x', [...every(0.002, 0, 200), ...every(600, 600, 9 * hour)].map(second => minutes(second)).join(''));
	await assertFound(log, [600, hour + 600, 5 * hour, (9 * hour) - 600], context(9 * hour));
});

test('where hours of silence may lie between lines, times are left out', async () => {
	const log = memoryLog('x', [...every(1, 0, 600), ...every(1, (3 * hour) + 700, (3 * hour) + 800)].map(second => minutes(second)).join(''));
	const times = await logTimes(log, context((3 * hour) + 900));
	assert.equal(times.format?.name, 'minutes');
	assert.deepEqual(await times.timesOf(await readLines(log, 0, 2)), [undefined, undefined]);
	assert.equal(await times.seek(startedAt), undefined);
});

test('a proc that goes on in silence for hours makes no time uncertain, for its log was last written long ago', async () => {
	const text = every(1, 0, 1200).map(second => minutes(second)).join('');
	await assertFound({...memoryLog('x', text), writtenAt: async () => startedAt + 1_200_000}, [0, 600, 1199], context(5 * hour));
	const silent = await logTimes(memoryLog('x', text), context(5 * hour));
	assert.equal(await silent.seek(startedAt), undefined);
});

test('a log that is appended to for hours keeps its times', async () => {
	const log = memoryLog('x', every(60, 0, 600).map(second => minutes(second)).join(''));
	let now = 600;
	const live = {...log, writtenAt: async () => startedAt + (now * 1000)};
	const times = await logTimes(live, {startedAt, offsetMinutes: 0});
	for (const until of [1800, 3 * hour, 8 * hour]) {
		const from = await log.size();
		log.append(every(60, now, until).map(second => minutes(second)).join(''));
		const seconds = every(60, now, until);
		now = until;
		assert.deepEqual(await times.timesOf(await readLines(log, from, Infinity)), seconds.map(second => startedAt + (second * 1000)));
	}
});

test('a clock without the day is told apart from day to day, and seconds alone from minute to minute', async () => {
	await assertFound(memoryLog('x', every(100, 0, 80 * hour).map(second => clock(second)).join('')), [0, 23 * hour, 25 * hour, 73 * hour], context(80 * hour));
	const seconds = every(10, 0, 1000).map(second => minutes(second).slice(3)).join('');
	await assertFound(memoryLog('x', seconds), [0, 50, 60, 990], context(1000), '%S.%f');
});

test('of a log that was cut and begun anew, no time is one of the old lines', async () => {
	const log = memoryLog('x', every(60, 0, 4 * hour).map(second => minutes(second)).join(''));
	const times = await logTimes(log, context(4 * hour));
	assert.deepEqual(await times.timesOf((await readLines(log, 0, Infinity)).slice(-1)), [startedAt + (((4 * hour) - 60) * 1000)]);
	log.replace(every(60, 0, 2000).map(second => `${minutes(second)}\tat a frame\n`).join(''));
	const again = await logTimes(log, context(2000));
	const lines = (await readLines(log, 0, Infinity)).slice(-2);
	assert.deepEqual(await again.timesOf(lines), [startedAt + (1920 * 1000), undefined]);
	assert.deepEqual(await times.timesOf(lines), [undefined, undefined], 'for all it knows, an hour of silence may have been cut');
});
