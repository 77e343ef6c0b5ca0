import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {normalTail, studentQuantile} from '../../source/core/distributions.ts';
import {holm, leastPValue, mannWhitney, repetitionsNeeded} from '../../source/core/mann-whitney.ts';
import {pairedRatio, sampleRatio} from '../../source/core/ratio.ts';
import {geometricMean, sampleDeviation} from '../../source/core/sample.ts';

type Pair = {readonly x: readonly number[]; readonly y: readonly number[]};
type Scipy = {
	readonly mannWhitney: ReadonlyArray<Pair & {readonly p: number}>;
	readonly normalTail: ReadonlyArray<readonly [z: number, tail: number]>;
	readonly studentQuantile: ReadonlyArray<readonly [probability: number, freedom: number, value: number]>;
	readonly holm: ReadonlyArray<{readonly p: readonly number[]; readonly corrected: readonly number[]}>;
	readonly logWelch: ReadonlyArray<Pair & {readonly interval: readonly [number, number]}>;
	readonly deviation: ReadonlyArray<{readonly x: readonly number[]; readonly deviation: number; readonly geometric: number}>;
	readonly bootstrap: {readonly ratios: readonly number[]; readonly interval: readonly [number, number]};
};

const scipy = JSON.parse(fs.readFileSync(new URL('../fixtures/statistics/scipy.json', import.meta.url), 'utf8')) as Scipy;

function near(actual: number, expected: number, relative = 1e-10): void {
	assert.ok(Math.abs(actual - expected) <= relative * Math.max(Math.abs(expected), 1e-300), `${actual} is not ${expected}`);
}

test('The Mann–Whitney test agrees with SciPy, exact and approximated, with ties and without', () => {
	for (const {x, y, p} of scipy.mannWhitney) {
		near(mannWhitney(x, y), p);
		near(mannWhitney(y, x), p);
	}
});

test('The normal tail and Student\'s quantiles agree with SciPy', () => {
	for (const [z, tail] of scipy.normalTail) {
		near(normalTail(z), tail);
	}

	for (const [probability, freedom, value] of scipy.studentQuantile) {
		near(studentQuantile(probability, freedom), value, 1e-9);
	}
});

test('Deviations, geometric means and Welch intervals of logarithms agree with SciPy', () => {
	for (const {x, deviation, geometric} of scipy.deviation) {
		near(sampleDeviation(x), deviation);
		near(geometricMean(x), geometric);
	}

	for (const {x, y, interval} of scipy.logWelch) {
		const [low, high] = interval;
		const found = sampleRatio(x, y);
		near(found.low, low, 1e-9);
		near(found.high, high, 1e-9);
	}
});

test('The bootstrap interval of paired ratios agrees with SciPy within its own noise, and is the same each time', () => {
	const {ratios, interval} = scipy.bootstrap;
	const [low, high] = interval;
	const found = pairedRatio(ratios, 'latency');
	near(found.low, low, 0.02);
	near(found.high, high, 0.02);
	assert.deepEqual(pairedRatio(ratios, 'latency'), found);
	assert.notDeepEqual(pairedRatio(ratios, 'throughput'), found);
	near(found.ratio, geometricMean(ratios));
	assert.ok(Number.isNaN(pairedRatio([2], 'one').low));
});

test('Holm\'s correction keeps the order of the p-values', () => {
	for (const {p, corrected} of scipy.holm) {
		for (const [index, value] of holm(p).entries()) {
			near(value, corrected[index]!);
		}
	}

	assert.deepEqual(holm([0.9, 0.8]), [1, 1]);
	assert.deepEqual(holm([]), []);
});

test('How many repetitions a verdict needs follows from the least p-value that they can give', () => {
	near(leastPValue(3, 3), 0.1);
	near(leastPValue(5, 5), 2 / 252);
	assert.equal(leastPValue(1, 1), 1);
	assert.deepEqual([1, 7, 100].map(tests => repetitionsNeeded(tests, 0.05)), [4, 6, 8]);
});
