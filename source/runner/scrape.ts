import {type Clock} from '../core/clock.ts';
import {type MetricsWatch, type WatchMetrics, type WatchStatus} from '../core/metrics-watch.ts';
import {messageOf} from '../core/errors.ts';
import {type BenchmarkHooks} from './hooks.ts';

export type ScrapeHooks = BenchmarkHooks & {
	/** How the scraping of the benchmark that runs goes; nothing between two. */
	status(): readonly WatchStatus[];
};

/** A warm-up this long has time for a small record, once what starts has started. */
const longWarmupMs = 1000;
const startMs = 400;

/** Has the metrics of every proc that exports any scraped and kept in the benchmark directory. A run goes on without them. */
export function scrapeProcs(watchMetrics: WatchMetrics, names: readonly string[], clock: Clock): ScrapeHooks {
	let watch: MetricsWatch | undefined;
	let finishing: Promise<void> | undefined;
	let unsettled: MetricsWatch | undefined;
	let settling: Promise<void> | undefined;
	let hasFailed = false;
	/** Of the benchmark that no other follows. */
	let lastIndex: number | undefined;
	const isOver = new AbortController();
	const settle = (afterMs = 0) => {
		const [before, its] = [settling, unsettled];
		unsettled = undefined;
		settling = (async () => {
			await before;
			await (afterMs > 0 && clock.sleep(afterMs, isOver.signal));
			await its?.settle();
		})();
	};

	return {
		async begin(plans) {
			lastIndex = plans.at(-1)?.index;
		},
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
		async clientsStart({plan: {timing}}) {
			await settling;
			if (timing.warmupMs >= longWarmupMs) {
				settle(startMs);
			} else {
				settle();
				await settling;
			}
		},
		async collect({plan}, stopped) {
			const its = watch;
			finishing ??= (async () => {
				await stopped;
				await its?.finish();
				// Of a benchmark whose clients never started.
				settle();
				unsettled = its;
				// No warm-up follows the last one, or one in which there is no time; its rows are being analysed.
				if (its?.isSmall() === false || plan.index === lastIndex || plan.timing.warmupMs < longWarmupMs) {
					settle();
				}
			})();
		},
		async failed() {
			hasFailed = true;
		},
		async ended() {
			if (finishing) {
				await finishing;
			} else {
				await watch?.finish();
				settle();
				unsettled = watch;
			}

			if (hasFailed) {
				// Another attempt gets this directory, and its record this one's name.
				settle();
				await settling;
			}

			[watch, finishing, hasFailed] = [undefined, undefined, false];
		},
		async over() {
			isOver.abort();
			settle();
			await settling;
			return [];
		},
		status: () => watch?.status() ?? [],
	};
}
