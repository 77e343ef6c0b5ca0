/*
`histogram_quantile` as Prometheus defines it for classic histograms (quantile.go, `bucketQuantile`): linear within a
bucket, the lowest bucket from zero, and never beyond the last finite bound.
*/

/** A cumulative bucket: how many observations (or how many a second) were at most `le`. */
export type Bucket = {readonly le: number; readonly count: number};

/** A quantile, and the bounds of the bucket that it fell into, which is all that is known of it. */
type Quantile = {readonly value: number; readonly lower: number; readonly upper: number};

/**
PromQL's `histogram_quantile(q, buckets)`; NaN where it is NaN there: no `+Inf` bucket, a single bucket, no observation.

@param buckets In any order; those of equal bound are added up.
*/
export function histogramQuantile(q: number, buckets: readonly Bucket[]): number {
	return locateQuantile(q, buckets).value;
}

/** As `histogramQuantile`, with the bounds of its bucket. */
export function locateQuantile(q: number, buckets: readonly Bucket[]): Quantile {
	if (Number.isNaN(q) || q < 0 || q > 1) {
		return exactly(Number.isNaN(q) ? NaN : (q < 0 ? -Infinity : Infinity));
	}

	const sorted = buckets.toSorted((one, other) => one.le - other.le || 0);
	if (sorted.at(-1)?.le !== Infinity) {
		return exactly(NaN);
	}

	const cumulative = monotonic(coalesced(sorted));
	const last = cumulative.length - 1;
	const observations = cumulative[last]!.count;
	if (last < 1 || observations === 0 || Number.isNaN(observations)) {
		return exactly(NaN);
	}

	const rank = q * observations;
	const found = cumulative.slice(0, last).findIndex(({count}) => count >= rank);
	if (found === -1) {
		// In the open bucket: the last finite bound is all that can be said.
		const bound = cumulative[last - 1]!.le;
		return {value: bound, lower: bound, upper: Infinity};
	}

	const {le: upper, count} = cumulative[found]!;
	if (found === 0) {
		return upper <= 0 ? {value: upper, lower: -Infinity, upper} : {value: upper * (rank / count), lower: 0, upper};
	}

	const {le: lower, count: below} = cumulative[found - 1]!;
	return {value: lower + ((upper - lower) * ((rank - below) / (count - below))), lower, upper};
}

function exactly(value: number): Quantile {
	return {value, lower: value, upper: value};
}

function coalesced(sorted: readonly Bucket[]): readonly Bucket[] {
	const merged: Bucket[] = [];
	for (const bucket of sorted) {
		const last = merged.at(-1);
		if (last?.le === bucket.le) {
			merged[merged.length - 1] = {le: last.le, count: last.count + bucket.count};
		} else {
			merged.push(bucket);
		}
	}

	return merged;
}

/** Buckets are scraped one after the other, so that one may be ahead of the next: such a step down is lifted. */
function monotonic(buckets: readonly Bucket[]): readonly Bucket[] {
	let highest = -Infinity;
	return buckets.map(({le, count}) => {
		highest = Math.max(highest, count);
		return {le, count: highest};
	});
}
