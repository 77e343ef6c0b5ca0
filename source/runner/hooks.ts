/*
What takes part in a benchmark beside its procs: scrapers, file transfers, evidence of what hung. Each is an object of
optional functions; the runner calls them at their moments and knows nothing else of them.
*/
import {type Failure, type RunEvent} from '../core/event.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {type BenchmarkDirectory} from '../directory/benchmark-directory.ts';
import {type RunningProc} from './proc-stack.ts';

/** An event without its time, which the runner adds. */
export type UntimedEvent = RunEvent extends infer Event ? (Event extends RunEvent ? Omit<Event, 'at'> : never) : never;

export type BenchmarkContext = {
	readonly plan: BenchmarkPlan;
	readonly directory: BenchmarkDirectory;
	/** The benchmark directory on a host. */
	readonly directoryOn: (host: string) => string;
	/** Procs that were started so far, ended ones too. */
	readonly running: readonly RunningProc[];
	readonly emit: (event: UntimedEvent) => void;
	/** Aborts when the benchmark is to end early; its reason is what ends it. */
	readonly signal: AbortSignal;
};

export type BenchmarkHooks = {
	/** Hosts are connected and nothing has been written. What it rejects with ends the run before it begins. */
	begin?(plans: readonly BenchmarkPlan[]): Promise<void>;
	/** What really starts, where that is not what the plan says: a port that is free, a flag that the host's JVM takes. */
	adapt?(plan: BenchmarkPlan): Promise<BenchmarkPlan>;
	/** The files are written on this machine and nothing has started. What it rejects with fails the benchmark. */
	place?(context: BenchmarkContext): Promise<void>;
	/** A proc has its pid. Must not throw. */
	procStarted?(context: BenchmarkContext, proc: RunningProc): void;
	/** Every server accepts; clients start when the lag is over. What it rejects with fails the benchmark. */
	serversReady?(context: BenchmarkContext): Promise<void>;
	/** Whether clients are to wait until this hook has seen the servers ready, also those that could start beside them. */
	holdsClients?(plan: BenchmarkPlan): boolean;
	/** The lag is over; clients start when this resolves. What it rejects with fails the benchmark. */
	clientsStart?(context: BenchmarkContext): Promise<void>;
	/** The clients have ended by themselves, and the servers still run. What it rejects with fails the benchmark. */
	clientsEnded?(context: BenchmarkContext): Promise<void>;
	/** The benchmark failed, and what still runs has not been ended yet: the moment for evidence. It bounds its own time. */
	failed?(context: BenchmarkContext, failure: Failure): Promise<void>;
	/**
	The clients have ended (after a failure: everything has). What the hosts hold comes to this machine before the analysis.
	What it rejects with fails the benchmark once all hooks were called.

	@param stopped Settles when the servers have ended too.
	*/
	collect?(context: BenchmarkContext, stopped: Promise<void>): Promise<void>;
	/** The suite is over, and its journal is still open: what is given back is told as warnings. Must not throw. */
	over?(): Promise<readonly string[]>;
	/** Last of all, whatever happened: everything has ended and was collected. */
	ended?(context: BenchmarkContext): Promise<void>;
};
