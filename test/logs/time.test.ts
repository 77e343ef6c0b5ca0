import assert from 'node:assert/strict';
import test from 'node:test';
import {detectFormat, lineTime, type TimeContext} from '../../source/logs/line-time.ts';
import {memoryLog} from '../../source/logs/memory-log.ts';
import {readLines} from '../../source/logs/read-lines.ts';
import {logTimes} from '../../source/logs/seek-time.ts';
import {parseTimePattern} from '../../source/logs/time-pattern.ts';

const startedAt = Date.UTC(2026, 10, 24, 20, 33, 50);
const utc: TimeContext = {startedAt, offsetMinutes: 0};
const at = Date.UTC(2026, 10, 24, 20, 33, 56);

test('The times of common log formats are understood', () => {
	const cases: ReadonlyArray<readonly [string, number]> = [
		['2026-11-24T20:33:56.123Z text', at + 123],
		['2026-11-24 20:33:56,123 INFO [main] text', at + 123],
		['[2026-11-24T20:33:56.123456789+00:00] x', at + 123.456789],
		['2026-11-24 21:33:56.5 +0100 x', at + 500],
		['time="2026-11-24T15:33:56-05:00" level=info', at],
		['ts=2026-11-24T20:33:56.938Z caller=main.go:513 level=info', at + 938],
		['\u{1B}[34m[Nov 24 20:33:56.097000000] [INFO] [Thread 1] \u{1B}[0mActor', at + 97],
		['Nov 24 20:33:56 host prog[12]: x', at],
		['[Tuesday November 24, 20:33:56.472150] Servers started.', at + 472.15],
		['2026/11/24 20:33:56.000001 x.go:1: text', at + 0.001],
		['Nov 24, 2026 8:33:56 PM com.foo.Bar method', at],
		['Nov 24, 2026 12:00:01 AM com.foo.Bar method', Date.UTC(2026, 10, 24, 0, 0, 1)],
		['I1124 20:33:56.123456 1234 file.cc:12] x', at + 123.456],
		['127.0.0.1 - - [24/Nov/2026:20:33:56 +0000] "GET /"', at],
		['1234:M 24 Nov 2026 20:33:56.123 * Ready', at + 123],
		['[Tue Nov 24 20:33:56 2026] [error] x', at],
		[`${at / 1000} text`, at],
		[`${at / 1000}.25 text`, at + 250],
		[`${at} text`, at],
		[`{"level":"info","ts":${at / 1000}.125,"msg":"x"}`, at + 125],
		['20:33:56.500 [main] INFO x', at + 500],
		['33:56.500 INFO Server listening.', at + 500],
		['[6.000s][info][gc] GC(0) Pause', at],
	];
	for (const [line, time] of cases) {
		assert.ok(Math.abs((lineTime(line, utc) ?? 0) - time) < 0.001, `${line}: ${new Date(lineTime(line, utc) ?? 0).toISOString()}`);
	}

	for (const line of ['', 'no time', 'version 1.2.3', 'took 12:34 minutes', 'at 127.0.0.1:10000', '99:99:99.123']) {
		assert.equal(lineTime(line, utc), undefined, line);
	}
});

test('A local time is taken with the offset of its host', () => {
	assert.equal(lineTime('Nov 24 22:33:56 x', {startedAt, offsetMinutes: 120}), at);
	assert.equal(lineTime('15:03:56.000 x', {startedAt, offsetMinutes: -330}), at);
	assert.equal(lineTime('03:56.000 x', {startedAt, offsetMinutes: 330}), at);
});

test('A year, a day or an hour that is not written follows from the start', () => {
	const newYear = Date.UTC(2026, 11, 31, 23, 59, 59);
	assert.equal(lineTime('Jan  1 00:00:01 x', {startedAt: newYear, offsetMinutes: 0}), newYear + 2000);
	assert.equal(lineTime('00:00:01.000 x', {startedAt: newYear, offsetMinutes: 0}), newYear + 2000);
	assert.equal(lineTime('00:01.000 x', {startedAt: newYear, offsetMinutes: 0}), newYear + 2000);
	assert.equal(lineTime('59:58.900 x', {startedAt: newYear, offsetMinutes: 0}), newYear - 100);
});

test('A pattern of one\'s own is written as for strftime or as a regular expression', () => {
	assert.equal(lineTime('<24.11.2026 20h33m56>', utc, [parseTimePattern('%d.%m.%Y %Hh%Mm%S')]), at);
	assert.equal(lineTime('T+6.5', utc, [parseTimePattern(String.raw`T\+(?<uptime>\d+\.\d+)`)]), at + 500);
	assert.throws(() => parseTimePattern('%Y-%q'), /holds %q, which is unknown/);
	assert.throws(() => parseTimePattern('%I:%M:%S'), /leaves open which half of the day/);
	assert.throws(() => parseTimePattern('hello'), /holds no time/);
	assert.throws(() => parseTimePattern('(?<hour>('), /is no regular expression/);
});

test('The format of most lines wins over a stray number', () => {
	const lines = ['1700000000 requests', 'Nov 24 20:33:56 a', 'Nov 24 20:33:57 b'];
	assert.equal(detectFormat(lines, utc)?.name, 'month day');
});

test('A moment is found in a log, stacks and all, without reading it', async () => {
	const clock = (second: number) => new Date(startedAt + (second * 1000)).toISOString();
	const log = memoryLog('x', `banner\n${Array.from({length: 100_000}, (_, second) => `${clock(second)} line ${second}\n${second % 1000 === 0 ? '    at a frame\n'.repeat(300) : ''}`).join('')}`);
	let reads = 0;
	const counted = {...log, async read(offset: number, length: number) {
		reads++;
		return log.read(offset, length);
	}};
	const times = await logTimes(counted, utc);
	assert.equal(times.format?.name, 'ISO 8601');
	for (const [second, expected] of [[0, 0], [1.5, 1], [999.9, 999], [1000, 1000], [54_321, 54_321], [99_999, 99_999], [200_000, 99_999], [-5, 0]] as const) {
		const offset = await times.seek(startedAt + (second * 1000));
		const [line] = await readLines(log, offset!, 1);
		assert.ok(line?.text.endsWith(` line ${expected}`), `${second}: ${line?.text}`);
	}

	assert.ok(reads < 1000, String(reads));
});

test('A log without times leads nowhere', async () => {
	const times = await logTimes(memoryLog('x', 'a\nb\n'), utc);
	assert.equal(times.format, undefined);
	assert.equal(await times.seek(at), undefined);
	assert.equal(await (await logTimes(memoryLog('x'), utc)).seek(at), undefined);
});
