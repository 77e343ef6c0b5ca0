/*
What the live charts of a protocol show, as data in its description:

	live: {throughput: rate('unreplicated_client_responses_total'), latency: quantiles('unreplicated_client_latency')}

`evaluateLive` turns such a spec into figures and says where they come from.
*/
import {isObject} from './json.ts';

/** Unit of a metric that holds a time. */
type TimeUnit = 's' | 'ms' | 'us' | 'ns';

type Common = {
	/** Where the samples come from, where they were not scraped: what a figure's origin says. */
	readonly origin?: string;
	/** Label → values: only series with one of these count. `{type: ['ClientReply', 'ReadReply']}` */
	readonly only?: Readonly<Record<string, readonly string[]>>;
};

/** A counter's growth per second, summed over all its series. */
export type RateSpec = Common & {readonly kind: 'rate'; readonly metric: string};

/** The mean of a summary or histogram, from its `_sum` and `_count`. */
export type MeanSpec = Common & {readonly kind: 'mean'; readonly metric: string; readonly unit: TimeUnit};

/** Quantiles of a histogram, from its `_bucket`s. */
export type QuantilesSpec = Common & {readonly kind: 'quantiles'; readonly metric: string; readonly unit: TimeUnit; readonly quantiles: readonly number[]};

export type LiveSpec = RateSpec | MeanSpec | QuantilesSpec;

/** A protocol's live figures by name: `throughput`, `latency`. */
export type LiveSpecs = Readonly<Record<string, LiveSpec>>;

type TimeOptions = {
	/**
	Unit of the metric's values; figures are always in ms.

	@default what the name ends with (`_seconds`, `_micros`, `_nanos`, …), else ms
	*/
	readonly unit?: TimeUnit;
};

/** Requests per second: the rate of a counter, summed over its series, or over those with certain labels. */
export function rate(counter: string, only?: RateSpec['only']): RateSpec {
	return {kind: 'rate', metric: counter, ...(only && {only})};
}

/** Mean latency from a summary's or histogram's `_sum` and `_count`; the name is without these endings. */
export function mean(summary: string, {unit = unitOf(summary)}: TimeOptions = {}): MeanSpec {
	return {kind: 'mean', metric: summary, unit};
}

/** Latency quantiles from a histogram; the name is without `_bucket`. */
export function quantiles(histogram: string, {unit = unitOf(histogram), quantiles: wanted = [0.5, 0.99]}: TimeOptions & {readonly quantiles?: readonly number[]} = {}): QuantilesSpec {
	return {kind: 'quantiles', metric: histogram, unit, quantiles: wanted};
}

/** The sample names that a spec is computed from: what a scrape must keep. */
export function liveMetrics(spec: LiveSpec): readonly string[] {
	switch (spec.kind) {
		case 'rate': {
			return [spec.metric];
		}

		case 'mean': {
			return [`${spec.metric}_sum`, `${spec.metric}_count`];
		}

		case 'quantiles': {
			return [`${spec.metric}_bucket`];
		}
	}
}

/** The specs of a journal that this version knows; a later one may have others. */
export function knownLive(live: Readonly<Record<string, unknown>>): LiveSpecs {
	return Object.fromEntries(Object.entries(live).filter((entry): entry is [string, LiveSpec] => isSpec(entry[1])));
}

function isSpec(spec: unknown): spec is LiveSpec {
	if (!isObject(spec) || typeof spec['metric'] !== 'string') {
		return false;
	}

	const {kind, unit, quantiles: wanted} = spec;
	const hasUnit = typeof unit === 'string' && Object.hasOwn(millisecondsIn, unit);
	return kind === 'rate' || (kind === 'mean' && hasUnit) || (kind === 'quantiles' && hasUnit && Array.isArray(wanted) && wanted.every(q => typeof q === 'number'));
}

/** Milliseconds in a unit. */
export const millisecondsIn: Readonly<Record<TimeUnit, number>> = {s: 1000, ms: 1, us: 1e-3, ns: 1e-6};

function unitOf(name: string): TimeUnit {
	const ending = /_(?<unit>seconds|micros|microseconds|nanos|nanoseconds)$/.exec(name)?.groups?.['unit'] ?? '';
	return ({seconds: 's', micros: 'us', microseconds: 'us', nanos: 'ns', nanoseconds: 'ns'} as const)[ending] ?? 'ms';
}
