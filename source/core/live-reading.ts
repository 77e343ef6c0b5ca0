import {liveMetrics, millisecondsIn, type LiveSpec, type MeanSpec, type QuantilesSpec, type RateSpec} from './live.ts';
import {locateQuantile} from './promql-quantile.ts';
import {bucketsOf, rates, sum, type LabelledValue} from './promql-sum.ts';
import {type Series, type SeriesSource} from './series.ts';

type LiveFigure = {
	/** `rate`, `mean`, `p50`, `p99.9`. */
	readonly name: string;
	readonly value: number;
	readonly unit: '/s' | 'ms';
};

/** Figures at one time, and where they come from. */
export type LiveReading = {
	readonly figures: readonly LiveFigure[];
	/** For the screen: `scraped counter`, `histogram, ±4 %`, `from the tails of the recorder files`. */
	readonly origin: string;
	/** The same where there is no room for it. */
	readonly source: 'scraped' | 'recorder files';
	/**
	How far a figure may lie from the true quantile, in percent of it, for the worst of the figures: the far end of its
	bucket. Infinity in the open last bucket; undefined where the figure is no estimate.
	*/
	readonly errorPercent?: number;
	/** Series that gave a figure. */
	readonly series: number;
	/** Newest sample among them, epoch ms. */
	readonly lastAt: number;
};

/**
The figures of a spec over the window that ends at a time: PromQL's `sum(rate(x[window]))`,
`sum(rate(x_sum[window])) / sum(rate(x_count[window]))` and `histogram_quantile(q, sum by (le) (rate(x_bucket[window])))`.
Undefined where the window has too few samples, or nothing was observed in it.

@param at Epoch ms.
@param only Chooses among the series, for the figures of one proc.
*/
export function evaluateLive(spec: LiveSpec, source: SeriesSource, at: number, windowMs: number, only?: (series: Series) => boolean): LiveReading | undefined {
	const labels = Object.entries(spec.only ?? {});
	const isMeant = (series: Series) => labels.every(([label, values]) => values.includes(series.labels[label] ?? '')) && (only?.(series) ?? true);
	const [first = [], second = []] = liveMetrics(spec).map(metric => source.select(metric).filter(series => isMeant(series)));
	const vector = rates(first, at, windowMs);
	const found = figuresOf(spec, vector, () => rates(second, at, windowMs));
	return found && {...found, source: spec.origin === undefined ? 'scraped' : 'recorder files', series: vector.length, lastAt: newest(first, at)};
}

type Figures = Pick<LiveReading, 'figures' | 'origin' | 'errorPercent'>;

function figuresOf(spec: LiveSpec, vector: readonly LabelledValue[], counts: () => readonly LabelledValue[]): Figures | undefined {
	switch (spec.kind) {
		case 'rate': {
			return rateFigure(spec, vector);
		}

		case 'mean': {
			return meanFigure(spec, vector, counts());
		}

		case 'quantiles': {
			return quantileFigures(spec, vector);
		}
	}
}

function rateFigure({origin = 'scraped counter'}: RateSpec, vector: readonly LabelledValue[]): Figures | undefined {
	const value = sum(vector);
	return value === undefined ? undefined : {figures: [{name: 'rate', value, unit: '/s'}], origin};
}

function meanFigure({unit, origin = 'scraped sum and count'}: MeanSpec, sums: readonly LabelledValue[], counts: readonly LabelledValue[]): Figures | undefined {
	const value = (sum(sums) ?? NaN) / (sum(counts) ?? NaN) * millisecondsIn[unit];
	return Number.isFinite(value) ? {figures: [{name: 'mean', value, unit: 'ms'}], origin} : undefined;
}

function quantileFigures({unit, quantiles, origin = 'histogram'}: QuantilesSpec, vector: readonly LabelledValue[]): Figures | undefined {
	const buckets = bucketsOf(vector);
	const located = quantiles.map(q => ({q, ...locateQuantile(q, buckets)}));
	if (located.some(({value}) => Number.isNaN(value))) {
		return undefined;
	}

	const errorPercent = Math.max(...located.map(({value, lower, upper}) => Math.max(value - lower, upper - value) / Math.abs(value) * 100));
	return {
		figures: located.map(({q, value}) => ({name: `p${Number((q * 100).toPrecision(6))}`, value: value * millisecondsIn[unit], unit: 'ms'})),
		origin: Number.isFinite(errorPercent) ? `${origin}, ±${errorPercent < 10 ? Number(errorPercent.toPrecision(1)) : Math.round(errorPercent)} %` : `${origin}, beyond its last bound`,
		errorPercent,
	};
}

function newest(series: readonly Series[], at: number): number {
	let last = -Infinity;
	for (const {times} of series) {
		const index = times.findLastIndex(time => time <= at);
		last = Math.max(last, times[index] ?? -Infinity);
	}

	return last;
}
