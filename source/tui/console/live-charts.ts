/*
The figures of a benchmark over its time, computed once for each moment and kept: a grid of times that begins with the
benchmark, whose step doubles when it has grown long. Samples are read where they lie; nothing here asks for them.
*/
import {type LiveMetrics, type RunSources} from '../../core/console.ts';
import {type LiveSpecs} from '../../core/live.ts';
import {compareNaturally} from '../../core/natural-order.ts';
import {type SeriesSource} from '../../core/series.ts';
import {type ChartReading, type ChartSpec, firstMetric, readChart, specFor} from './metric-spec.ts';

export type Chart = {
	/** `throughput`, or a metric's name. */
	readonly name: string;
	/** Epoch ms of the first point, and ms between two. */
	readonly from: number;
	readonly stepMs: number;
	readonly points: ReadonlyArray<ChartReading | undefined>;
	/** Points by process (`instance`), where they were asked for. */
	readonly split?: ReadonlyMap<string, ReadonlyArray<number | undefined>>;
	/** Why there is nothing, and what to do; undefined where there is something. */
	readonly reason?: string;
};

type ChartedBenchmark = {
	readonly id: string;
	readonly startedAt: number;
	readonly endedAt?: number;
	/** Processes whose recorder files tell of them where nothing is scraped. */
	readonly clients: readonly string[];
};

type ChartWishes = {
	readonly specs: LiveSpecs;
	/** More metrics, by name. */
	readonly metrics: readonly string[];
	/** Name of the chart that is wanted for each process. */
	readonly split?: string;
	/** Why nothing is scraped, where it is so. */
	readonly unscraped?: string;
	/** What to draw from the recorder files, as far as there are some, where nothing is scraped or the specs lack it. */
	readonly recordedSpecs: LiveSpecs;
};

const mostPoints = 600;
const firstStepMs = 250;
const windowMs = 1000;
const recordedWindowMs = 2000;

type Grid = {readonly spec: ChartSpec; readonly source: SeriesSource; readonly windowMs: number; points: Array<ChartReading | undefined>; split: Map<string, Array<number | undefined>>};

export class LiveCharts {
	readonly #sources: Pick<RunSources, 'metrics' | 'recorded'>;
	readonly #clock: () => number;
	readonly #refreshMs: number;
	readonly #listeners = new Set<() => void>();
	#benchmark: ChartedBenchmark | undefined;
	#wishes: ChartWishes = {specs: {}, metrics: [], recordedSpecs: {}};
	#metrics: LiveMetrics | undefined;
	#recorded: LiveMetrics | undefined;
	#grids = new Map<string, Grid>();
	#stepMs = firstStepMs;
	#charts: readonly Chart[] = [];
	#timer: NodeJS.Timeout | undefined;

	/**
	Charts of nothing, until `show`.

	@param refreshMs How often figures are worked out at most.
	*/
	constructor(sources: Pick<RunSources, 'metrics' | 'recorded'>, clock: () => number, refreshMs = 250) {
		this.#sources = sources;
		this.#refreshMs = refreshMs;
		this.#clock = clock;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly charts = (): readonly Chart[] => this.#charts;

	/** Names that the palette offers. */
	names(): readonly string[] {
		return this.#metrics?.names() ?? [];
	}

	/** Charts another benchmark, or the same further on. */
	show(benchmark: ChartedBenchmark | undefined, wishes: ChartWishes): void {
		if (benchmark?.id !== this.#benchmark?.id || benchmark?.startedAt !== this.#benchmark?.startedAt) {
			this.#close();
			this.#open(benchmark, wishes);
		}

		const hadClients = (this.#benchmark?.clients.length ?? 0) > 0;
		const hasEnded = benchmark?.endedAt !== undefined && this.#benchmark?.endedAt === undefined;
		const isChanged = wishes.split !== this.#wishes.split || wishes.metrics.length !== this.#wishes.metrics.length || wishes.specs !== this.#wishes.specs || hasEnded;
		this.#benchmark = benchmark;
		this.#wishes = wishes;
		if (benchmark && !hadClients && benchmark.clients.length > 0) {
			this.#openRecorded(benchmark);
		}

		if (isChanged) {
			this.#plan();
		}
	}

	close(): void {
		this.#close();
		this.#listeners.clear();
	}

	#open(benchmark: ChartedBenchmark | undefined, wishes: ChartWishes): void {
		this.#benchmark = benchmark;
		this.#wishes = wishes;
		if (!benchmark) {
			return;
		}

		this.#metrics = this.#sources.metrics(benchmark.id);
		this.#metrics.watch(() => {
			this.#plan();
		});
		if (benchmark.clients.length > 0) {
			this.#openRecorded(benchmark);
		}

