import {type MetricsWatch, type WatchMetrics, type WatchStatus} from '../core/metrics-watch.ts';
import {messageOf} from '../core/errors.ts';
import {type BenchmarkHooks} from './hooks.ts';

export type ScrapeHooks = BenchmarkHooks & {
	/** How the scraping of the benchmark that runs goes; nothing between two. */
	status(): readonly WatchStatus[];
};

/** Has the metrics of every proc that exports any scraped and kept in the benchmark directory. A run goes on without them. */
export function scrapeProcs(watchMetrics: WatchMetrics, names: readonly string[]): ScrapeHooks {
	let watch: MetricsWatch | undefined;
	let finishing: Promise<void> | undefined;
	let settling: Promise<void> | undefined;
	return {
		async place({plan, directory, emit}) {
			if (plan.procs.every(({metricsPort}) => metricsPort === undefined)) {
				return;
			}

			const warn = (message: string) => {
				emit({type: 'warned', index: plan.index, message});
			};

			try {
				watch = await watchMetrics({directory: directory.path, names, intervalMs: plan.scrapeIntervalMs, onTrouble: warn});
			} catch (error) {
				warn(`${messageOf(error)} The benchmark runs without its metrics.`);
			}
		},
		procStarted(_context, {plan: {label, job, host, ip, metricsPort}, proc}) {
			const its = watch;
			if (metricsPort === undefined || !its) {
				return;
			}

			its.add({label, job, host, ip, port: metricsPort});
			void (async () => {
				await proc.exited;
				its.remove(label);
			})();
		},
		// A disk at work would disturb the measurement.
		async clientsStart() {
			await settling;
		},
		// The record is made whole while the benchmark is analysed.
		async collect(_context, stopped) {
			const its = watch;
			finishing ??= (async () => {
				await stopped;
				await its?.finish();
			})();
		},
		async ended() {
			await (finishing ?? watch?.finish());
			settling = watch?.settle();
			[watch, finishing] = [undefined, undefined];
		},
		async over() {
			await settling;
			return [];
		},
		status: () => watch?.status() ?? [],
	};
}
