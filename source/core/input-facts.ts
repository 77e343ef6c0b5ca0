/*
What an input says of its benchmark as a whole.
*/
import {durationMs} from './duration.ts';
import {type JsonObject} from './json.ts';
import {type Protocol} from './protocol.ts';
import {callSuite, checkedTiming} from './suite-call.ts';
import {type Timing, usualTiming} from './timing.ts';

/** How many failures an input tolerates: the f that picks the cluster's roles. */
export function tolerated(protocol: Protocol, input: JsonObject): number {
	return protocol.f?.(input) ?? (typeof input['f'] === 'number' ? input['f'] : 1);
}

/** How long the parts of a benchmark take, as its input says. */
export function timingOf(protocol: Protocol, input: JsonObject): Timing {
	const what = `Protocol ${protocol.name}: timing`;
	return checkedTiming(callSuite(what, () => protocol.timing?.(input)), what) ?? usualTiming(input);
}

/** How often procs are scraped, as the input says. */
export function scrapeIntervalMs(input: JsonObject): number {
	const {prometheus_scrape_interval: interval, prometheus_scrape_interval_ms: ms} = input;
	return typeof interval === 'string' ? durationMs(interval) : (typeof ms === 'number' ? ms : 200);
}
