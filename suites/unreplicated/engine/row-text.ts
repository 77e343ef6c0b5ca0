import {Buffer} from 'node:buffer';

/** `YYYY-MM-DDTHH:MM:SS`. */
const secondsLength = 19;
/** With six digits of a fraction and the Z. */
const stampLength = 27;
/** No row is longer than this without its label: two timestamps and two numbers of 16. */
const numbersLength = (stampLength * 2) + 36;
const [point, comma, zulu, zero] = [46, 44, 90, 48];

/** `000`, `001` and so on: three digits for one division. */
const threeDigits = new Uint8Array(3000).map((_, index) => zero + (Math.floor(index / 3 / (10 ** (2 - (index % 3)))) % 10));

export type RowText = {
	/** What a row takes at most. */
	readonly maxBytes: number;
	/**
	Puts a row's text at a place; returns the place behind it.

	@param numbers Hold an entry of the recorder from `place` on. Times are milliseconds of `performance.now()`.
	*/
	put(bytes: Buffer, at: number, numbers: Float64Array, place: number): number;
};

/** Makes rows as bytes: a string takes six times as long, and a closed loop waits for none of it. */
export function createRowText(origin: number, label: string): RowText {
	const ending = Buffer.from(`,${label}\n`);
	const second = Buffer.alloc(secondsLength);
	let seconds = -1;
	/** A closed loop starts when it stopped, so that a time mostly stands there twice. */
	const stamp = Buffer.alloc(stampLength);
	let stampedMs = NaN;
	let stampedBytes = 0;

	// Native copies take longer to call than to do.
	const copy = (source: Buffer, length: number, bytes: Buffer, at: number): number => {
		for (let index = 0; index < length; index++) {
			bytes[at + index] = source[index]!;
		}

		return at + length;
	};

	const putDigits = (bytes: Buffer, at: number, value: number, count: number): number => {
		let rest = value;
		let place = at + count;
		for (let left = count; left > 0; left -= 3) {
			const thousandth = Math.floor(rest / 1000);
			const from = (rest - (thousandth * 1000)) * 3;
			bytes[--place] = threeDigits[from + 2]!;
			if (left > 1) {
				bytes[--place] = threeDigits[from + 1]!;
			}

			if (left > 2) {
				bytes[--place] = threeDigits[from]!;
			}

			rest = thousandth;
		}

		return at + count;
	};

	const putWhole = (bytes: Buffer, at: number, value: number): number => {
		let count = 1;
		for (let power = 10; power <= value; power *= 10) {
			count++;
		}

		return putDigits(bytes, at, value, count);
	};

	const putStamp = (bytes: Buffer, at: number, ms: number): number => {
		if (ms !== stampedMs) {
			const micros = Math.round((origin + ms) * 1000);
			const now = Math.floor(micros / 1e6);
			if (now !== seconds) {
				seconds = now;
				second.write(new Date(now * 1000).toISOString(), 'latin1');
			}

			let end = copy(second, secondsLength, stamp, 0);
			const fraction = micros - (now * 1e6);
			if (fraction > 0) {
				stamp[end] = point;
				end = putDigits(stamp, end + 1, fraction, 6);
			}

			stamp[end] = zulu;
			stampedBytes = end + 1;
			stampedMs = ms;
		}

		return copy(stamp, stampedBytes, bytes, at);
	};

	return {
		maxBytes: numbersLength + ending.length,
		put(bytes, at, numbers, place) {
			let end = putStamp(bytes, at, numbers[place]!);
			bytes[end] = comma;
			end = putStamp(bytes, end + 1, numbers[place + 1]!);
			bytes[end] = comma;
			end = putWhole(bytes, end + 1, numbers[place + 3]!);
			bytes[end] = comma;
			end = putWhole(bytes, end + 1, Math.round(numbers[place + 4]! * 1e6));
			return copy(ending, ending.length, bytes, end);
		},
	};
}
