import assert from 'node:assert/strict';
import test from 'node:test';
import {SeriesStore} from '../../source/core/series-store.ts';
import {samplesWithin, seriesText} from '../../source/core/series.ts';

test('A series is the same whatever the order of its labels, and empty labels are none', () => {
	assert.equal(seriesText('up', {job: 'a', instance: '127.0.0.1:1'}), 'up{instance="127.0.0.1:1",job="a"}');
	assert.equal(seriesText('up', {none: ''}), 'up');
	assert.equal(seriesText('a', {b: 'x"\\\n'}), String.raw`a{b="x\"\\\n"}`);
	const store = new SeriesStore();
	store.add('a', {x: '1', y: '2'}, 1, 1);
	store.add('a', {y: '2', x: '1', z: ''}, 2, 2);
	assert.equal(store.select('a').length, 1);
	assert.deepEqual([...store.select('a')[0]!.values], [1, 2]);
	assert.deepEqual(store.metrics, ['a']);
	assert.deepEqual(store.select('b'), []);
});

test('A series keeps its newest samples, in order, and the forgotten are counted', () => {
	const store = new SeriesStore({samplesPerSeries: 100});
	for (let at = 1; at <= 1000; at++) {
		store.add('a', {}, at, at * 2);
		const {times, values} = store.select('a')[0]!;
		assert.ok(times.length >= Math.min(at, 100));
		assert.ok(times.length <= 200);
		assert.equal(times.at(-1), at);
		assert.equal(values.at(-1), at * 2);
		assert.equal(times.at(-1)! - times[0]!, times.length - 1, 'without a hole');
	}

	assert.equal(store.leftOut.forgotten + store.select('a')[0]!.times.length, 1000);
});

test('Memory is bounded: by the samples and by the series', () => {
	const store = new SeriesStore({samplesPerSeries: 1000, maxSeries: 5, maxSamples: 200});
	for (let at = 1; at <= 500; at++) {
		for (const x of ['1', '2', '3', '4', '5', '6', '7']) {
			store.add('a', {x}, at, 1);
		}
	}

	assert.equal(store.select('a').length, 5);
	assert.ok(store.bytes <= 200 * 16);
	const held = store.select('a').reduce((total, {times}) => total + times.length, 0);
	assert.equal(store.leftOut.refused, 1000);
	assert.equal(store.leftOut.forgotten + held, 2500);
});

test('A sample that is no newer than the last is left out and counted', () => {
	const store = new SeriesStore();
	for (const at of [5, 5, 4, 6, NaN]) {
		store.add('a', {}, at, at);
	}

	assert.deepEqual([...store.select('a')[0]!.times], [5, 6]);
	assert.equal(store.leftOut.late, 3);
});

test('A window holds both of its ends', () => {
	const samples = {times: Float64Array.of(100, 200, 300, 400), values: new Float64Array(4)};
	assert.deepEqual(samplesWithin(samples, 300, 100), {from: 1, to: 3});
	assert.deepEqual(samplesWithin(samples, 299, 100), {from: 1, to: 2});
	assert.deepEqual(samplesWithin(samples, 50, 10), {from: 0, to: 0});
	assert.deepEqual(samplesWithin(samples, 1000, 10), {from: 4, to: 4});
});
