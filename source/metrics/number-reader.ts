import {byte, type Bytes} from './exposition-bytes.ts';

/*
Fifteen digits fit a double exactly, and so do the powers of ten up to 22: their product or quotient is then the number
nearest to the text (Clinger's fast path), which is what `Number` would find in ten times the time.
*/
const maxDigits = 15;
const maxPower = 22;
const powersOfTen = Float64Array.from({length: maxPower + 1}, (_, power) => Number(`1e${power}`));

/** Reads numbers out of bytes as the exposition formats write them: decimal, with an exponent, `NaN`, `+Inf`, `-Inf`. */
export class NumberReader {
	/** The number that was read last. */
	value = 0;
	readonly #bytes: Bytes;

	constructor(bytes: Bytes) {
		this.#bytes = bytes;
	}

	/** Sets `value` from the token at a place; returns where it ends, or -1 where it is no number. */
	read(start: number): number {
		const bytes = this.#bytes;
		const isNegative = bytes[start] === byte.minus;
		let at = start + Number(isNegative || bytes[start] === byte.plus);
		let mantissa = 0;
		let digits = 0;
		let point = -1;
		let code = bytes[at] ?? byte.space;
		for (; (code >= byte.zero && code <= byte.nine) || (code === byte.dot && point === -1); code = bytes[++at] ?? byte.space) {
			if (code === byte.dot) {
				point = digits;
			} else {
				mantissa = (mantissa * 10) + code - byte.zero;
				digits++;
			}
		}

		let power = point === -1 ? 0 : point - digits;
		if (code === byte.lowerE || code === byte.upperE) {
			const sign = bytes[at + 1] ?? byte.space;
			at += sign === byte.plus || sign === byte.minus ? 2 : 1;
			const exponentStart = at;
			let exponent = 0;
			for (code = bytes[at] ?? byte.space; code >= byte.zero && code <= byte.nine; code = bytes[++at] ?? byte.space) {
				exponent = (exponent * 10) + code - byte.zero;
			}

			power += at === exponentStart ? NaN : (sign === byte.minus ? -exponent : exponent);
		}

		// Written so that a NaN takes the slow path too: a word, too many digits, or no number.
		if (code > byte.space || digits === 0 || digits > maxDigits || !(power >= -maxPower && power <= maxPower)) {
			return this.#readToken(start);
		}

		const size = power < 0 ? mantissa / powersOfTen[-power]! : mantissa * powersOfTen[power]!;
		this.value = isNegative ? -size : size;
		return at;
	}

	#readToken(start: number): number {
		const bytes = this.#bytes;
		let end = start;
		while ((bytes[end] ?? 0) > byte.space) {
			end++;
		}

		const text = bytes.toString('latin1', start, Math.min(end, start + 400)).toLowerCase();
		if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/.test(text)) {
			this.value = Number(text);
		} else if (/^[+-]?inf(?:inity)?$/.test(text)) {
			this.value = text.startsWith('-') ? -Infinity : Infinity;
		} else if (/^[+-]?nan$/.test(text)) {
			this.value = NaN;
		} else {
			return -1;
		}

		return end;
	}
}
