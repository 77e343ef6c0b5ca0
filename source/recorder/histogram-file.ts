import {bucketOf, bucketStart, bucketWidth} from '../core/latency-buckets.ts';
import {type Bucket} from './request.ts';
import {quoteField} from './split-row.ts';

/** Buckets in the file are at most 1/128 of their values wide. */
const fileBits = 7;
const countedBits = 11;

/**
Rows by latency, empty buckets left out.

@param labels Counts in buckets of 2^-11 relative width.
*/
export function histogramOf(labels: ReadonlyArray<{readonly label: string; readonly buckets: Float64Array}>): readonly Bucket[] {
	return labels.flatMap(({label, buckets}) => [...widened(buckets)].map(([bucket, count]) => ({label, le_nanos: bucketStart(bucket, fileBits) + bucketWidth(bucket, fileBits) - 1, count})));
}

/** The text of histogram.csv. */
export function histogramText(buckets: readonly Bucket[]): string {
	return `label,le_nanos,count\n${buckets.map(({label, le_nanos: nanos, count}) => `${quoteField(label)},${nanos},${count}\n`).join('')}`;
}

function widened(buckets: Float64Array): ReadonlyMap<number, number> {
	const wide = new Map<number, number>();
	// By index: an iterator over so many buckets would make an object of each.
	const {length} = buckets;
	for (let bucket = 0; bucket < length; bucket++) {
		const count = buckets[bucket]!;
		if (count === 0) {
			continue;
		}

		const to = bucketOf(bucketStart(bucket, countedBits), fileBits);
		wide.set(to, (wide.get(to) ?? 0) + count);
	}

	return wide;
}
