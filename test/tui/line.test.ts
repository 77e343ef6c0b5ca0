import assert from 'node:assert/strict';
import {test} from 'node:test';
import {captioned, lineOf, lineWidth, plainText} from '../../source/tui/text/line.ts';

test('A caption and its note never run into one another: the note is cut, then left out, then the caption is cut', () => {
	const caption = lineOf(' latency  p50 0.089 ms  p99 2.92 ms');
	const note = lineOf('scraped metrics, over 1 s ');
	const at = (width: number) => {
		const line = captioned(caption, note, width);
		assert.equal(lineWidth(line), width);
		return plainText(line);
	};

	assert.equal(at(64), ' latency  p50 0.089 ms  p99 2.92 ms   scraped metrics, over 1 s ');
	assert.equal(at(70), ' latency  p50 0.089 ms  p99 2.92 ms         scraped metrics, over 1 s ');
	assert.equal(at(63), ' latency  p50 0.089 ms  p99 2.92 ms   scraped metrics, over 1 …');
	assert.equal(at(50), ' latency  p50 0.089 ms  p99 2.92 ms   scraped met…');
	assert.equal(at(49), ' latency  p50 0.089 ms  p99 2.92 ms              ');
	assert.equal(at(30), ' latency  p50 0.089 ms  p99 2…');
});
