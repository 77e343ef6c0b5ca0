/*
What an analysis of recorder files is asked, and what it answers. Both cross from one thread to another, so they are
plain data.
*/
import {type Figures} from '../core/figures.ts';

export type RecorderFile = {
	/** What messages call it. */
	readonly path: string;
	/** Where its bytes are, if not at `path`: of what came through a pipe. */
	readonly bytesAt?: string;
	/** The client's: `client_0`. */
	readonly label: string;
};

export type RecorderFormat = 'labelled' | 'unlabelled';

export type RecorderRequest = {
	readonly files: readonly RecorderFile[];
	/** `detect` takes it from the files' headers, which must agree. */
	readonly format: RecorderFormat | 'detect';
	/** Rows that start earlier than this after the first start of all files count for no figure. */
	readonly dropPrefixMs: number;
	/** Only the figures of these labels, which must be there; the prefix is that of all rows. */
	readonly labels?: readonly string[];
	/** Rows that do not parse are counted and left out, rather than an error. Default false. */
	readonly skipBadRows?: boolean;
	/** What a file without rows is: an error that names it (`fail`, the default), or a warning where another file has some. A file that is missing is always an error. */
	readonly emptyFiles?: 'fail' | 'warn';
	/** Where to write all rows, sorted by start: data.csv.gz. */
	readonly keepData?: string;
	/** Where to write the windows: series.csv. */
	readonly series?: string;
	/** Where to write the latency buckets: histogram.csv. */
	readonly histogram?: string;
	/** Length of a window, default 1000. */
	readonly windowMs?: number;
	/** Also return the windows. Default false. */
	readonly withWindows?: boolean;
	/** Also return the latency buckets of histogram.csv. Default false. */
	readonly withHistogram?: boolean;
};

export type Quantiles<Name extends string> = Readonly<Record<Name, number>>;

/** The figures of one label. NaN where there is nothing to work a figure out of. README.md here says what each means. */
export type LabelFigures = Figures & {
	readonly rows: number;
	/** Requests: the sum of the rows' counts. */
	readonly count: number;
	/** Beyond the fourteen figures of results.csv, over rows. The standard deviation is the sample's (n−1). */
	readonly tail: Quantiles<'p999_ms' | 'p9999_ms' | 'std_ms'>;
	/** How many rows lie beyond each latency quantile; fewer than ten do not support it. */
	readonly rows_beyond: Quantiles<'p90' | 'p95' | 'p99' | 'p999' | 'p9999'>;
	/** How many values the throughput figures are made of, and how many lie beyond each of their quantiles. */
	readonly throughput_rows: number;
	readonly throughput_rows_beyond: Quantiles<'p90' | 'p95' | 'p99'>;
	/** Latency with each row counted as often as it has requests; only where a row stands for several. */
	readonly weighted_latency?: Quantiles<'mean_ms' | 'median_ms' | 'p90_ms' | 'p95_ms' | 'p99_ms' | 'p999_ms' | 'p9999_ms'>;
	/** Requests a second that started, and that were answered, between the label's first and last start, and that span. */
	readonly rates: Quantiles<'offered' | 'completed' | 'span_s'>;
	/** First start and last stop, epoch ms. */
	readonly first_at: number;
	readonly last_at: number;
};

/** One window of one label. */
export type Window = {
	readonly label: string;
	/** Epoch ms. */
	readonly at: number;
	/** Requests that started in it. */
	readonly count: number;
	/** The same per second. */
	readonly throughput: number;
	/** Of the rows that started in it; NaN where there is none. */
	readonly p50_ms: number;
	readonly p95_ms: number;
	readonly p99_ms: number;
	readonly max_ms: number;
};

/** Rows of one label by latency, as in histogram.csv: those up to and including `le_nanos` that are in no lower bucket. */
export type Bucket = {readonly label: string; readonly le_nanos: number; readonly count: number};

export type FileReport = RecorderFile & {
	/** Rows that were read, prefix included. */
	readonly rows: number;
	/** First start and last stop, epoch ms; NaN where there are no rows. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** Rows at the end that have no line end: 0 or 1. They are left out. */
	readonly cutRows: number;
	/** Rows that do not parse and were left out. */
	readonly badRows: number;
};

export type RecorderAnalysis = {
	readonly format: RecorderFormat;
	/** In order of first appearance among the sorted rows; `all` where rows have no label. */
	readonly labels: Readonly<Record<string, LabelFigures>>;
	readonly files: readonly FileReport[];
	/** Sentences. */
	readonly warnings: readonly string[];
	readonly windows?: readonly Window[];
	readonly histogram?: readonly Bucket[];
};
