import {type Engine} from './protocol.ts';
import {liveMetrics, type LiveSpecs} from './live.ts';
import {type PlannedProc} from './plan.ts';

/** Whether the procs of a run are scraped, and where not, why: a sentence that says what to do. */
export type Scraping = {readonly isOn: true} | {readonly isOn: false; readonly reason: string};

/** What is known of the scraping of a run before anything starts: it is on where any of its procs exports metrics. */
export function scrapingOf(procs: readonly PlannedProc[], {engine, isRefused}: {readonly engine: Engine; readonly isRefused: boolean}): Scraping {
	if (isRefused) {
		return {isOn: false, reason: 'Scraping was turned off with --no-scrape.'};
	}

	return procs.some(({metricsPort}) => metricsPort !== undefined)
		? {isOn: true}
		: {
			isOn: false,
			reason: engine === 'jar' ? 'The JAR exports no metrics without -m or --scrape.' : 'The procs of this suite export no metrics.',
		};
}

/** Whether procs export metrics where nobody asked: the JAR does with -m or --scrape alone. */
export function isScrapedByDefault(engine: Engine): boolean {
	return engine !== 'jar';
}

/**
The names that are recorded at every scrape: what the live charts are made of and each proc's use of the processor. A protocol without
live charts has all of its own metrics recorded.
*/
export function recordedNames(live: LiveSpecs | undefined, prefix: string): readonly string[] {
	const specs = Object.values(live ?? {});
	return [...new Set([...(specs.length === 0 ? [`${prefix}_*`] : specs.flatMap(spec => liveMetrics(spec))), 'process_cpu_seconds_total'])];
}
