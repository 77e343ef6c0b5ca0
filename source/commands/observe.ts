import {recordedNames} from '../core/scraping.ts';
import {type Host} from '../core/host.ts';
import {askPrometheus} from '../metrics/ask-prometheus.ts';
import {openEndpoints} from '../metrics/open-endpoint.ts';
import {watchMetrics} from '../metrics/watch-metrics.ts';
import {type BenchmarkHooks} from '../runner/hooks.ts';
import {logCollections} from '../runner/log-collections.ts';
import {monitorBenchmarks} from '../runner/monitor.ts';
import {profileProcs} from '../runner/profile.ts';
import {scrapeProcs, type ScrapeHooks} from '../runner/scrape.ts';
import {type Prepared} from './prepare.ts';
import {systemClock as clock} from './system-clock.ts';

export type Observers = {
	/** Undefined where a person wants no scraping. */
	readonly scraping: ScrapeHooks | undefined;
	readonly hooks: readonly BenchmarkHooks[];
};

/** Who looks on while benchmarks run: the scraper, Prometheus, readers of what JVMs log. */
export function createObservers({suite: {protocol}, flags}: Prepared, hostOf: (address: string) => Promise<Host>): Observers {
	const open = openEndpoints(hostOf);
	const names = recordedNames(protocol.live, protocol.jobs?.prefix ?? protocol.name);
	const scraping = flags.given('scrape') === false ? undefined : scrapeProcs(async options => watchMetrics(options, {clock, open}), names, clock);
	return {
		scraping,
		hooks: [
			...(scraping ? [scraping] : []),
			monitorBenchmarks({hostOf, clock, random: Math.random, ask: askPrometheus}),
			logCollections(hostOf),
			profileProcs({hostOf, clock, isProfiled: ({input}) => flags.is('profile') || input['profiled'] === true, roles: protocol.profiled ?? protocol.start}),
		],
	};
}
