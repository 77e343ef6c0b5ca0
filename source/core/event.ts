/*
`RunEvent` says everything that happens in a run: kebab-case, past tense, JSON-safe, each with `at` (epoch ms). The
journal (`events.jsonl`) is these events, one JSON object a line; the line printer, `--json`, `show` and the console are
folds over them. Log lines and metric samples are not events: they are far too many.
*/
import {type CollectionPause} from './java.ts';
import {type JsonObject} from './json.ts';
import {type LiveSpecs} from './live.ts';
import {type Scraping} from './scraping.ts';

/** What a benchmark is doing. `measuring` and `warming-up` follow the clients' own clock, so they are estimates. */
export type Phase = 'placing' | 'starting-servers' | 'ready' | 'lagging' | 'warming-up' | 'measuring' | 'stopping' | 'collecting' | 'analysing';

/** Why a benchmark gave no results row, found the way a person would. */
export type Failure = {
	readonly kind:
		| 'proc-died' // Ended by itself before its time, or with a code other than zero.
		| 'not-ready' // A server did not accept within the deadline.
		| 'timed-out' // The clients did not end within the deadline.
		| 'no-data' // A client left no rows.
		| 'port-taken'
		| 'host-lost'
		| 'start-failed'
		| 'not-collected' // A host kept what the procs wrote.
		| 'analysis-failed'
		| 'skipped'; // A person asked for it.
	/** One sentence. */
	readonly message: string;
	/** The proc that died first, if one did. */
	readonly label?: string;
	readonly host?: string;
	readonly returnCode?: number;
	/** The last lines of its stderr, or of its stdout where that is empty. */
	readonly lines?: readonly string[];
	/** The file with its command, relative to the suite directory. */
	readonly commandFile?: string;
	/** What usually causes this, and what to do. */
	readonly hint?: string;
};

/** When a client's rows begin and end, epoch ms. */
export type ClientWindow = {readonly label: string; readonly rows: number; readonly firstAt: number; readonly lastAt: number};

export type SuiteOutcome = 'finished' | 'failed' | 'interrupted';

/** The process that carries a run out. */
export type Runner = {readonly pid: number; readonly hostname: string; readonly version: string};

/** A proc that has its pid. */
export type StartedProc = {
	readonly label: string;
	readonly role: string;
	readonly host: string;
	readonly ip: string;
	readonly port?: number;
	readonly metricsPort?: number;
	readonly pid: number;
	/** Its place in the plan, from 0: procs start side by side, so the order of their events is nobody's. Older journals lack it. */
	readonly place?: number;
};

export type RunEvent = {readonly at: number} & (
	| {
		readonly type: 'suite-started';
		/** `multipaxos/smoke`, or the path of a file. */
		readonly suite: string;
		/** As in the directory's name. */
		readonly name: string;
		readonly directory: string;
		readonly engine: string;
		readonly args: JsonObject;
		/** All inputs of the suite; `selected` says which of them run. */
		readonly inputs: readonly JsonObject[];
		readonly selected: readonly number[];
		/** Estimated milliseconds for each selected benchmark. */
		readonly estimatesMs: readonly number[];
		readonly runner: Runner;
		/** Hosts that the run needs, as the cluster file names them. */
		readonly hosts: readonly string[];
		/** The path of the runner's control socket, on its machine. */
		readonly control?: string;
		/** The command line: what a resume does again. */
		readonly command?: {readonly argv: readonly string[]; readonly cwd: string};
		/** What the protocol has charted; journals of version 0.1 lack it. */
		readonly live?: LiveSpecs;
		/** Whether its procs are scraped, or why not; likewise. */
		readonly scraping?: Scraping;
	}
	| {
		/** A second runner took the run up in the same directory. */
		readonly type: 'suite-resumed';
		/** What it runs: what was missing or had failed. */
		readonly selected: readonly number[];
		readonly estimatesMs: readonly number[];
		readonly runner: Runner;
		readonly hosts: readonly string[];
		readonly control?: string;
	}
	| {readonly type: 'benchmark-started'; readonly index: number; readonly id: string; readonly attempt: number}
	| {readonly type: 'phase-entered'; readonly index: number; readonly phase: Phase; readonly expectedMs?: number}
	| (StartedProc & {readonly type: 'proc-started'; readonly index: number})
	| {readonly type: 'proc-exited'; readonly index: number; readonly label: string; readonly returnCode?: number; readonly ended: boolean}
	/** `labels`: the procs that ran there. */
	| {readonly type: 'host-lost'; readonly host: string; readonly labels?: readonly string[]; readonly message: string}
	| {readonly type: 'host-regained'; readonly host: string; readonly afterMs: number}
	| {
		/** An attempt failed, or was cut off, and the benchmark is to run again; its files were put aside. */
		readonly type: 'attempt-discarded';
		readonly index: number;
		readonly id: string;
		readonly attempt: number;
		/** Relative to the suite directory: `001/attempt-1`. */
		readonly directory: string;
		/** Why it is tried again, one sentence. */
		readonly message: string;
		/** Undefined where the attempt was cut off. */
		readonly failure?: Failure;
		readonly durationMs?: number;
	}
	/** The procs of a failed benchmark are kept alive until a person lets go. */
	| {readonly type: 'held'; readonly index: number; readonly id: string; readonly labels: readonly string[]; readonly message: string}
	| {readonly type: 'let-go'; readonly index: number}
	/** The runner needs an answer of a person: a key's passphrase. `isHidden`: what is typed must not show. */
	| {readonly type: 'question-asked'; readonly question: string; readonly text: string; readonly isHidden: boolean}
	| {readonly type: 'question-answered'; readonly question: string}
	/** The run ends in order from here on: a person wants it, or too much failed. */
	| {readonly type: 'stop-requested'; readonly message: string}
	| {readonly type: 'warned'; readonly index?: number; readonly message: string}
	| {readonly type: 'clients-measured'; readonly index: number; readonly clients: readonly ClientWindow[]; readonly overlapMs: number}
	| {
		/** What a JVM logged of its collections: every thread stood still meanwhile. `pauses.csv` holds all, this the longest. */
		readonly type: 'pauses-logged';
		readonly index: number;
		readonly label: string;
		readonly count: number;
		readonly totalMs: number;
		readonly longest: readonly CollectionPause[];
	}
	| {readonly type: 'analysis-progressed'; readonly index: number; readonly bytes: number; readonly totalBytes: number}
	| {
		readonly type: 'benchmark-finished';
		readonly index: number;
		readonly id: string;
		readonly durationMs: number;
		readonly summary: string;
		readonly output: JsonObject;
		/** Its row of results.csv. */
		readonly cells?: readonly string[];
	}
	| {readonly type: 'benchmark-failed'; readonly index: number; readonly id: string; readonly durationMs: number; readonly failure: Failure}
	| {readonly type: 'heartbeat'}
	| {readonly type: 'suite-finished'; readonly outcome: SuiteOutcome; readonly finished: number; readonly failed: number; readonly message?: string}
);

export type RunEventType = RunEvent['type'];
export type RunEventOf<Type extends RunEventType> = Extract<RunEvent, {readonly type: Type}>;

/** Takes an event; never blocks and never throws into the runner. */
export type Emit = (event: RunEvent) => void;
