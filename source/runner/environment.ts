/*
What a run gets from outside: hosts, time, and where events go. Tests give it fakes.
*/
import {type Clock} from '../core/clock.ts';
import {type Emit} from '../core/event.ts';
import {type Host} from '../core/host.ts';
import {type RecorderAnalysis, type RecorderRequest} from '../recorder/request.ts';

export type RunnerEnvironment = {
	/** A connection to an address of the cluster file; the same one each time, or a new one where it was lost. */
	readonly hostOf: (address: string) => Promise<Host>;
	readonly clock: Clock;
	/** Aborts when a person wants the end. */
	readonly signal: AbortSignal;
	readonly emit: Emit;
	readonly analyze: (request: RecorderRequest, options: {readonly signal: AbortSignal}) => Promise<RecorderAnalysis>;
};
