import {type Failure} from '../core/event.ts';

/** What a run does about failures. */
export type RunPolicy = {
	/** How often a benchmark whose system failed is tried again: by default never, for that would hide the crash. */
	readonly retries: number;
	/** How often one that failed because a host was lost is. */
	readonly lostRetries: number;
	/** The run ends after so many failures in a row; Infinity: never. */
	readonly maxFailures: number;
	/** How long a lost host is waited for. */
	readonly hostWaitMs: number;
	/** A bound above those that follow from the inputs. */
	readonly benchmarkTimeoutMs?: number;
	/** Whether the procs of a failed benchmark are kept alive until a person lets go. */
	readonly hold: boolean;
};

export const usualPolicy: RunPolicy = {retries: 0, lostRetries: 2, maxFailures: 3, hostWaitMs: 120_000, hold: false};

/** How often a benchmark was tried again so far, by cause. */
export type Tries = {readonly lost: number; readonly crashed: number};

/**
Whether a failed benchmark runs again.

@returns Why, as a sentence; undefined where it does not.
*/
export function reasonToRetry(failure: Failure, {lost, crashed}: Tries, {lostRetries, retries}: RunPolicy): string | undefined {
	switch (failure.kind) {
		case 'skipped': {
			return undefined;
		}

		case 'host-lost': {
			return lost < lostRetries ? `${failure.host ?? 'A host'} was lost and is back: it is tried again (${lost + 1} of ${lostRetries}).` : undefined;
		}

		default: {
			return crashed < retries ? `It is tried again (${crashed + 1} of ${retries}, --retries).` : undefined;
		}
	}
}
