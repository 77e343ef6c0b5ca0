/*
What the console gets from outside: where it reads a run, and what it can do to one. The commands make these from the
journal, the files and the control socket; tests make them from arrays. The TUI knows nothing else of a run.
*/
import {type ByteSource} from './byte-source.ts';
import {type RunEvent} from './event.ts';
import {type SeriesSource} from './series.ts';

export type LogStream = 'out' | 'err';

/** A benchmark's samples, live or recorded. */
export type LiveMetrics = {
	/** The samples so far; read anew when `watch` calls back. */
	readonly source: SeriesSource;
	/** Names that have samples, sorted: what the palette offers. */
	names(): readonly string[];
	watch(onChange: () => void): () => void;
	close(): Promise<void>;
};

export type RunSources = {
	/** Hands on the events so far, then those that come, in batches and in order; returns what ends it. */
	follow(onEvents: (events: readonly RunEvent[]) => void): () => void;
	/** Settles once the runner is found to be gone, where that can be told; elsewhere its silence tells. */
	readonly runnerGone?: Promise<void> | undefined;
	/** The log of a proc of a benchmark (`001`, `client_0`), also of an earlier attempt's. */
	log(benchmark: string, label: string, stream: LogStream): ByteSource;
	/** A file of a benchmark directory: `log.txt`, `client_0_data.csv`. */
	file(benchmark: string, name: string): ByteSource;
	metrics(benchmark: string): LiveMetrics;
	/** What clients record while they run, from the tails of their recorder files: for clients that export no metrics. `recordedLive` evaluates it. */
	recorded?(benchmark: string, labels: readonly string[]): LiveMetrics;
};

/** What a person can do to a run; undefined members are what this console has no power to do. */
export type RunActions = {
	/** Ends the benchmark that runs as failed (`skipped`) and goes on with the next. */
	skip?(): Promise<void>;
	/** Ends the run in order. */
	stop?(): Promise<void>;
	/** Lets go of the procs that `--hold` keeps. */
	letGo?(): Promise<void>;
	/** Answers a question of the runner (a key's passphrase). */
	answer?(question: string, text: string): Promise<void>;
	/** Opens a file in $EDITOR or a pager; the screen is given up meanwhile. */
	openFile?(benchmark: string, name: string): Promise<void>;
};
