import assert from 'node:assert/strict';
import {test} from 'node:test';
import {leadingTimeLength} from '../../source/logs/leading-time.ts';

const without = (line: string) => line.slice(leadingTimeLength(line));

test('the time at the beginning of a line is told from what the line says, in every known format', () => {
	const times = [
		'[Nov 24 21:20:08.123000000] ',
		'Nov 24 21:20:08 ',
		'[Wednesday April 07, 18:41:19.472150] ',
		'2026-11-24T07:18:35.602Z ',
		'2026-11-24 07:18:35,602 +0100 - ',
		'[2026-11-24 07:18:35.602] ',
		'2009/11/10 23:00:00.000000 ',
		'Nov 24, 2026 8:33:56 PM ',
		'24 Nov 2026 20:33:56.123 ',
		'Tue Nov 24 20:33:56 2026 ',
		'1700000000.123 ',
		'18:41:22.655 ',
		'41:20.570 ',
		'[0.123s]',
		'[24/Nov/2026:20:33:56 +0000] ',
	];
	for (const time of times) {
		assert.equal(without(`${time}[INFO] Server listening on 10:20:30.`), '[INFO] Server listening on 10:20:30.', time);
	}
});

test('a line without a time at its beginning stays whole', () => {
	for (const line of ['Server listening since 10:20:30.', 'INFO 2026-11-24T07:18:35Z said', '', '\tat frankenpaxos.Main(Main.scala:41)', 'I1124 20:33:56.123456 glog says']) {
		assert.equal(without(line), line);
	}
});
