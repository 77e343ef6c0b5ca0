import {type LiveSpec, type LiveSpecs, millisecondsIn} from './live.ts';

/** A query worth asking, and what it gives. */
export type NamedQuery = {readonly name: string; readonly expression: string};

/** A live chart's figures as PromQL: `throughput` → `sum(rate(…[1s]))`. Times are in ms, as the charts'. */
export function liveQueries(live: LiveSpecs, window: string): readonly NamedQuery[] {
	return Object.entries(live).flatMap(([name, spec]) => specQueries(name, spec, window));
}

function specQueries(name: string, spec: LiveSpec, window: string): readonly NamedQuery[] {
	switch (spec.kind) {
		case 'rate': {
			return [{name: `${name}, /s`, expression: `sum(rate(${spec.metric}[${window}]))`}];
		}

		case 'mean': {
			return [{name: `${name} mean, ms`, expression: inMs(`sum(rate(${spec.metric}_sum[${window}])) / sum(rate(${spec.metric}_count[${window}]))`, spec.unit)}];
		}

		case 'quantiles': {
			return spec.quantiles.map(q => ({
				name: `${name} p${Number((q * 100).toPrecision(6))}, ms`,
				expression: inMs(`histogram_quantile(${q}, sum by (le) (rate(${spec.metric}_bucket[${window}])))`, spec.unit),
			}));
		}
	}
}

function inMs(expression: string, unit: keyof typeof millisecondsIn): string {
	return unit === 'ms' ? expression : `${expression} * ${millisecondsIn[unit]}`;
}

/** The window of a rate: five scrapes, at least a second, so that one late scrape makes no gap. */
export function rateWindow(scrapeIntervalMs: number): string {
	const ms = Math.max(1000, scrapeIntervalMs * 5);
	return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
