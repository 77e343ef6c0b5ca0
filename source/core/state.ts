import {type ClientWindow, type Failure, type Phase, type SuiteOutcome} from './event.ts';
import {type JsonObject} from './json.ts';

export type ProcState = {
	readonly label: string;
	readonly role: string;
	readonly host: string;
	readonly ip: string;
	readonly port?: number;
	readonly metricsPort?: number;
	readonly pid: number;
	readonly startedAt: number;
	readonly exitedAt?: number;
	readonly returnCode?: number;
	/** benchdeck ended it. */
	readonly ended?: boolean;
};

export type BenchmarkStatus = 'waiting' | 'running' | 'finished' | 'failed';

export type BenchmarkState = {
	/** From 1, in the suite's list. */
	readonly index: number;
	readonly id: string;
	readonly input: JsonObject;
	readonly status: BenchmarkStatus;
	readonly estimateMs: number;
	readonly attempt: number;
	readonly startedAt?: number;
	readonly endedAt?: number;
	readonly durationMs?: number;
	readonly phase?: Phase;
	readonly phaseAt?: number;
	readonly phaseMs?: number;
	/** When each phase began, in order. */
	readonly phases: ReadonlyArray<{readonly phase: Phase; readonly at: number}>;
	readonly procs: readonly ProcState[];
	readonly clients: readonly ClientWindow[];
	readonly overlapMs?: number;
	readonly summary?: string;
	readonly output?: JsonObject;
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
	readonly startedAt: number;
	readonly lastEventAt: number;
	/** Every benchmark of the suite, selected or not, by index. */
	readonly benchmarks: readonly BenchmarkState[];
	/** Indices of what runs, in the order in which it does. */
	readonly selected: readonly number[];
	readonly warnings: ReadonlyArray<{readonly at: number; readonly index?: number; readonly message: string}>;
	readonly outcome?: SuiteOutcome;
	readonly endedAt?: number;
};

export const emptyState: RunState = {
	suite: '', name: '', directory: '', engine: '', args: {}, hosts: [], startedAt: 0, lastEventAt: 0, benchmarks: [], selected: [], warnings: [],
};
