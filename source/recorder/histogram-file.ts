import {bucketOf, bucketStart, bucketWidth} from '../core/latency-buckets.ts';
import {quoteField} from './split-row.ts';

/** Buckets in the file are at most 1/128 of their values wide. */
const fileBits = 7;
const countedBits = 11;

/**
The text of histogram.csv: rows by latency, in buckets up to and including `le_nanos`, empty ones left out.

@param labels Counts in buckets of 2^-11 relative width.
*/
export function histogramText(labels: ReadonlyArray<{readonly label: string; readonly buckets: Float64Array}>): string {
	const lines = labels.flatMap(({label, buckets}) => [...widened(buckets)].map(([bucket, count]) => `${quoteField(label)},${bucketStart(bucket, fileBits) + bucketWidth(bucket, fileBits) - 1},${count}\n`));
	return `label,le_nanos,count\n${lines.join('')}`;
}

function widened(buckets: Float64Array): ReadonlyMap<number, number> {
	const wide = new Map<number, number>();
	for (const [bucket, count] of buckets.entries()) {
		if (count === 0) {
			continue;
		}

		const to = bucketOf(bucketStart(bucket, countedBits), fileBits);
		wide.set(to, (wide.get(to) ?? 0) + count);
	}

	return wide;
}
