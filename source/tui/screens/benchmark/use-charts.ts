import {useEffect, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {guessedLive, type OverTime, overSamples, overTime, recordedOverTime, sampling} from '../../../results/over-time.ts';
import {type BrowserActions} from '../../open-browser.ts';
import {type TimeRange} from '../../text/time-chart.ts';

type ChartSources = {
	/** What there is to chart, the best first. */
	readonly sources: readonly OverTime[];
	readonly isReading: boolean;
	/** Why there is nothing, or less than there could be. */
	readonly note?: string;
};

/** The time that a benchmark took, with a little room. */
export function rangeOf({startedAt, stoppedAt, phases, procs}: ViewedBenchmark): TimeRange {
	const ends = [stoppedAt, ...phases.map(({at}) => at), ...procs.map(({exitedAt}) => exitedAt)].filter(at => at !== undefined);
	return {from: startedAt, to: Math.max(startedAt + 1000, ...ends)};
}

/** Figures over a benchmark's time: from recorder rows, from recorded metrics, or from a Prometheus that is started on its data. */
export function useCharts(view: ViewedBenchmark, serveMetrics: BrowserActions['serveMetrics']): ChartSources {
	const [charts, setCharts] = useState<ChartSources>({sources: [], isReading: true});
	useEffect(() => {
		const abort = new AbortController();
		let stop: (() => Promise<void>) | undefined;
		const sources: OverTime[] = [];
		const notes: string[] = [];
		const add = (found: OverTime | undefined) => {
			if (found) {
				sources.push(found);
			}
		};

		const attempt = async (read: () => Promise<void>) => {
			try {
				await read();
			} catch (error) {
				notes.push(messageOf(error));
			}
		};

		const range = rangeOf(view);
		const read = async () => {
			await attempt(async () => {
				add(await overTime(view.path));
			});
			await attempt(async () => {
				add(await recordedOverTime(view.path, view.run.state?.live ?? {}, range));
			});
			if (view.hasPrometheusData && serveMetrics && !abort.signal.aborted) {
				setCharts({sources: [...sources], isReading: true, note: 'Starting a Prometheus on prometheus_data …'});
				await attempt(async () => {
					const metrics = await serveMetrics(view.path);
					stop = metrics.close;
					const found = overSamples(metrics.source, guessedLive(metrics.names()), range, {...sampling, windowMs: 2000});
					add(found && {...found, origin: 'prometheus_data, over 2 s'});
				});
			}

			if (abort.signal.aborted) {
				await stop?.();
				return;
			}

			// A benchmark of a few seconds has a few windows; its samples tell more.
			const ranked = sources.toSorted((one, other) => Number(points(other) >= few) - Number(points(one) >= few));
			setCharts({sources: ranked, isReading: false, note: notes[0] ?? (ranked.length > 0 ? undefined : missingNote(view))});
		};

		void read();
		return () => {
			abort.abort();
			void stop?.();
		};
	}, [view, serveMetrics]);
	return charts;
}

const few = 10;

function points({throughput}: OverTime): number {
	return throughput[0]?.times.length ?? 0;
}

function missingNote({hasPrometheusData, benchmark}: ViewedBenchmark): string {
	if (hasPrometheusData) {
		return 'prometheus_data holds nothing of its time.';
	}

	return benchmark.status === 'failed' ? 'It failed before anything was measured.' : 'Nothing over time was kept: its clients\' rows were removed, and no metrics were recorded.';
}
