import {type Clock} from '../core/clock.ts';
import {type MetricsWatch, type WatchOptions} from '../core/metrics-watch.ts';
import {startMetricsRecorder} from './metrics-recorder.ts';
import {type OpenChannel} from './scrape-connection.ts';
import {startScraper} from './scraper.ts';

/** An interval shorter than this would be the load that is measured. */
const minIntervalMs = 10;

/** A program that starts has better things to do than to answer, and so has its machine. */
const spareMs = 200;

/**
Scrapes the procs of one benchmark and records what they say.

@param open Opens connections to their endpoints; by default from this machine.
@throws BenchError `metrics` where the record cannot be begun.
*/
export async function watchMetrics({directory, names, intervalMs, onTrouble}: WatchOptions, {clock, open}: {readonly clock: Clock; readonly open?: OpenChannel}): Promise<MetricsWatch> {
	const recorder = await startMetricsRecorder({directory, names, onTrouble});
	const scraper = startScraper({
		clock,
		intervalMs: Math.max(minIntervalMs, intervalMs),
		spareMs,
		namesOf: (endpoint, at) => recorder.namesOf(endpoint, at),
		onScrape(scrape) {
			recorder.record(scrape);
		},
		onMiss(endpoint, at) {
			recorder.miss(endpoint, at);
		},
		onTrouble,
		...(open && {open}),
	});

	return {
		add(proc) {
			scraper.add(proc);
		},
		remove(label) {
			scraper.remove(label);
		},
		status: () => scraper.status(),
		async finish() {
			await scraper.stop();
			await recorder.finish();
		},
		isSmall: () => recorder.isSmall(),
		settle: async () => recorder.settle(),
	};
}
