/*
Statistics of small samples: repetitions of a benchmark, points of a curve.
*/
import {CompensatedSum} from './statistics.ts';

/** The mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
	return sumOf(values) / values.length;
}

/** The sample standard deviation (n − 1); NaN of fewer than two. */
export function sampleDeviation(values: readonly number[]): number {
	if (values.length < 2) {
		return NaN;
	}

	const mean = meanOf(values);
	return Math.sqrt(sumOf(values.map(value => (value - mean) ** 2)) / (values.length - 1));
}

/** The geometric mean of positive values: the mean of ratios. */
export function geometricMean(values: readonly number[]): number {
	return Math.exp(meanOf(values.map(value => Math.log(value))));
}

function sumOf(values: readonly number[]): number {
	const sum = new CompensatedSum();
	for (const value of values) {
		sum.add(value);
	}

	return sum.value;
}
