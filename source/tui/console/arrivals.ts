import {type LogLine} from '../../logs/read-lines.ts';

/** When each line of a followed log was seen first, epoch ms. Lines that are gone are forgotten. */
export class Arrivals {
	readonly #arrivals = new WeakMap<LogLine, number>();

	/** Notes what is new at the end of these lines: the newest come last, and those before them are known. */
	note(lines: readonly LogLine[]): void {
		const now = Date.now();
		for (let place = lines.length - 1; place >= 0 && !this.#arrivals.has(lines[place]!); place--) {
			this.#arrivals.set(lines[place]!, now);
		}
	}

	at(line: LogLine): number | undefined {
		return this.#arrivals.get(line);
	}
}
