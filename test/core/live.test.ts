import assert from 'node:assert/strict';
import test from 'node:test';
import {evaluateLive} from '../../source/core/live-reading.ts';
import {liveMetrics, mean, quantiles, rate} from '../../source/core/live.ts';
import {SeriesStore} from '../../source/core/series-store.ts';

const clients = [{instance: '127.0.0.1:10001', job: 'unreplicated_client'}, {instance: '127.0.0.1:10101', job: 'unreplicated_client'}];

/** Two clients over ten seconds: 100 and 300 requests a second of 2 ms, sampled every 200 ms. */
function store(): SeriesStore {
	const made = new SeriesStore();
	for (let at = 0; at <= 10_000; at += 200) {
		for (const [index, labels] of clients.entries()) {
			const count = at / 1000 * (index === 0 ? 100 : 300);
			made.add('responses_total', labels, at, count);
			made.add('latency_count', labels, at, count);
			made.add('latency_sum', labels, at, count * 2);
			for (const [le, share] of [['0.001', 0], ['0.002', 0.5], ['0.004', 1], ['+Inf', 1]] as const) {
				made.add('latency_seconds_bucket', {...labels, le}, at, count * share);
			}
		}
	}

	return made;
}

test('A rate is summed over all series, and says that it comes from a counter', () => {
	assert.deepEqual(evaluateLive(rate('responses_total'), store(), 9100, 2000), {
		figures: [{name: 'rate', value: 400, unit: '/s'}], origin: 'scraped counter', source: 'scraped', series: 2, lastAt: 9000,
	});
});

test('A rate may be of the series with certain labels alone', () => {
	const spec = rate('responses_total', {instance: ['127.0.0.1:10101', '127.0.0.1:10201']});
	assert.deepEqual(evaluateLive(spec, store(), 9100, 2000)?.figures, [{name: 'rate', value: 300, unit: '/s'}]);
});

test('A mean is the growth of the sum over the growth of the count, in ms', () => {
	assert.deepEqual(evaluateLive(mean('latency'), store(), 9100, 2000), {
		figures: [{name: 'mean', value: 2, unit: 'ms'}], origin: 'scraped sum and count', source: 'scraped', series: 2, lastAt: 9000,
	});
	assert.equal(evaluateLive(mean('latency', {unit: 's'}), store(), 9100, 2000)?.figures[0]?.value, 2000);
});

test('Quantiles come from all buckets together, in ms, with the error that the bucket allows', () => {
	const reading = evaluateLive(quantiles('latency_seconds', {quantiles: [0.5, 0.75, 0.999]}), store(), 9000, 2000);
	assert.deepEqual(reading?.figures.map(({name}) => name), ['p50', 'p75', 'p99.9']);
	assert.deepEqual(reading?.figures.map(({value}) => Number(value.toFixed(9))), [2, 3, 3.996]);
	// The median may lie anywhere between 1 and 2 ms, p75 between 2 and 4.
	assert.equal(Math.round(reading?.errorPercent ?? 0), 50);
	assert.equal(reading?.origin, 'histogram, ±50 %');
	assert.equal(reading?.series, 8);
});

test('A quantile beyond the last finite bound says so', () => {
	const made = new SeriesStore();
	for (const at of [0, 1000, 2000]) {
		made.add('h_bucket', {le: '1'}, at, at / 100);
		made.add('h_bucket', {le: '+Inf'}, at, at / 10);
	}

	const reading = evaluateLive(quantiles('h', {quantiles: [0.99]}), made, 2000, 2000);
	assert.deepEqual(reading?.figures, [{name: 'p99', value: 1, unit: 'ms'}]);
	assert.equal(reading?.origin, 'histogram, beyond its last bound');
	assert.equal(reading?.errorPercent, Infinity);
});

test('Nothing observed is no figure, not a zero', () => {
	const made = new SeriesStore();
	for (const at of [0, 1000, 2000]) {
		made.add('s_sum', {}, at, 5);
		made.add('s_count', {}, at, 5);
		made.add('h_bucket', {le: '1'}, at, 5);
		made.add('h_bucket', {le: '+Inf'}, at, 5);
		made.add('c_total', {}, at, 5);
	}

	assert.equal(evaluateLive(mean('s'), made, 2000, 2000), undefined);
	assert.equal(evaluateLive(quantiles('h'), made, 2000, 2000), undefined);
	assert.equal(evaluateLive(rate('missing'), made, 2000, 2000), undefined);
	// A counter that stands still has a rate, which is zero.
	assert.equal(evaluateLive(rate('c_total'), made, 2000, 2000)?.figures[0]?.value, 0);
	assert.equal(evaluateLive(rate('c_total'), made, 9000, 2000), undefined);
});

test('Figures of each proc are told apart by a label', () => {
	const rateOf = (instance: string) => evaluateLive(rate('responses_total'), store(), 9000, 2000, ({labels}) => labels['instance'] === instance)?.figures[0]?.value;
	assert.deepEqual([rateOf('127.0.0.1:10001'), rateOf('127.0.0.1:10101'), rateOf('127.0.0.1:9')], [100, 300, undefined]);
});

test('A spec names the samples that it needs, and the unit that the name ends with', () => {
	assert.deepEqual([rate('a_total'), mean('b'), quantiles('c_seconds')].map(spec => liveMetrics(spec)), [['a_total'], ['b_sum', 'b_count'], ['c_seconds_bucket']]);
	assert.deepEqual([mean('a').unit, mean('a_seconds').unit, quantiles('a_nanos').unit, quantiles('a_seconds', {unit: 'ms'}).unit], ['ms', 's', 'ns', 'ms']);
});
