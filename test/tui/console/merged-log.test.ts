import assert from 'node:assert/strict';
import {test} from 'node:test';
import {emptySnapshot, type LogSnapshot} from '../../../source/tui/console/log-snapshot.ts';
import {mergedLog} from '../../../source/tui/console/merged-log.ts';

const startedAt = Date.UTC(2026, 10, 24, 10);
const span = {startedAt, endedAt: startedAt + 60_000};

// Lines with when each of them came, ms after the start.
function log(lines: ReadonlyArray<readonly [text: string, arrivedMs: number]>, isFollowing = true): LogSnapshot {
	let offset = 0;
	return {...emptySnapshot, isFollowing, size: 1000, rows: lines.map(([text, arrivedMs]) => {
		const line = {offset, end: offset + text.length + 1, text, cutBytes: 0, isEnded: true};
		offset = line.end;
		return {line, arrivedAt: startedAt + arrivedMs};
	})};
}

const texts = ({rows}: LogSnapshot) => rows.map(({line, isGuest}) => (isGuest ? `err ${line.text}` : line.text));

test('lines of both streams stand in the order of the times that they say, and a stack stays with its exception', () => {
	const out = log([['2026-11-24T10:00:01Z started', 9000], ['2026-11-24T10:00:03Z stopped', 9000]]);
	const error = log([['2026-11-24T10:00:02Z it broke', 9000], ['\tat Server.main(Server.java:7)', 9000], ['2026-11-24T10:00:04Z gone', 9000]]);
	assert.deepEqual(texts(mergedLog(out, error, span)), [
		'2026-11-24T10:00:01Z started',
		'err 2026-11-24T10:00:02Z it broke',
		'err \tat Server.main(Server.java:7)',
		'2026-11-24T10:00:03Z stopped',
		'err 2026-11-24T10:00:04Z gone',
	]);
});

test('lines without times stand in the order in which they came', () => {
	const out = log([['one', 100], ['three', 300]]);
	const error = log([['two', 200], ['four', 400]]);
	assert.deepEqual(texts(mergedLog(out, error, span)), ['one', 'err two', 'three', 'err four']);
});

test('of a log that is stopped, the other stream shows what falls into it', () => {
	const out = log([['2026-11-24T10:00:01Z a', 0], ['2026-11-24T10:00:03Z b', 0]], false);
	const error = log([['2026-11-24T10:00:00Z before', 0], ['2026-11-24T10:00:02Z between', 0], ['2026-11-24T10:00:09Z after', 0]]);
	assert.deepEqual(texts(mergedLog(out, error, span)), ['2026-11-24T10:00:01Z a', 'err 2026-11-24T10:00:02Z between', '2026-11-24T10:00:03Z b']);
});
