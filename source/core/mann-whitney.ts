/*
The Mann–Whitney test: whether values of one sample tend to be larger than those of another. Two-sided, exact for small
samples without ties, else the normal approximation with corrections for ties and continuity, as SciPy's
`mannwhitneyu(x, y, method='auto')`.
*/
import {normalTail} from './distributions.ts';

const exactUpTo = 8;

/** The p-value of two samples, each of at least one value. */
export function mannWhitney(xs: readonly number[], ys: readonly number[]): number {
	const [n, m] = [xs.length, ys.length];
	const {ranks, tieTerm} = rank([...xs, ...ys]);
	const rankSum = ranks.slice(0, n).reduce((sum, value) => sum + value, 0);
	const u = rankSum - (n * (n + 1) / 2);
	const extreme = Math.max(u, (n * m) - u);
	// Counts of orders are whole numbers only up to 2^53.
	if (tieTerm === 0 && Math.min(n, m) <= exactUpTo && leastPValue(n, m) > 2 / Number.MAX_SAFE_INTEGER) {
		return Math.min(1, 2 * exactTail(n, m, extreme));
	}

	const total = n + m;
	const deviation = Math.sqrt(n * m / 12 * (total + 1 - (tieTerm / (total * (total - 1)))));
	return deviation === 0 ? 1 : Math.min(1, 2 * normalTail((extreme - (n * m / 2) - 0.5) / deviation));
}

/** The least p-value that samples of these sizes can give: when none overlaps the other. */
export function leastPValue(n: number, m: number): number {
	let combinations = 1;
	for (let index = 1; index <= Math.min(n, m); index++) {
		combinations = combinations * (n + m - index + 1) / index;
	}

	return n === 0 || m === 0 ? 1 : Math.min(1, 2 / combinations);
}

/** How many repetitions each of two runs needs for one of `tests` corrected tests ever to fall below `level`. */
export function repetitionsNeeded(tests: number, level: number): number {
	let count = 2;
	while (leastPValue(count, count) * tests > level) {
		count++;
	}

	return count;
}

/** Holm's correction for having asked several times: p-values in the order in which they came. */
export function holm(pValues: readonly number[]): readonly number[] {
	const order = [...pValues.keys()].toSorted((one, other) => pValues[one]! - pValues[other]!);
	const corrected = pValues.map(() => 1);
	let least = 0;
	for (const [place, index] of order.entries()) {
		least = Math.max(least, Math.min(1, pValues[index]! * (pValues.length - place)));
		corrected[index] = least;
	}

	return corrected;
}

// P(U ≥ u) where all orders of n + m values are equally likely: counts of orders by their U, one value after the other.
function exactTail(n: number, m: number, u: number): number {
	const [small, large] = [Math.min(n, m), Math.max(n, m)];
	let ways = new Float64Array(1).fill(1);
	for (let index = 1; index <= small; index++) {
		// Multiplied by (1 − q^(large+index)) / (1 − q^index): the Gaussian binomial coefficient grows by one.
		const next = new Float64Array((index * large) + 1);
		for (let at = 0; at < next.length; at++) {
			next[at] = (ways[at] ?? 0) - (at >= large + index ? ways[at - large - index] ?? 0 : 0) + (at >= index ? next[at - index]! : 0);
		}

		ways = next;
	}

	const total = ways.reduce((sum, count) => sum + count, 0);
	return ways.slice(Math.ceil(u)).reduce((sum, count) => sum + count, 0) / total;
}

/** Ranks from 1, equal values sharing the mean of theirs; Σ(t³ − t) over groups of equal values. */
function rank(values: readonly number[]): {readonly ranks: readonly number[]; readonly tieTerm: number} {
	const order = [...values.keys()].toSorted((one, other) => values[one]! - values[other]!);
	const ranks = values.map(() => 0);
	let tieTerm = 0;
	for (let from = 0; from < order.length;) {
		let to = from + 1;
		while (to < order.length && values[order[to]!] === values[order[from]!]) {
			to++;
		}

		const tied = to - from;
		tieTerm += (tied ** 3) - tied;
		for (const index of order.slice(from, to)) {
			ranks[index] = (from + to + 1) / 2;
		}

		from = to;
	}

	return {ranks, tieTerm};
}
