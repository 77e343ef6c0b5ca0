/** Lets a few at a time do something, in the order in which they ask, apart for each key. */
export class Limiter {
	readonly #limit: number;
	readonly #busy = new Map<string, number>();
	readonly #waiting = new Map<string, Array<() => void>>();

	constructor(limit: number) {
		this.#limit = limit;
	}

	async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
		const busy = this.#busy.get(key) ?? 0;
		if (busy >= this.#limit) {
			const {promise, resolve} = Promise.withResolvers<void>();
			this.#waiting.set(key, [...this.#waiting.get(key) ?? [], resolve]);
			await promise;
		} else {
			this.#busy.set(key, busy + 1);
		}

		try {
			return await work();
		} finally {
			// Who waits first takes the place over.
			const [next, ...rest] = this.#waiting.get(key) ?? [];
			this.#waiting.set(key, rest);
			if (next) {
				next();
			} else {
				this.#busy.set(key, this.#busy.get(key)! - 1);
			}
		}
	}
}
