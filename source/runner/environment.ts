/*
What a run gets from outside: hosts, time, and where events go. Tests give it fakes.
*/
import {type Clock} from '../core/clock.ts';
import {type KnownCause} from '../core/diagnosis.ts';
import {type Emit} from '../core/event.ts';
import {type Host} from '../core/host.ts';
import {type RecorderAnalysis, type RecorderRequest} from '../recorder/request.ts';
import {type BenchmarkHooks} from './hooks.ts';
import {type RunControl} from './run-control.ts';

export type RunnerEnvironment = {
	/** A connection to an address of the cluster file; the same one each time, or a new one where it was lost. */
	readonly hostOf: (address: string) => Promise<Host>;
	readonly clock: Clock;
	/** Aborts when a person wants the end. */
	readonly signal: AbortSignal;
	readonly emit: Emit;
	readonly analyze: (request: RecorderRequest, options: {readonly signal: AbortSignal; readonly onProgress: (bytes: number, totalBytes: number) => void}) => Promise<RecorderAnalysis>;
	/** What a person can do to the run while it goes on. */
	readonly control?: RunControl;
	/** Where a benchmark directory of this machine lies on a host; by default at the same path. Asked when plans are made. */
	readonly directoryOn?: (host: string, directory: string) => string;
	/** A person's own known causes, which come before benchdeck's. */
	readonly causes?: readonly KnownCause[];
	/** Who else takes part in each benchmark; called in this order, each waited for. */
	readonly hooks?: readonly BenchmarkHooks[];
};
