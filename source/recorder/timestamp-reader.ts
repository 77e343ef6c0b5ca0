/* eslint-disable no-bitwise -- four bytes are looked at as one word */
import {parseSeconds, secondsLength} from './timestamp.ts';

/** Of a word of four bytes, those of a point and three digits, or of any byte and three digits: what is fixed in them. */
const pointMask = ~0x0F_0F_0F_00;
const pointShape = 0x30_30_30_2E;
const digitsMask = ~0x0F_0F_0F_FF;
const digitsShape = 0x30_30_30_00;
/** What makes the digits `:` to `?`, which are none, look different. */
const excess = 0x06_06_06_00;
const scale = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/**
Reads timestamps from bytes, without strings. Most timestamps repeat the date and the time to the second of the one before:
these 19 bytes are compared with it, as three overlapping words, and worked out only when they differ.
*/
export class TimestampReader {
	/** The finest fraction so far: 1e9 with seconds, 1 with nanoseconds. */
	unit = 1e9;
	/** Three words and, of their second, the nanoseconds after the base; a typed array, for a field would have to make objects of doubles. */
	readonly #second = new Float64Array([NaN, NaN, NaN, NaN]);
	/** What the last timestamp came to. */
	readonly #nanos = new Float64Array(1);
	#baseSeconds = NaN;

	/** Epoch seconds that `nanos` counts from; NaN while there are none. */
	get baseSeconds(): number {
		return this.#baseSeconds;
	}

	set baseSeconds(seconds: number) {
		this.#baseSeconds = seconds;
		this.#second.fill(NaN);
	}

	/** Nanoseconds after the base of the last timestamp. */
	get nanos(): number {
		return this.#nanos[0]!;
	}

	/**
	Reads a timestamp and the comma behind it.

	@param view Reaches 64 bytes beyond the last line end.
	@returns Where the next field begins; −1 where these bytes have no such form. `nanos` is NaN where they are no date, or there is no base yet.
	*/
	read(view: DataView, from: number): number {
		const second = this.#second;
		if (view.getFloat64(from, true) !== second[0] || view.getFloat64(from + 8, true) !== second[1] || view.getFloat64(from + 11, true) !== second[2]) {
			this.#remember(view, from);
		}

		let at = from + secondsLength;
		let nanos = 0;
		const millis = view.getInt32(at, true);
		if ((millis & pointMask) === pointShape && ((millis + excess) & digitsMask) === digitsShape) {
			nanos = valueOf(millis) * 1e6;
			at += 4;
			let unit = 1e6;
			let next = view.getInt32(at - 1, true);
			if (isThreeDigits(next)) {
				nanos += valueOf(next) * 1e3;
				at += 3;
				unit = 1e3;
				next = view.getInt32(at - 1, true);
				if (isThreeDigits(next)) {
					nanos += valueOf(next);
					at += 3;
					unit = 1;
				}
			}

			if (unit < this.unit) {
				this.unit = unit;
			}
		}

		let end = endOfZone(view, at);
		if (end < 0 && view.getUint8(from + secondsLength) === 46) {
			end = this.#readFraction(view, from + secondsLength + 1);
			nanos = this.#nanos[0]!;
		}

		// A date that is none is NaN.
		this.#nanos[0] = second[3]! + nanos;
		return end;
	}

	/** A fraction of any other number of digits; where the zone ends. */
	#readFraction(view: DataView, from: number): number {
		let value = 0;
		let digits = 0;
		for (let digit = view.getUint8(from) - 48; digit >= 0 && digit <= 9 && digits <= 9; digit = view.getUint8(from + digits) - 48) {
			value = (value * 10) + digit;
			digits++;
		}

		if (digits === 0 || digits > 9) {
			return -1;
		}

		this.#nanos[0] = value * scale[digits]!;
		this.unit = Math.min(this.unit, digits > 6 ? 1 : (digits > 3 ? 1e3 : 1e6));
		return endOfZone(view, from + digits);
	}

	#remember(view: DataView, at: number): void {
		const seconds = parseSeconds(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at);
		this.#second[0] = view.getFloat64(at, true);
		this.#second[1] = view.getFloat64(at + 8, true);
		this.#second[2] = view.getFloat64(at + 11, true);
		this.#second[3] = (seconds - this.#baseSeconds) * 1e9;
	}
}

/** Where the comma behind `Z` or `+00:00` ends; −1 where there is none. */
function endOfZone(view: DataView, at: number): number {
	if (view.getUint16(at) === 0x5A_2C) {
		return at + 2;
	}

	return view.getInt32(at) === 0x2B_30_30_3A && view.getInt32(at + 3) === 0x3A_30_30_2C ? at + 7 : -1;
}

function isThreeDigits(word: number): boolean {
	return (word & digitsMask) === digitsShape && ((word + excess) & digitsMask) === digitsShape;
}

/** Of the three digits behind the first byte of a word. */
function valueOf(word: number): number {
	return (((word >>> 8) & 15) * 100) + (((word >>> 16) & 15) * 10) + ((word >>> 24) & 15);
}
