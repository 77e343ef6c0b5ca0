/*
A plot as data: what the terminal draws, what Vega-Lite draws, and what stands in the CSV beside a figure.
*/
export type PlotKind = 'lt' | 'time' | 'cdf' | 'bar';

export type PlotPoint = {
	/** A text for bars. */
	readonly x: number | string;
	readonly y: number;
	/** The band: the mean minus and plus the standard deviation over repetitions; undefined for one run. */
	readonly low: number | undefined;
	readonly high: number | undefined;
	/** How many benchmarks it is the mean of. */
	readonly count: number;
	/** Client loops, of a curve of latency against throughput. */
	readonly clients: number | undefined;
	/** The standard deviation of x over repetitions. */
	readonly xDeviation: number | undefined;
};

export type PlotSeries = {
	readonly name: string;
	/** In the order in which the line goes. */
	readonly points: readonly PlotPoint[];
	/** The place of the knee among the points; undefined where there is none. */
	readonly knee: number | undefined;
	/** The number that tells it from the others, where there is one. */
	readonly shade?: number;
};

export type PlotAxis = {
	/** As results.csv names it. */
	readonly field: string;
	/** For people. */
	readonly title: string;
	readonly isLog: boolean;
	/** Of bars: all that stands along it, in its order. */
	readonly categories?: readonly string[];
};

export type PlotData = {
	readonly kind: PlotKind;
	readonly x: PlotAxis;
	readonly y: PlotAxis;
	readonly series: readonly PlotSeries[];
	/** What a person should know of the plot, one sentence each: what was averaged over, what was left out. */
	readonly notes: readonly string[];
	/** Inputs that points are means over; to group by them draws a line for each. */
	readonly mixed?: readonly string[];
	/** What the shades of all lines are values of. */
	readonly shadeTitle?: string;
};

const mostNamed = 16;

/** What lines that are too many for a legend are coloured by; undefined where each has a name and a look of its own. */
export function shadeOf({series, shadeTitle}: PlotData): string | undefined {
	return series.length > mostNamed ? shadeTitle : undefined;
}
