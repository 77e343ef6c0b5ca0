/*
What to draw of a metric of which only the name is known: the kind follows from the name's ending and from its siblings, as
the exposition format has it.
*/
import {evaluateLive, type LiveReading} from '../../core/live-reading.ts';
import {type LiveSpec, mean, quantiles, rate} from '../../core/live.ts';
import {samplesWithin, type Series, type SeriesSource} from '../../core/series.ts';

/** A metric's last values, summed: there is no rate to it. */
type GaugeSpec = {readonly kind: 'gauge'; readonly metric: string};
export type ChartSpec = LiveSpec | GaugeSpec;

/** Names to choose a chart from: a histogram or summary once, by its base. */
export function chartableNames(names: readonly string[]): readonly string[] {
	const all = new Set(names);
	const bases = names.map(name => {
		const base = name.replace(/_(?:bucket|sum|count)$/, '');
		return base !== name && (all.has(`${base}_bucket`) || (all.has(`${base}_sum`) && all.has(`${base}_count`))) ? base : name;
	});
	return [...new Set(bases)];
}

/** How a metric of `chartableNames` is drawn. */
export function specFor(name: string, names: readonly string[]): ChartSpec {
	if (names.includes(`${name}_bucket`)) {
		return quantiles(name);
	}

	if (names.includes(`${name}_sum`) && names.includes(`${name}_count`)) {
		return mean(name);
	}

	return /_(?:total|count|sum)$/.test(name) ? rate(name) : {kind: 'gauge', metric: name};
}

/** What the spec's figures are made from. */
export function firstMetric(spec: ChartSpec): string {
	switch (spec.kind) {
		case 'rate':
		case 'gauge': {
			return spec.metric;
		}

		case 'mean': {
			return `${spec.metric}_sum`;
		}

		case 'quantiles': {
			return `${spec.metric}_bucket`;
		}
	}
}

export type ChartFigure = {readonly name: string; readonly value: number; readonly unit: string};
export type ChartReading = Omit<LiveReading, 'figures'> & {readonly figures: readonly ChartFigure[]};

// A gauge that nobody has scraped for so long has no value.
const staleMs = 5000;

/** The figures of a spec at a time, of all series or of some. */
export function readChart(spec: ChartSpec, source: SeriesSource, at: number, windowMs: number, only?: (series: Series) => boolean): ChartReading | undefined {
	if (spec.kind !== 'gauge') {
		return evaluateLive(spec, source, at, windowMs, only);
	}

	let [value, series, lastAt] = [0, 0, -Infinity];
	for (const one of source.select(spec.metric)) {
		const {from, to} = samplesWithin(one, at, staleMs);
		if (!(to > from && (only?.(one) ?? true))) {
			continue;
		}

		value += one.values[to - 1]!;
		lastAt = Math.max(lastAt, one.times[to - 1]!);
		series++;
	}

	return series === 0 ? undefined : {figures: [{name: 'sum', value, unit: ''}], origin: 'scraped gauge', source: 'scraped', series, lastAt};
}
