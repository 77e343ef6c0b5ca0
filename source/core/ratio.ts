/*
Ratios of measurements, and how sure they are. Ratios are averaged as logarithms: twice as fast and half as fast cancel.
*/
import {studentQuantile} from './distributions.ts';
import {geometricMean, meanOf, sampleDeviation} from './sample.ts';
import {seededRandom} from './shuffle.ts';
import {quantileOfSorted} from './statistics.ts';

/** A ratio with its 95% interval; the ends are NaN where the data say nothing of it. */
export type Ratio = {readonly ratio: number; readonly low: number; readonly high: number};

const level = 0.95;
const resamples = 10_000;

/**
The mean ratio over paired points, with a percentile bootstrap interval over the points.

@param ratios Positive; one a point.
@param seed Decides the resamples, so that the interval is the same each time.
*/
export function pairedRatio(ratios: readonly number[], seed: string): Ratio {
	const ratio = geometricMean(ratios);
	if (ratios.length < 2) {
		return {ratio, low: NaN, high: NaN};
	}

	const random = seededRandom(seed);
	const logs = ratios.map(value => Math.log(value));
	const means = Float64Array.from({length: resamples}, () => {
		let sum = 0;
		for (const _ of logs) {
			sum += logs[Math.floor(random() * logs.length)]!;
		}

		return sum / logs.length;
	}).toSorted();
	return {ratio, low: Math.exp(quantileOfSorted(means, (1 - level) / 2)), high: Math.exp(quantileOfSorted(means, (1 + level) / 2))};
}

/**
The ratio of two samples' geometric means, with Welch's interval of the difference of their logarithms: it knows that
three repetitions say little, which a bootstrap of three does not.

@param values Positive.
@param base Positive.
*/
export function sampleRatio(values: readonly number[], base: readonly number[]): Ratio {
	const ratio = geometricMean(values) / geometricMean(base);
	if (values.length < 2 || base.length < 2) {
		return {ratio, low: NaN, high: NaN};
	}

	const [one, other] = [values, base]
		.map(sample => sample.map(value => Math.log(value)))
		.map(logs => ({mean: meanOf(logs), square: sampleDeviation(logs) ** 2 / logs.length, count: logs.length})) as [Logs, Logs];
	const square = one.square + other.square;
	if (square === 0) {
		return {ratio, low: ratio, high: ratio};
	}

	const freedom = (square ** 2) / (((one.square ** 2) / (one.count - 1)) + ((other.square ** 2) / (other.count - 1)));
	const reach = studentQuantile((1 + level) / 2, freedom) * Math.sqrt(square);
	const difference = one.mean - other.mean;
	return {ratio, low: Math.exp(difference - reach), high: Math.exp(difference + reach)};
}

type Logs = {readonly mean: number; readonly square: number; readonly count: number};
