/*
Samples and questions on which our functions and Prometheus have to agree: resets, gaps, counters that begin or end within
the window, histograms over several procs, buckets that are not monotonic.
*/
import {counterRate} from '../../source/core/promql-rate.ts';
import {histogramQuantile} from '../../source/core/promql-quantile.ts';
import {bucketsOf, rates, sum} from '../../source/core/promql-sum.ts';
import {SeriesStore} from '../../source/core/series-store.ts';
import {seriesText, type Labels, type SeriesSource} from '../../source/core/series.ts';

export type Question = {
	readonly promql: string;
	/** Epoch ms. */
	readonly at: number;
	/** Our answer: text of the labels → value. */
	readonly ours: () => Readonly<Record<string, number>>;
};

const startAt = 1_617_820_860_000;
const intervalMs = 200;

export const scenario: SeriesSource & {readonly openMetrics: string} = build();

export const questions: readonly Question[] = [640, 1037, 2411, 4999, 7003, 9901].flatMap(offset => {
	const at = startAt + offset;
	return [700, 1000, 2000, 5000].flatMap(windowMs => questionsAt(at, windowMs));
});

function questionsAt(at: number, windowMs: number): readonly Question[] {
	const perSeries = ['steady_total', 'resetting_total', 'gappy_total', 'late_total', 'ending_total'].map(metric => ({
		promql: `rate(${metric}[${windowMs}ms])`,
		at,
		ours: () => Object.fromEntries(scenario.select(metric).flatMap(series => {
			const value = counterRate(series, at, windowMs);
			return value === undefined ? [] : [[seriesText('', series.labels), value]];
		})),
	}));
	const vector = (metric: string) => rates(scenario.select(metric), at, windowMs);
	return [
		...perSeries,
		{
			promql: `sum(rate(latency_sum[${windowMs}ms])) / sum(rate(latency_count[${windowMs}ms]))`,
			at,
			ours: () => single((sum(vector('latency_sum')) ?? NaN) / (sum(vector('latency_count')) ?? NaN), vector('latency_sum').length > 0),
		},
		...[0, 0.1, 0.5, 0.9, 0.99, 0.999, 1, -0.5, 1.5].flatMap(q => ['latency', 'crooked', 'negative'].map(metric => ({
			promql: `histogram_quantile(${q}, sum by (le) (rate(${metric}_bucket[${windowMs}ms])))`,
			at,
			ours: () => single(histogramQuantile(q, bucketsOf(vector(`${metric}_bucket`))), vector(`${metric}_bucket`).length > 0),
		}))),
	];
}

function single(value: number, there: boolean): Readonly<Record<string, number>> {
	return there ? {'': value} : {};
}

function build(): SeriesSource & {readonly openMetrics: string} {
	const store = new SeriesStore();
	const lines: string[] = [];
	const random = repeatableRandom();
	const put = (metric: string, labels: Labels, values: (step: number) => number | undefined) => {
		for (let step = 0; step < 50; step++) {
			const value = values(step);
			// A scrape is seldom exactly on its time.
			const at = startAt + (step * intervalMs) + Math.floor(random() * 9);
			if (value === undefined) {
				continue;
			}

			store.add(metric, labels, at, value);
			lines.push(`${seriesText(metric, labels)} ${value} ${(at / 1000).toFixed(3)}`);
		}
	};

	const instances = ['127.0.0.1:10001', '127.0.0.1:10101', '127.0.0.1:10201'];
	for (const [index, instance] of instances.entries()) {
		const labels = {instance, job: 'unreplicated_client'};
		const growth = 10 + (index * 7.25);
		put('steady_total', labels, step => step * growth);
		put('resetting_total', labels, step => (step % (11 + index)) * growth);
		put('gappy_total', labels, step => (random() < 0.45 ? undefined : step * growth));
		put('late_total', labels, step => (step < 20 + index ? undefined : (step - 19) ** 2));
		put('ending_total', labels, step => (step > 12 + index ? undefined : 1e6 + (step * growth)));
		const counts = [0.1, 0.25, 0.5, 1, 2.5, Infinity].map((le, bucket) => ({le, perStep: Math.floor(random() * 40) * (bucket + 1)}));
		for (const [bucket, {le, perStep}] of counts.entries()) {
			const below = counts.slice(0, bucket + 1).reduce((total, one) => total + one.perStep, 0);
			const bound = le === Infinity ? '+Inf' : String(le);
			put('latency_bucket', {...labels, le: bound}, step => below * step);
			put('crooked_bucket', {...labels, le: bound}, step => perStep * step);
			put('negative_bucket', {...labels, le: le === Infinity ? '+Inf' : String(le - 1)}, step => below * step);
		}

		const total = counts.reduce((all, {perStep}) => all + perStep, 0);
		put('latency_count', labels, step => (step % 30) * total);
		put('latency_sum', labels, step => (step % 30) * total * 0.37);
	}

	return {select: metric => store.select(metric), openMetrics: `${lines.join('\n')}\n# EOF\n`};
}

/** Random numbers that are the same everywhere (Lehmer's generator). */
function repeatableRandom(): () => number {
	let state = 7;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}
