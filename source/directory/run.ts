import {type Failure, type SuiteOutcome} from '../core/event.ts';
import {type JsonObject} from '../core/json.ts';
import {type BenchmarkStatus, type RunState} from '../core/state.ts';

export type RunStatus = SuiteOutcome | 'running';

/** A run as its suite directory tells it. Absolute times are epoch ms with a fraction. */
export type Run = {
	/** Absolute. */
	readonly path: string;
	/** Its last part. */
	readonly name: string;
	/** The ten letters in its name; undefined where the directory was renamed. */
	readonly word: string | undefined;
	/** `unreplicated/smoke` where args.json or the journal say so, else what the name ends in. */
	readonly suite: string;
	readonly status: RunStatus;
	/** The texts of start_time.txt and stop_time.txt. */
	readonly started: string | undefined;
	readonly stopped: string | undefined;
	readonly startedAt: number | undefined;
	readonly stoppedAt: number | undefined;
	readonly args: JsonObject;
	/** The columns of results.csv. */
	readonly columns: readonly string[];
	/** How many the suite was to run. */
	readonly total: number;
	readonly benchmarks: readonly RunBenchmark[];
	/** The journal, folded; undefined for a directory without one. */
	readonly state: RunState | undefined;
	/** What is missing or damaged, one sentence each. */
	readonly warnings: readonly string[];
};

export type RunBenchmark = {
	/** From 1: its place in the suite's list of inputs. */
	readonly index: number;
	/** `001`. */
	readonly id: string;
	/** Its directory; undefined where there is none. */
	readonly path: string | undefined;
	/** `waiting` only where the journal tells of benchmarks that never began. */
	readonly status: BenchmarkStatus | 'interrupted';
	readonly input: JsonObject;
	/** Result columns, nested by their dots; undefined where it has no row. NaN and None are null. */
	readonly output: JsonObject | undefined;
	/** From 1; 0 where it never began. */
	readonly attempt: number;
	readonly failure: Failure | undefined;
	readonly startedAt: number | undefined;
	readonly stoppedAt: number | undefined;
	/** In launch order where that is known; empty where they were not asked for. */
	readonly processes: readonly RunProcess[];
};

/** What a proc left in its benchmark directory; undefined for each file that is not there. */
export type RunProcess = {
	readonly label: string;
	readonly command: string | undefined;
	readonly returncode: number | undefined;
	readonly outBytes: number | undefined;
	readonly errBytes: number | undefined;
};
