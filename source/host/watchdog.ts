/*
Beats keep the lease of a supervisor, and its answers tell that the host is still there: nine seconds without one and it is
lost. Those are counted in ticks of a timer: a laptop that slept, or a busy runner, has missed its own ticks too.
*/

const beatMs = 2000;
const tickMs = 1000;
const silentTicks = 9;

export type WatchdogCalls = {
	/** A beat is due; they are numbered from 0. */
	readonly beat: (number: number) => void;
	/** Nothing was heard for so many seconds. */
	readonly bark: (silentS: number) => void;
};

/** Asks for a beat every two seconds, and barks once it has heard nothing for nine. Never keeps the process alive. */
export class Watchdog {
	readonly #calls: WatchdogCalls;
	#timers: readonly NodeJS.Timeout[] = [];
	#silence = 0;

	constructor(calls: WatchdogCalls) {
		this.#calls = calls;
	}

	/** Does nothing where it has started already. */
	start(): void {
		if (this.#timers.length > 0) {
			return;
		}

		let beats = 0;
		this.#timers = [
			setInterval(() => {
				this.#calls.beat(beats++);
			}, beatMs).unref(),
			setInterval(() => {
				this.#silence++;
				if (this.#silence >= silentTicks) {
					this.#calls.bark(silentTicks * tickMs / 1000);
				}
			}, tickMs).unref(),
		];
	}

	/** The host has said something. */
	heard(): void {
		this.#silence = 0;
	}

	stop(): void {
		for (const timer of this.#timers) {
			clearInterval(timer);
		}

		this.#timers = [];
	}
}
