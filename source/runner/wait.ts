/*
Waiting within a benchmark: for what should happen, unless a proc dies, the time runs out, or a person wants the end.
*/
import {type Clock} from '../core/clock.ts';
import {BenchError} from '../core/errors.ts';
import {type BenchmarkFailure, deathFailure} from './failure.ts';
import {type OutputOf, type ProcStack} from './proc-stack.ts';

export type Watched = {
	/** `001`. */
	readonly id: string;
	readonly procs: ProcStack;
	readonly clock: Clock;
	/** Its reason ends the wait. */
	readonly signal: AbortSignal;
	readonly outputOf: OutputOf;
};

export type Limit = {readonly deadlineMs: number; late(): Promise<BenchmarkFailure>};

// When one proc dies, those that talked to it often die with it: the first is looked for among all that did so soon.
const deathWindowMs = 150;

/**
Waits for work.

@throws BenchmarkFailure on a death or a missed deadline; the signal's reason where it aborts.
*/
export async function during<Result>(work: Promise<Result>, {deadlineMs, late}: Limit, watched: Watched): Promise<Result> {
	const {procs, clock, signal} = watched;
	const waited = new AbortController();
	try {
		return await Promise.race([
			work,
			(async () => {
				const death = await procs.death;
				await clock.sleep(deathWindowMs, waited.signal);
				throw await firstDeath(watched) ?? await deathFailure(death, watched.id, watched.outputOf(death.proc.label, death.proc.host));
			})(),
			(async () => {
				await clock.sleep(deadlineMs, waited.signal);
				// A race that is over ignores this.
				throw waited.signal.aborted ? new BenchError('canceled', '') : await late();
			})(),
			aborted(signal, waited.signal),
		]);
	} finally {
		waited.abort();
	}
}

/** The failure that deaths so far are; waits a moment for the first of them to show. */
export async function settledDeath(watched: Watched): Promise<BenchmarkFailure | undefined> {
	// The last client's exit and its death come together, and its server's a little later.
	if (watched.procs.deaths.length > 0) {
		await watched.clock.sleep(deathWindowMs, watched.signal);
	}

	return firstDeath(watched);
}

// Servers die first and take their clients with them, whatever order the news comes in.
async function firstDeath({procs, id, outputOf}: Watched): Promise<BenchmarkFailure | undefined> {
	const first = procs.deaths.find(({proc}) => proc.kind === 'server') ?? procs.deaths[0];
	return first && deathFailure(first, id, outputOf(first.proc.label, first.proc.host));
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
	const {promise, resolve} = Promise.withResolvers<void>();
	if (signal.aborted) {
		resolve();
	}

	signal.addEventListener('abort', () => {
		resolve();
	}, {once: true, signal: over});
	await promise;
	throw reasonOf(signal);
}

/** What ends a benchmark whose signal has aborted. */
export function reasonOf(signal: AbortSignal): Error {
	const {reason} = signal as {readonly reason: unknown};
	return reason instanceof Error && reason.name !== 'AbortError' ? reason : new BenchError('canceled', 'Interrupted.');
}
