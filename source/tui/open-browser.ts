/*
The results browser: what `benchdeck` alone and `benchdeck browse` open on a terminal. Suites are read through `results`;
what starts processes arrives as actions, and what a person wants done next is the answer.
*/
import {type LiveMetrics} from '../core/console.ts';
import {type CompareOptions} from '../results/compare.ts';
import {type FigureSpec} from '../results/plot/figure-spec.ts';
import {type PlotData} from '../results/plot/plot-data.ts';
import {type ResultSet} from '../results/result-set.ts';
import {type ScreenOptions} from './terminal/open-screen.tsx';

/** Where the browser begins. */
export type BrowserStart =
	| {readonly kind: 'home'}
	| {readonly kind: 'suites'}
	/** A suite directory or a loose results file. */
	| {readonly kind: 'suite'; readonly path: string}
	| {readonly kind: 'benchmark'; readonly path: string; readonly id: string};

/** A suite that can be run here. */
export type RunnableSuite = {
	/** `unreplicated/smoke`. */
	readonly name: string;
	readonly benchmarks: number;
	/** Milliseconds that it takes, about. */
	readonly estimateMs: number;
	/** As its cluster file names them. */
	readonly hosts: readonly string[];
};

export type BrowserActions = {
	/** What would run, as `benchdeck plan` prints it for a width. */
	plan?(suite: string, columns: number): Promise<string>;
	/**
	A comparison of runs, as `benchdeck compare` prints it for a width.

	@throws BenchError where nothing can be compared so.
	*/
	compare?(baseline: ResultSet, contenders: readonly ResultSet[], options: CompareOptions, columns: number): Promise<string>;
	/**
	Draws a figure into a file, with its data and its spec beside it; gives the files.

	@throws BenchError naming what cannot be written.
	*/
	writeFigure?(data: PlotData, spec: FigureSpec): Promise<readonly string[]>;
	/** Serves the `prometheus_data` of a benchmark directory for as long as the metrics are open. */
	serveMetrics?(directory: string): Promise<LiveMetrics>;
	/** Opens a file in $EDITOR or a pager; the screen is given up meanwhile. */
	openFile?(file: string): Promise<void>;
};

export type BrowserOptions = ScreenOptions & {
	readonly start: BrowserStart;
	/** Where suites lie. */
	readonly roots: readonly string[];
	/** The suites that can be run here, as they become known. */
	readonly runnable?: () => AsyncIterable<readonly RunnableSuite[]>;
	readonly actions?: BrowserActions;
	/** @default Date.now */
	readonly clock?: () => number;
};

export type BrowserEnd =
	| {readonly kind: 'quit'}
	| {readonly kind: 'run'; readonly suite: string}
	/** Of each, what is missing or has failed. */
	| {readonly kind: 'resume'; readonly directories: readonly string[]}
	| {readonly kind: 'again'; readonly directories: readonly string[]}
	| {readonly kind: 'attach'; readonly directory: string};

/**
Opens the browser and resolves when it is closed and the terminal restored.

@throws a bug's error, after the terminal is restored
*/
export async function openBrowser(options: BrowserOptions): Promise<BrowserEnd> {
	const {showBrowser} = await import('./screens/show-browser.tsx');
	return showBrowser(options);
}
