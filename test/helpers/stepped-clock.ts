import {type Clock} from '../../source/core/clock.ts';

type Sleeper = {readonly until: number; readonly wake: () => void};

/** A clock that stands still until it is told to go on. */
export class SteppedClock implements Clock {
	#now: number;
	readonly #sleepers = new Set<Sleeper>();

	constructor(now = 1_617_820_860_000) {
		this.#now = now;
	}

	now(): number {
		return this.#now;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		return new Promise(resolve => {
			const sleeper: Sleeper = {
				until: this.#now + ms,
				wake: () => {
					this.#sleepers.delete(sleeper);
					signal?.removeEventListener('abort', sleeper.wake);
					resolve();
				},
			};
			if (signal?.aborted) {
				resolve();
				return;
			}

			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', sleeper.wake);
		});
	}

	/** Lets time pass, wakes each sleeper at its time, and lets what it does come to rest before the next. */
	async advance(ms: number): Promise<void> {
		const end = this.#now + ms;
		await settled();
		for (;;) {
			const next = [...this.#sleepers].toSorted((one, other) => one.until - other.until)[0];
			if (!next || next.until > end) {
				break;
			}

			this.#now = Math.max(this.#now, next.until);
			next.wake();
			await settled();
		}

		this.#now = end;
	}
}

/** Promises that are already on their way get to their ends. */
async function settled(): Promise<void> {
	for (let round = 0; round < 3; round++) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}
