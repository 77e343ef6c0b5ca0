/*
Sorted rows as text. Five million of them are too many strings, and a row has over eighty bytes: it is written in words of
four, into which the digits of a table go.
*/
import {writeSix, writeThree, writeWhole} from './digits.ts';
import {type Slab} from './merge-blocks.ts';
import {type ParsedFiles} from './parse-files.ts';
import {quoteField} from './split-row.ts';
import {secondsLength} from './timestamp.ts';

/** No row is longer than this without its label: two timestamps of 35 characters, two numbers of 16, commas and line end. */
const numbersLength = 112;
const second = 1e9;
const comma = 44;
/** `+00:` and `00,`, with the byte after it. */
const zone = [0x2B_30_30_3A, 0x30_30_2C_00] as const;

/** The last second that was written, as the words of its text and a point: most rows repeat it. */
class SecondText {
	/** Nanoseconds after the base that it begins at. */
	from = NaN;
	a = 0;
	b = 0;
	c = 0;
	d = 0;
	e = 0;

	set(from: number, epochSeconds: number): void {
		const bytes = Buffer.from(`${new Date(epochSeconds * 1000).toISOString().replace('T', ' ').slice(0, secondsLength)}.`, 'latin1');
		this.from = from;
		this.a = bytes.readUInt32BE(0);
		this.b = bytes.readUInt32BE(4);
		this.c = bytes.readUInt32BE(8);
		this.d = bytes.readUInt32BE(12);
		this.e = bytes.readUInt32BE(16);
	}
}

/** Makes the text of sorted rows. */
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
	#view: DataView;
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
		this.#bytes = Buffer.from(new ArrayBuffer(this.#capacity));
		this.#view = new DataView(this.#bytes.buffer);
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
		const bytes = this.#bytes;
		const view = this.#view;
		const last = this.#capacity - this.#longestRow;
		let at = this.#at;
		let index = from;
		for (; index < rows && at <= last; index++) {
			const row = order[index]!;
			const start = starts[row]!;
			at = this.#writeTime(at, start, this.#startSecond);
			at = this.#writeTime(at, start + spans[row]!, this.#stopSecond);
			if (this.#isLabelled) {
				at = writeWhole(view, at, counts[row]!);
				bytes[at++] = comma;
			}

			at = writeWhole(view, at, latencies[row]!);
			const label = this.#labels[labels[row]!]!;
			// eslint-disable-next-line unicorn/no-for-loop, @typescript-eslint/prefer-for-of -- twice as fast as an iterator for so few bytes
			for (let byte = 0; byte < label.length; byte++) {
				bytes[at++] = label[byte]!;
			}
		}

		this.#at = at;
		return index;
	}

	/**
	The text so far; the formatter begins a new one.

	@param free What was taken earlier and is not needed any more: where the new text goes.
	*/
	take(free?: Buffer): Buffer {
		const text = this.#bytes.subarray(0, this.#at);
		const buffer = free?.buffer ?? new ArrayBuffer(this.#capacity);
		this.#bytes = Buffer.from(buffer);
		this.#view = new DataView(buffer);
		this.#at = 0;
		return text;
	}

	/** `2020-07-02 18:50:43.476000+00:00,`: no fraction where it is zero, six digits where they hold it, else nine. */
	#writeTime(from: number, nanosAfterBase: number, text: SecondText): number {
		if (!(nanosAfterBase >= text.from && nanosAfterBase < text.from + second)) {
			const whole = Math.floor(nanosAfterBase / second);
			text.set(whole * second, whole + this.#baseSeconds);
		}

		const view = this.#view;
		view.setUint32(from, text.a);
		view.setUint32(from + 4, text.b);
		view.setUint32(from + 8, text.c);
		view.setUint32(from + 12, text.d);
		view.setUint32(from + 16, text.e);
		const nanos = nanosAfterBase - text.from;
		let at = from + secondsLength;
		if (nanos > 0) {
			const micros = Math.floor(nanos / 1000);
			at = writeSix(view, at + 1, micros);
			if (nanos !== micros * 1000) {
				at = writeThree(view, at, nanos - (micros * 1000));
			}
		}

		view.setUint32(at, zone[0]);
		view.setUint32(at + 4, zone[1]);
		return at + 7;
	}
}
