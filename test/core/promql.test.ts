import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import test from 'node:test';
import {gunzipSync, gzipSync} from 'node:zlib';
import {histogramQuantile} from '../../source/core/promql-quantile.ts';
import {counterRate} from '../../source/core/promql-rate.ts';
import {seriesText} from '../../source/core/series.ts';
import {questions, scenario} from '../helpers/promql-scenario.ts';
import {withoutPrometheus, withPrometheus} from '../helpers/prometheus.ts';

type Expected = ReadonlyArray<{readonly promql: string; readonly at: number; readonly answer: Readonly<Record<string, number | string>>}>;

const fixture = new URL('../fixtures/promql/answers.json.gz', import.meta.url);

test('A rate extrapolates to the window, but not past the counter\'s zero', () => {
	const samples = {times: Float64Array.of(1000, 2000, 3000), values: Float64Array.of(10, 20, 30)};
	assert.equal(counterRate(samples, 3500, 3000), 10);
	// From 1000 back to the start of the window are 1.05 s, but the counter was zero one second before.
	assert.equal(counterRate(samples, 3000, 3050), 30 / 3.05);
	// 5 s before the first sample are more than an interval: half an interval is assumed.
	assert.equal(counterRate({...samples, values: Float64Array.of(1010, 1020, 1030)}, 3000, 5000 + 2000), 25 / 7);
});

test('A counter that fell began again at zero', () => {
	const samples = {times: Float64Array.of(1000, 2000, 3000), values: Float64Array.of(100, 110, 5)};
	assert.equal(counterRate(samples, 3000, 2000), 7.5);
});

test('A window of fewer than two samples has no rate', () => {
	const samples = {times: Float64Array.of(1000, 2000), values: Float64Array.of(1, 2)};
	assert.equal(counterRate(samples, 2500, 1000), undefined);
	assert.equal(counterRate(samples, 999, 1000), undefined);
	assert.equal(counterRate(samples, 2000, 1000), 1);
});

test('A quantile is NaN where Prometheus has none', () => {
	assert.ok(Number.isNaN(histogramQuantile(0.5, [])));
	assert.ok(Number.isNaN(histogramQuantile(0.5, [{le: 1, count: 3}])));
	assert.ok(Number.isNaN(histogramQuantile(0.5, [{le: Infinity, count: 3}])));
	assert.ok(Number.isNaN(histogramQuantile(0.5, [{le: 1, count: 0}, {le: Infinity, count: 0}])));
	assert.equal(histogramQuantile(0.5, [{le: Infinity, count: 4}, {le: 2, count: 4}, {le: 1, count: 0}]), 1.5);
	assert.equal(histogramQuantile(0.9, [{le: 1, count: 1}, {le: Infinity, count: 4}]), 1);
});

test('Every function gives the number that Prometheus gave', async () => {
	const expected = JSON.parse(gunzipSync(await readFile(fixture)).toString()) as Expected;
	assert.equal(expected.length, questions.length);
	for (const [index, question] of questions.entries()) {
		const {promql, at, answer} = expected[index]!;
		assert.deepEqual([question.promql, question.at], [promql, at]);
		agree(question.ours(), Object.fromEntries(Object.entries(answer).map(([labels, value]) => [labels, Number(value)])), `${promql} at ${at}`);
	}
});

test('Every function gives the number that the installed Prometheus gives', {skip: withoutPrometheus}, async () => {
	await withPrometheus(scenario.openMetrics, async query => {
		const recorded: Array<Expected[number]> = [];
		for (const {promql, at, ours} of questions) {
			const answers = await query(promql, at);
			const theirs = Object.fromEntries(answers.map(({labels: {__name__, ...labels}, value}) => [seriesText('', labels), value]));
			recorded.push({promql, at, answer: Object.fromEntries(Object.entries(theirs).map(([labels, value]) => [labels, Number.isFinite(value) ? value : String(value)]))});
			if (process.env['UPDATE_GOLDEN'] === undefined) {
				agree(ours(), theirs, `${promql} at ${at}`);
			}
		}

		if (process.env['UPDATE_GOLDEN'] !== undefined) {
			await writeFile(fixture, gzipSync(`[\n${recorded.map(one => JSON.stringify(one)).join(',\n')}\n]\n`, {level: 9}));
		}
	});
});

/** The same series, and each value the same to 1e-12: sums may be taken in another order. */
function agree(ours: Readonly<Record<string, number>>, theirs: Readonly<Record<string, number>>, what: string): void {
	assert.deepEqual(Object.keys(ours).toSorted(), Object.keys(theirs).toSorted(), what);
	for (const [labels, value] of Object.entries(theirs)) {
		const own = ours[labels]!;
		assert.ok(Object.is(own, value) || Math.abs(own - value) <= 1e-12 * Math.abs(value), `${what}, ${labels}: ${own}, but Prometheus says ${value}`);
	}
}
