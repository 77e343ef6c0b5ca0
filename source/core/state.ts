import {type ClientWindow, type Failure, type Phase, type Runner, type StartedProc, type SuiteOutcome} from './event.ts';
import {type CollectionPause} from './java.ts';
import {type JsonObject} from './json.ts';
import {type LiveSpecs} from './live.ts';
import {type Scraping} from './scraping.ts';

export type ProcState = StartedProc & {
	readonly startedAt: number;
	readonly exitedAt?: number;
	readonly returnCode?: number;
	/** benchdeck ended it. */
	readonly ended?: boolean;
};

/** An attempt whose files were put aside, for the benchmark was to run again. */
type EarlierAttempt = {
	readonly attempt: number;
	/** Relative to the suite directory: `001/attempt-1`. */
	readonly directory: string;
	/** Why it was tried again. */
	readonly message: string;
	/** Undefined where it was cut off. */
	readonly failure?: Failure;
	readonly durationMs?: number;
};

/** The pauses of one JVM. */
type LoggedPauses = {readonly label: string; readonly count: number; readonly totalMs: number; readonly longest: readonly CollectionPause[]};

export type BenchmarkStatus = 'waiting' | 'running' | 'finished' | 'failed';

export type BenchmarkState = {
	/** From 1, in the suite's list. */
	readonly index: number;
	readonly id: string;
	readonly input: JsonObject;
	readonly status: BenchmarkStatus;
	readonly estimateMs: number;
	/** From 1; 0 where it never began. */
	readonly attempt: number;
	/** Attempts before this one, in order. */
	readonly earlier: readonly EarlierAttempt[];
	readonly startedAt?: number;
	readonly endedAt?: number;
	readonly durationMs?: number;
	readonly phase?: Phase;
	readonly phaseAt?: number;
	readonly phaseMs?: number;
	/** How much of the clients' files the analysis has read. */
	readonly analysis?: {readonly bytes: number; readonly totalBytes: number};
	/** When each phase began, in order. */
	readonly phases: ReadonlyArray<{readonly phase: Phase; readonly at: number}>;
	/** In the order of the plan. */
	readonly procs: readonly ProcState[];
	readonly clients: readonly ClientWindow[];
	/** Collections of JVMs that logged them, by proc. */
	readonly pauses: readonly LoggedPauses[];
	readonly overlapMs?: number;
	readonly summary?: string;
	readonly output?: JsonObject;
	/** Its row of results.csv. */
	readonly cells?: readonly string[];
	readonly failure?: Failure;
};

/** All that is known of a run, folded from its events. */
export type RunState = {
	readonly suite: string;
	readonly name: string;
	readonly directory: string;
	readonly engine: string;
	readonly args: JsonObject;
	readonly hosts: readonly string[];
	/** What the protocol has charted. */
	readonly live: LiveSpecs;
	/** Whether its procs are scraped, or why not; undefined where the run does not say. */
	readonly scraping?: Scraping;
	readonly startedAt: number;
	readonly lastEventAt: number;
	/** When whoever watches found the runner gone; no event tells it, and a later one belies it. */
	readonly runnerGoneAt?: number;
	/** Every benchmark of the suite, selected or not, by index. */
	readonly benchmarks: readonly BenchmarkState[];
	/** Indices of what runs, in the order in which it does. */
	readonly selected: readonly number[];
	readonly warnings: ReadonlyArray<{readonly at: number; readonly index?: number; readonly message: string}>;
	/** The process that carries the run out, or did last. */
	readonly runner?: Runner;
	/** The command line: what a resume does again. */
	readonly command?: {readonly argv: readonly string[]; readonly cwd: string};
	/** Its control socket. */
	readonly control?: string;
	/** How often the run was taken up again, and how long it lay still until then in all. */
	readonly resumes: number;
	readonly pausedMs: number;
	/** Hosts that are lost now. */
	readonly lostHosts: ReadonlyArray<{readonly host: string; readonly at: number; readonly message: string}>;
	/** The failed benchmark whose procs are kept alive. */
	readonly held?: {readonly index: number; readonly at: number; readonly labels: readonly string[]; readonly message: string};
	/** Questions without an answer. */
	readonly questions: ReadonlyArray<{readonly question: string; readonly text: string; readonly isHidden: boolean}>;
	/** Why the run is being ended, once it is. */
	readonly stopping?: string;
	readonly outcome?: SuiteOutcome;
	readonly endedAt?: number;
	/** What the end said, where there was more to say than its outcome. */
	readonly endMessage?: string;
};

export const emptyState: RunState = {
	suite: '', name: '', directory: '', engine: '', args: {}, hosts: [], live: {}, startedAt: 0, lastEventAt: 0, benchmarks: [], selected: [], warnings: [],
	resumes: 0, pausedMs: 0, lostHosts: [], questions: [],
};

/** When JVMs stood still the longest: the beginnings of their pauses, epoch ms. */
export function pauseTimes({pauses}: Pick<BenchmarkState, 'pauses'>): readonly number[] {
	return pauses.flatMap(({longest}) => longest.map(({endAt, durationMs}) => endAt - durationMs));
}
