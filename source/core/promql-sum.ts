import {counterRate} from './promql-rate.ts';
import {type Bucket} from './promql-quantile.ts';
import {type Labels, type Series} from './series.ts';

/** What one series contributes to a sum. */
export type LabelledValue = {readonly labels: Labels; readonly value: number};

/** `rate(x[window])` of every series that has one: PromQL's instant vector. */
export function rates(series: readonly Series[], at: number, windowMs: number): readonly LabelledValue[] {
	const found: LabelledValue[] = [];
	for (const one of series) {
		const value = counterRate(one, at, windowMs);
		if (value !== undefined) {
			found.push({labels: one.labels, value});
		}
	}

	return found;
}

/** PromQL's `sum by (label) (vector)`: label value → sum, in the order of first appearance; a missing label is the empty one. */
function sumBy(label: string, vector: readonly LabelledValue[]): ReadonlyMap<string, number> {
	const sums = new Map<string, number>();
	for (const {labels, value} of vector) {
		const key = labels[label] ?? '';
		sums.set(key, (sums.get(key) ?? 0) + value);
	}

	return sums;
}

/** PromQL's `sum(vector)`; undefined for an empty vector, which has no sum there either. */
export function sum(vector: readonly LabelledValue[]): number | undefined {
	return vector.length === 0 ? undefined : vector.reduce((total, {value}) => total + value, 0);
}

/** `sum by (le) (vector)` as buckets; a series whose `le` is no number is left out, as in Prometheus. */
export function bucketsOf(vector: readonly LabelledValue[]): readonly Bucket[] {
	return [...sumBy('le', vector)]
		.map(([le, count]) => ({le: le === '+Inf' ? Infinity : (le === '' ? NaN : Number(le)), count}))
		.filter(({le}) => !Number.isNaN(le));
}
