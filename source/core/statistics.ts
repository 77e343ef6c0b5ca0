/*
Sums and quantiles as the figures are defined: sums are compensated (Neumaier's form of Kahan's), so that the error does
not grow with the number of rows; a quantile interpolates linearly between the two order statistics around the position
q·(n−1).
*/

/** A running sum whose error stays at one rounding, however many values are added. */
export class CompensatedSum {
	#sum = 0;
	#lost = 0;

	get value(): number {
		return this.#sum + this.#lost;
	}

	add(value: number): void {
		const next = this.#sum + value;
		this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum;
		this.#sum = next;
	}

	/** Adds `length` values, each times its weight where there are weights. */
	addAll(values: Float64Array, length: number, weights?: Float64Array): void {
		let sum = this.#sum;
		let lost = this.#lost;
		for (let index = 0; index < length; index++) {
			const value = weights ? values[index]! * weights[index]! : values[index]!;
			const next = sum + value;
			lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
			sum = next;
		}

		this.#sum = sum;
		this.#lost = lost;
	}

	/** Adds the squares of the distances of `length` values from `center`. */
	addSquares(values: Float64Array, length: number, center: number): void {
		let sum = this.#sum;
		let lost = this.#lost;
		for (let index = 0; index < length; index++) {
			const value = (values[index]! - center) ** 2;
			const next = sum + value;
			lost += sum >= value ? sum - next + value : value - next + sum;
			sum = next;
		}

		this.#sum = sum;
		this.#lost = lost;
	}
}

/** Where a quantile lies among `n` ordered values: between two 0-based ranks, `fraction` of the way. */
type QuantilePosition = {readonly lower: number; readonly upper: number; readonly fraction: number};

/** The position q·(n−1), for n of at least 1. */
export function quantilePosition(q: number, n: number): QuantilePosition {
	const position = q * (n - 1);
	const lower = Math.floor(position);
	return {lower, upper: Math.min(lower + 1, n - 1), fraction: position - lower};
}

/** A value between two order statistics. */
export function interpolate(lower: number, upper: number, fraction: number): number {
	return lower + ((upper - lower) * fraction);
}

/** A quantile of values in ascending order; NaN where there are none. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number, length = sorted.length): number {
	if (length === 0) {
		return NaN;
	}

	const {lower, upper, fraction} = quantilePosition(q, length);
	return interpolate(sorted[lower]!, sorted[upper]!, fraction);
}

/** How many of `n` values lie beyond a quantile: those whose rank is above its position. */
export function rowsBeyond(q: number, n: number): number {
	// 0.999·1000 is 998.9999… in binary: a position within a billionth of a rank is that rank.
	return n === 0 ? 0 : n - 1 - Math.floor((q * (n - 1)) + 1e-9);
}

/** With fewer values than this beyond it, a quantile says little: a few rows decide it. */
export const supportingRows = 10;
