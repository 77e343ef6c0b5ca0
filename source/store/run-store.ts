/*
Events in, state out, and at most ten notifications a second to whoever draws: a thousand events cost one render. No
React here; `subscribe` and `state` are what `useSyncExternalStore` asks for.
*/
import {type RunEvent} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {emptyState, type RunState} from '../core/state.ts';

/** Calls back after some milliseconds; returns what cancels it. */
export type Schedule = (callback: () => void, ms: number) => () => void;

export type RunStoreOptions = {
	/** Hands on events in batches; returns what ends it. */
	readonly follow: (onEvents: (events: readonly RunEvent[]) => void) => () => void;
	/** Each event with the state after it, as it comes. */
	readonly onEvent?: (event: RunEvent, state: RunState) => void;
	/** Settles once the runner is found to be gone. */
	readonly runnerGone?: Promise<void> | undefined;
	readonly schedule?: Schedule;
	/** @default 100 */
	readonly intervalMs?: number;
};

const lastWordsMs = 300;

const byTimer: Schedule = (callback, ms) => {
	const timer = setTimeout(callback, ms);
	return () => {
		clearTimeout(timer);
	};
};

export class RunStore {
	readonly #listeners = new Set<() => void>();
	readonly #onEvent: RunStoreOptions['onEvent'];
	readonly #schedule: Schedule;
	readonly #intervalMs: number;
	readonly #unfollow: () => void;
	#state = emptyState;
	#cancel: (() => void) | undefined;
	#cancelGone: (() => void) | undefined;
	#isDue = false;
	#isClosed = false;

	constructor({follow, onEvent, runnerGone, schedule = byTimer, intervalMs = 100}: RunStoreOptions) {
		this.#onEvent = onEvent;
		this.#schedule = schedule;
		this.#intervalMs = intervalMs;
		this.#unfollow = follow(events => {
			this.#take(events);
		});
		void runnerGone?.then(() => {
			if (!this.#isClosed) {
				this.#lose();
			}
		});
	}

	/** The state after the last event; the same object until the next. */
	readonly state = (): RunState => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** Ends the following; no notification comes after it. */
	close(): void {
		this.#isClosed = true;
		this.#unfollow();
		this.#cancel?.();
		this.#cancelGone?.();
		this.#listeners.clear();
	}

	#take(events: readonly RunEvent[]): void {
		for (const event of events) {
			this.#state = reduce(this.#state, event);
			this.#onEvent?.(event, this.#state);
		}

		if (events.length > 0) {
			this.#notify();
		}
	}

	// What the runner wrote last, its end perhaps, is read before it counts as gone.
	#lose(): void {
		const runnerGoneAt = Date.now();
		this.#cancelGone = this.#schedule(() => {
			this.#state = {...this.#state, runnerGoneAt};
			this.#notify();
		}, lastWordsMs);
	}

	// The first at once, those within the interval together at its end.
	#notify(): void {
		if (this.#cancel) {
			this.#isDue = true;
			return;
		}

		this.#isDue = false;
		this.#cancel = this.#schedule(() => {
			this.#cancel = undefined;
			if (this.#isDue) {
				this.#notify();
			}
		}, this.#intervalMs);
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
