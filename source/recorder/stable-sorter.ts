/* eslint-disable no-bitwise -- digits of a radix are bits */
const digitBits = 11;
const digits = 2 ** digitBits;
const wordSize = 2 ** 32;

/**
Sorts by whole numbers, equal ones staying in their order: a radix sort from the lowest digit, in as many passes of 11 bits
as the range of the numbers asks for. Its buffers are kept, so that one sorter serves many small sorts.
*/
export class StableSorter {
	#keys = new Uint32Array(0);
	#order = new Uint32Array(0);
	#spare = new Uint32Array(0);
	readonly #counts = new Uint32Array(digits);

	/**
	The positions of the values in ascending order. The array is the sorter's own, valid until the next call.

	@param values Whole multiples of `unit`, their range below 2^53.
	@param length How many of them, from the first.
	*/
	order(values: Float64Array, length: number, unit: number): Uint32Array {
		if (this.#order.length < length) {
			this.#keys = new Uint32Array(length);
			this.#order = new Uint32Array(length);
			this.#spare = new Uint32Array(length);
		}

		let least = Infinity;
		let most = -Infinity;
		let last = -Infinity;
		let isSorted = true;
		const order = this.#order;
		for (let index = 0; index < length; index++) {
			const value = values[index]!;
			isSorted &&= value >= last;
			last = value;
			order[index] = index;
			// Twice as fast as Math.min and Math.max, which ask for NaN and -0 too.
			if (value < least) {
				least = value;
			}

			if (value > most) {
				most = value;
			}
		}

		if (isSorted) {
			return this.#order;
		}

		const range = Math.round((most - least) / unit);
		const keys = this.#keys;
		for (let index = 0; index < length; index++) {
			// What an element of the array cannot hold of a number is cut off: these are the lower 32 bits.
			keys[index] = Math.round((values[index]! - least) / unit);
		}

		this.#sortByKeys(length, Math.min(range, wordSize - 1));
		if (range >= wordSize) {
			for (let index = 0; index < length; index++) {
				keys[index] = Math.floor(Math.round((values[index]! - least) / unit) / wordSize);
			}

			this.#sortByKeys(length, Math.floor(range / wordSize));
		}

		return this.#order;
	}

	#sortByKeys(length: number, greatest: number): void {
		const keys = this.#keys;
		const counts = this.#counts;
		for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += digitBits) {
			const order = this.#order;
			const spare = this.#spare;
			counts.fill(0);
			for (let index = 0; index < length; index++) {
				counts[(keys[index]! >>> shift) & (digits - 1)]!++;
			}

			let at = 0;
			for (let digit = 0; digit < digits; digit++) {
				const count = counts[digit]!;
				counts[digit] = at;
				at += count;
			}

			for (let index = 0; index < length; index++) {
				const position = order[index]!;
				const digit = (keys[position]! >>> shift) & (digits - 1);
				spare[counts[digit]!++] = position;
			}

			this.#order = spare;
			this.#spare = order;
		}
	}
}
