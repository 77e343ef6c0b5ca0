import {CompensatedSum, interpolate, quantilePosition} from './statistics.ts';

/** Whole numbers below this are counted in a table; all other values are kept. */
const tableLimit = 2 ** 21;

/**
How often each value occurred: the exact distribution of a rate that is mostly a whole number and changes little from one
row to the next, in a table as long as its greatest value instead of in one number a row.
*/
export class ValueCounts {
	total = 0;
	#counts = new Float64Array(1024);
	readonly #others: number[] = [];

	/** Adds a value, 0 or more, `times` times. */
	add(value: number, times = 1): void {
		this.total += times;
		if (value < this.#counts.length && Number.isSafeInteger(value)) {
			this.#counts[value]! += times;
		} else if (value < tableLimit && Number.isSafeInteger(value)) {
			const grown = new Float64Array(Math.max(value + 1, this.#counts.length * 2));
			grown.set(this.#counts);
			grown[value]! += times;
			this.#counts = grown;
		} else {
			for (let time = 0; time < times; time++) {
				this.#others.push(value);
			}
		}
	}

	/** The mean (its sum compensated) and the quantiles asked for; NaN for each where there is no value. */
	summarize(quantiles: readonly number[]): {readonly mean: number; readonly min: number; readonly max: number; readonly quantiles: readonly number[]} {
		if (this.total === 0) {
			return {mean: NaN, min: NaN, max: NaN, quantiles: quantiles.map(() => NaN)};
		}

		const positions = quantiles.map(q => quantilePosition(q, this.total));
		const ranks = new Set([0, this.total - 1, ...positions.flatMap(({lower, upper}) => [lower, upper])]);
		const {sum, values} = this.#walk([...ranks].toSorted((a, b) => a - b));
		return {
			mean: sum / this.total,
			min: values.get(0)!,
			max: values.get(this.total - 1)!,
			quantiles: positions.map(({lower, upper, fraction}) => interpolate(values.get(lower)!, values.get(upper)!, fraction)),
		};
	}

	/** All values in order: their sum, and those at the ranks, which ascend. */
	#walk(ranks: readonly number[]): {readonly sum: number; readonly values: ReadonlyMap<number, number>} {
		const others = Float64Array.from(this.#others).toSorted();
		const sum = new CompensatedSum();
		const values = new Map<number, number>();
		let passed = 0;
		let wanted = 0;
		const pass = (value: number, times: number) => {
			sum.add(value * times);
			passed += times;
			while (wanted < ranks.length && ranks[wanted]! < passed) {
				values.set(ranks[wanted]!, value);
				wanted++;
			}
		};

		let next = 0;
		// By index: an iterator over so many counts would make an object of each.
		for (let value = 0; value < this.#counts.length; value++) {
			const times = this.#counts[value]!;
			if (times === 0) {
				continue;
			}

			while (next < others.length && others[next]! < value) {
				pass(others[next]!, 1);
				next++;
			}

			pass(value, times);
		}

		for (; next < others.length; next++) {
			pass(others[next]!, 1);
		}

		return {sum: sum.value, values};
	}
}