		this.#plan();
	}

	#openRecorded(benchmark: ChartedBenchmark): void {
		const isWanted = this.#wishes.unscraped !== undefined || this.#lacking().length > 0;
		if (!isWanted || this.#recorded !== undefined || !this.#sources.recorded) {
			return;
		}

		this.#recorded = this.#sources.recorded(benchmark.id, benchmark.clients);
		this.#recorded.watch(() => {
			this.#plan();
		});
	}

	#close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		void this.#metrics?.close();
		void this.#recorded?.close();
		this.#metrics = undefined;
		this.#recorded = undefined;
		this.#benchmark = undefined;
		this.#grids = new Map();
		this.#stepMs = firstStepMs;
		this.#charts = [];
	}

	// Scrapes come five times a second from each of a hundred procs; a picture four times a second is enough.
	#plan(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#compute();
		}, this.#refreshMs);
	}

	#compute(): void {
		const benchmark = this.#benchmark;
		if (!benchmark || !this.#metrics) {
			return;
		}

		const names = this.#metrics.names();
		const metrics = this.#metrics.source;
		const wanted: ReadonlyArray<readonly [string, ChartSpec, SeriesSource, number]> = [
			...Object.entries(this.#wishes.specs).map(([name, spec]) => [name, spec, metrics, windowMs] as const),
			...this.#wishes.metrics.map(name => [name, specFor(name, names), metrics, windowMs] as const),
		];
		const until = Math.min(benchmark.endedAt ?? Infinity, this.#clock());
		while ((until - benchmark.startedAt) / this.#stepMs > mostPoints) {
			this.#widen();
		}

		const asked = wanted.map(([name, spec, source, window]) => {
			const scraped = this.#extended(name, {spec, source, window, until});
			return this.#chartOf(name, hasPoints(scraped) ? scraped : this.#recordedGrid(name, until) ?? scraped);
		});
		const lacking = this.#lacking().map(name => [name, this.#recordedGrid(name, until)] as const);
		this.#charts = [...asked, ...lacking.flatMap(([name, grid]) => grid && hasPoints(grid) ? [this.#chartOf(name, grid)] : [])];
		for (const listener of this.#listeners) {
			listener();
		}
	}

	/** What the specs say nothing of, though clients may record it. */
	#lacking(): readonly string[] {
		return Object.keys(this.#wishes.recordedSpecs).filter(name => !(name in this.#wishes.specs));
	}

	#recordedGrid(name: string, until: number): Grid | undefined {
		const spec = this.#wishes.recordedSpecs[name];
		return this.#recorded && spec && this.#extended(`recorded ${name}`, {spec, source: this.#recorded.source, window: recordedWindowMs, until});
	}

	// Every other point of a grid that has grown long.
	#widen(): void {
		this.#stepMs *= 2;
		for (const grid of this.#grids.values()) {
			grid.points = grid.points.filter((_, place) => place % 2 === 0);
			for (const [key, values] of grid.split) {
				grid.split.set(key, values.filter((_, place) => place % 2 === 0));
			}
		}
	}

	#extended(key: string, {spec, source, window, until}: {readonly spec: ChartSpec; readonly source: SeriesSource; readonly window: number; readonly until: number}): Grid {
		const {startedAt} = this.#benchmark!;
		const known = this.#grids.get(key);
		const isSplit = this.#wishes.split !== undefined && key.endsWith(this.#wishes.split);
		// A file that was loaded is another source, or the same one with more in it than when it was asked first.
		const isUsable = known?.source === source && (known.split.size > 0) === isSplit && hasPoints(known);
		const grid: Grid = isUsable ? known : {spec, source, windowMs: window, points: [], split: new Map()};
		this.#grids.set(key, grid);
		const newest = newestSample(source, firstMetric(spec));
		const end = Math.min(until, newest);
		for (let at = startedAt + (grid.points.length * this.#stepMs); at <= end; at += this.#stepMs) {
			const place = grid.points.length;
			grid.points.push(readChart(spec, source, at, window));
			if (isSplit) {
				for (const instance of instancesOf(source, firstMetric(spec))) {
					const values = grid.split.get(instance) ?? [];
					values[place] = readChart(spec, source, at, window, ({labels}) => labels['instance'] === instance)?.figures[0]?.value;
					grid.split.set(instance, values);
				}
			}
		}

		return grid;
	}

	#chartOf(name: string, grid: Grid): Chart {
		return {
			name, from: this.#benchmark!.startedAt, stepMs: this.#stepMs, points: [...grid.points],
			split: grid.split.size > 0 ? new Map(grid.split) : undefined,
			reason: hasPoints(grid) ? undefined : this.#reason(),
		};
	}

	#reason(): string {
		if (this.#wishes.unscraped !== undefined) {
			return this.#wishes.unscraped;
		}

		return this.#benchmark?.endedAt === undefined ? 'no samples yet' : 'no samples were kept of this benchmark';
	}
}

function hasPoints({points}: Grid): boolean {
	return points.some(point => point !== undefined);
}

function newestSample(source: SeriesSource, metric: string): number {
	let newest = -Infinity;
	for (const {times} of source.select(metric)) {
		newest = Math.max(newest, times.at(-1) ?? -Infinity);
	}

	return newest;
}

function instancesOf(source: SeriesSource, metric: string): readonly string[] {
	return [...new Set(source.select(metric).map(({labels}) => labels['instance'] ?? ''))].toSorted(compareNaturally);
}
