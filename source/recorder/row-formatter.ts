import {type Slab} from './merge-blocks.ts';
import {type ParsedFiles} from './parse-files.ts';
import {quoteField} from './split-row.ts';
import {secondsLength} from './timestamp.ts';

/** No row is longer than this without its label: two timestamps of 35 characters, two numbers of 16, commas and line end. */
const numbersLength = 112;
const second = 1e9;
const zone = Buffer.from('+00:00');

/** The last second that was written, as text: most rows repeat it. */
class SecondText {
	seconds = NaN;
	readonly bytes = Buffer.alloc(secondsLength);

	set(seconds: number): void {
		this.seconds = seconds;
		this.bytes.write(new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, secondsLength), 'latin1');
	}
}

/** Makes the text of sorted rows, byte by byte: five million rows are too many strings. */
export class RowFormatter {
	readonly #baseSeconds: number;
	/** Each with its comma before and the line end behind. */
	readonly #labels: readonly Uint8Array[];
	readonly #isLabelled: boolean;
	readonly #capacity: number;
	readonly #longestRow: number;
	readonly #startSecond = new SecondText();
	readonly #stopSecond = new SecondText();
	#bytes: Buffer;
	#at = 0;

	/**
	Begins with no text.

	@param parsed What the rows refer to.
	@param capacity Bytes of text that are made at a time.
	*/
	constructor({baseSeconds, labels, format}: Pick<ParsedFiles, 'baseSeconds' | 'labels' | 'format'>, capacity: number) {
		this.#baseSeconds = baseSeconds;
		this.#isLabelled = format === 'labelled';
		// Of unlabelled rows, the label is `host,port` as it is to be written.
		this.#labels = labels.map(label => Buffer.from(`,${this.#isLabelled ? quoteField(label) : label}\n`));
		this.#longestRow = numbersLength + Math.max(0, ...this.#labels.map(label => label.length));
		this.#capacity = Math.max(capacity, this.#longestRow * 2);
		this.#bytes = Buffer.allocUnsafeSlow(this.#capacity);
	}

	/** True where another row might not fit. */
	get isFull(): boolean {
		return this.#at + this.#longestRow > this.#capacity;
	}

	addText(text: string): void {
		this.#at += this.#bytes.write(text, this.#at);
	}

	/** Adds rows from the given one on while they fit; the index of the next. */
	addRows({rows, order, starts, spans, latencies, counts, labels}: Slab, from: number): number {
		let index = from;
		for (; index < rows && !this.isFull; index++) {
			const row = order[index]!;
			const start = starts[row]!;
			this.#addTime(start, this.#startSecond);
			this.#addTime(start + spans[row]!, this.#stopSecond);
			if (this.#isLabelled) {
				this.#addWhole(counts[row]!);
				this.#bytes[this.#at++] = 44;
			}

			this.#addWhole(latencies[row]!);
			this.#addBytes(this.#labels[labels[row]!]!);
		}

		return index;
	}

	/** The text so far; the formatter begins a new one. */
	take(): Buffer {
		const text = this.#bytes.subarray(0, this.#at);
		this.#bytes = Buffer.allocUnsafeSlow(this.#capacity);
		this.#at = 0;
		return text;
	}

	/** `2020-07-02 18:50:43.476000+00:00,`: no fraction where it is zero, six digits where they hold it, else nine. */
	#addTime(nanosAfterBase: number, text: SecondText): void {
		const whole = Math.floor(nanosAfterBase / second);
		const nanos = nanosAfterBase - (whole * second);
		if (whole + this.#baseSeconds !== text.seconds) {
			text.set(whole + this.#baseSeconds);
		}

		this.#addBytes(text.bytes);
		if (nanos > 0) {
			this.#bytes[this.#at++] = 46;
			const micros = Math.floor(nanos / 1000);
			this.#addDigits(micros, 6);
			if (nanos !== micros * 1000) {
				this.#addDigits(nanos - (micros * 1000), 3);
			}
		}

		this.#addBytes(zone);
		this.#bytes[this.#at++] = 44;
	}

	#addWhole(value: number): void {
		let digits = 1;
		for (let most = 10; most <= value; most *= 10) {
			digits++;
		}

		this.#addDigits(value, digits);
	}

	#addDigits(value: number, digits: number): void {
		let rest = value;
		for (let at = this.#at + digits - 1; at >= this.#at; at--) {
			const next = Math.floor(rest / 10);
			this.#bytes[at] = 48 + rest - (next * 10);
			rest = next;
		}

		this.#at += digits;
	}

	#addBytes(bytes: Uint8Array): void {
		// eslint-disable-next-line unicorn/no-for-loop, @typescript-eslint/prefer-for-of -- twice as fast as an iterator for so few bytes
		for (let index = 0; index < bytes.length; index++) {
			this.#bytes[this.#at++] = bytes[index]!;
		}
	}
}
