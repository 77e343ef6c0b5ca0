/* eslint-disable no-bitwise -- a ring whose length is a power of two */
import {BenchError} from '../core/errors.ts';
import {ValueCounts} from '../core/value-counts.ts';

const second = 1e9;
/** The first rows of unlabelled data that give no value. */
const unlabelledSkip = 100;

/** Takes the rows of one label in the order of their starts; what it found is in `values`. */
export type Throughput = {
	readonly values: ValueCounts;
	/** A row: nanoseconds, and its requests. */
	add(start: number, count: number): void;
	/** There are no more rows. */
	end(): void;
};

/** The rows of the last second: a ring that grows where a second has more. */
class LastSecond {
	/** Requests in the ring. */
	sum = 0;
	rows = 0;
	#starts = new Float64Array(1024);
	#counts = new Float64Array(1024);
	#oldest = 0;

	/** Adds a row, after leaving out those that start a second or more before it. */
	add(start: number, count: number): void {
		const mask = this.#starts.length - 1;
		while (this.rows > 0 && this.#starts[this.#oldest]! <= start - second) {
			this.sum -= this.#counts[this.#oldest]!;
			this.rows--;
			this.#oldest = (this.#oldest + 1) & mask;
		}

		if (this.rows === this.#starts.length) {
			this.#grow();
		}

		const next = (this.#oldest + this.rows) & (this.#starts.length - 1);
		this.#starts[next] = start;
		this.#counts[next] = count;
		this.rows++;
		this.sum += count;
	}

	#grow(): void {
		const [starts, counts, size] = [this.#starts, this.#counts, this.#starts.length];
		this.#starts = new Float64Array(size * 2);
		this.#counts = new Float64Array(size * 2);
		for (const [to, from] of [[this.#starts, starts], [this.#counts, counts]] as const) {
			to.set(from.subarray(this.#oldest));
			to.set(from.subarray(0, this.#oldest), size - this.#oldest);
		}

		this.#oldest = 0;
	}
}

/** For each row from the first start + 1 s on: the requests that started within the second before it, itself included. */
export class LabelledThroughput implements Throughput {
	readonly values = new ValueCounts();
	readonly #lastSecond = new LastSecond();
	#first = NaN;

	add(start: number, count: number): void {
		if (Number.isNaN(this.#first)) {
			this.#first = start;
		}

		this.#lastSecond.add(start, count);
		if (start >= this.#first + second) {
			this.values.add(this.#lastSecond.sum);
		}
	}

	end(): void {
		// Every row has given its value.
	}
}

/**
The older harness' definition: the first 100 rows give no value; a row within the first second the rate since the first
start, counted up to the last row that starts with it; a later row the rows within the second before it.
*/
export class UnlabelledThroughput implements Throughput {
	readonly values = new ValueCounts();
	readonly #lastSecond = new LastSecond();
	#first = NaN;
	#rows = 0;
	#tieStart = NaN;
	/** Rows that start at `#tieStart` and give a value. */
	#tied = 0;

	add(start: number): void {
		if (start !== this.#tieStart) {
			this.end();
			this.#tieStart = start;
		}

		if (this.#rows === 0) {
			this.#first = start;
		}

		this.#rows++;
		this.#lastSecond.add(start, 1);
		if (this.#rows <= unlabelledSkip) {
			return;
		}

		if (start <= this.#first + second) {
			this.#tied++;
		} else {
			this.values.add(this.#lastSecond.rows);
		}
	}

	/** Values of rows that start together: they take the number of the last of them. */
	end(): void {
		if (this.#tied > 0 && this.#tieStart === this.#first) {
			throw new BenchError('recorder', `The first ${this.#rows} rows all start at the same time, so unlabelled rows have no throughput: the clients' clock stood still.`);
		}

		if (this.#tied > 0) {
			this.values.add(this.#rows / ((this.#tieStart - this.#first) / second), this.#tied);
			this.#tied = 0;
		}
	}
}
