/*
A pull parser for the Prometheus text format 0.0.4 and OpenMetrics 1.0. It works on bytes and gives places in them, not
strings: at five scrapes a second of a hundred endpoints, most of what arrives is looked at once and never becomes an
object. With a filter, what nobody asked for costs a comparison and a search for the line's end, and is not validated.

It is as lenient as both formats together (CRLF, blanks between tokens, a missing last newline, comments, exemplars), and
strict where a value would be wrong: a line it cannot read is a BenchError with line and column.
*/
import {type BenchError} from '../core/errors.ts';
import {byte, isLabelByte, isLabelStart, isNameByte, isNameStart} from './exposition-bytes.ts';
import {ExpositionCursor} from './exposition-cursor.ts';
import {type NameFilter} from './name-filter.ts';
import {NumberReader} from './number-reader.ts';

export type ExpositionFormat = 'prometheus' | 'openmetrics';

export type ScannerOptions = {
	/** What errors begin with: `client_0 (127.0.0.1:10001)`, or a file. */
	readonly source: string;
	/**
	Says how timestamps are meant (ms, or s) and whether `# EOF` ends the text.

	@default 'prometheus'
	*/
	readonly format?: ExpositionFormat;
	/** Skips all other samples. By default none are skipped. */
	readonly wanted?: NameFilter;
	/**
	Stops at TYPE and HELP lines too; the filter does not hold for them.

	@default false
	*/
	readonly metadata?: boolean;
};

export type Scanned = 'sample' | 'type' | 'help' | 'end';

export class ExpositionScanner extends ExpositionCursor {
	/** Where the name of the sample, or of the metadata line's family, begins and ends. */
	nameStart = 0;
	nameEnd = 0;
	/** Where the labels lie, between their braces; both are 0 where the sample has none. */
	labelsStart = 0;
	labelsEnd = 0;
	/** Where the name with its labels ends. */
	seriesEnd = 0;
	/** Where the value's digits, or the metadata's text, lie. */
	textStart = 0;
	textEnd = 0;
	value = 0;
	/** Epoch ms; NaN where the sample has none. */
	timestamp = NaN;
	readonly #format: ExpositionFormat;
	readonly #wanted: NameFilter | undefined;
	readonly #metadata: boolean;
	readonly #numbers: NumberReader;

	constructor(bytes: Uint8Array, {source, format = 'prometheus', wanted, metadata = false}: ScannerOptions) {
		super(bytes, source);
		this.#format = format;
		this.#wanted = wanted;
		this.#metadata = metadata;
		this.#numbers = new NumberReader(this.bytes);
	}

	/**
	Goes to the next sample (or metadata line, where asked for) and sets the fields.

	@throws BenchError `metrics` naming source, line and column; `skipLine` goes on behind it.
	*/
	next(): Scanned {
		const {bytes} = this;
		while (this.at < this.length) {
			this.lineStart = this.at;
			this.skipBlanks();
			const first = bytes[this.at];
			if (first === byte.newline) {
				this.at++;
			} else if (first === byte.hash) {
				const found = this.#comment();
				if (found !== undefined) {
					return found;
				}
			} else if (this.at < this.length) {
				if (this.#wanted === undefined || this.#wanted(bytes, this.at)) {
					this.#sample();
					return 'sample';
				}

				this.skipLine();
			}
		}

		return 'end';
	}

	/** Says in one sentence what is wrong with the line of the last sample. */
	override fault(what: string, at = this.nameStart): BenchError {
		return super.fault(what, at);
	}

	#sample(): void {
		const {bytes} = this;
		this.nameStart = this.at;
		if (isNameStart[bytes[this.at]!] !== 1) {
			throw this.unexpected('a metric name');
		}

		let at = this.at + 1;
		while (isNameByte[bytes[at] ?? 0] === 1) {
			at++;
		}

		this.nameEnd = at;
		this.seriesEnd = at;
		this.labelsStart = 0;
		this.labelsEnd = 0;
		this.at = at;
		this.skipBlanks();
		if (bytes[this.at] === byte.open) {
			this.at++;
			this.labelsStart = this.at;
			this.labelsEnd = this.#labels();
			this.seriesEnd = this.at;
			this.skipBlanks();
		} else if (this.at === at) {
			throw this.unexpected('a blank or "{" after the name');
		}

		this.#value();
		this.#timestamp();
		this.#lineEnd();
	}

	/** Goes behind the brace that closes the labels, and returns its place. */
	#labels(): number {
		const {bytes} = this;
		for (;;) {
			this.skipBlanks();
			if (bytes[this.at] === byte.close) {
				this.at++;
				return this.at - 1;
			}

			this.#labelName();
			this.expect(byte.equals, '"=" after the label\'s name');
			this.#labelValue();
			this.skipBlanks();
			if (bytes[this.at] === byte.comma) {
				this.at++;
			} else if (bytes[this.at] !== byte.close) {
				throw this.unexpected('"," or "}" after the label');
			}
		}
	}

	#labelName(): void {
		const {bytes} = this;
		if (isLabelStart[bytes[this.at] ?? 0] !== 1) {
			throw this.unexpected('a label\'s name or "}"');
		}

		do {
			this.at++;
		} while (isLabelByte[bytes[this.at] ?? 0] === 1);
	}

	#labelValue(): void {
		const {bytes} = this;
		this.expect(byte.quote, 'a quoted label value');
		let {at} = this;
		for (;;) {
			const code = bytes[at];
			if (code === byte.quote) {
				this.at = at + 1;
				return;
			}

			if (code === undefined || code === byte.newline) {
				throw this.fault('the label\'s value has no closing quote', this.at - 1);
			}

			// An escape's second byte is never the end, and never a line's.
			at += code === byte.backslash && bytes[at + 1] !== byte.newline ? 2 : 1;
		}
	}

	#value(): void {
		this.textStart = this.at;
		this.textEnd = this.#numbers.read(this.at);
		if (this.textEnd === -1) {
			throw this.unexpected('a number');
		}

		this.value = this.#numbers.value;
		this.at = this.textEnd;
	}

	#timestamp(): void {
		this.timestamp = NaN;
		this.skipBlanks();
		const first = this.bytes[this.at];
		if ((first ?? byte.newline) === byte.newline || first === byte.hash) {
			return;
		}

		const end = this.#numbers.read(this.at);
		if (end === -1 || !Number.isFinite(this.#numbers.value)) {
			throw this.unexpected('a timestamp');
		}

		this.timestamp = this.#format === 'openmetrics' ? Math.round(this.#numbers.value * 1000) : this.#numbers.value;
		this.at = end;
		this.skipBlanks();
	}

	/** An exemplar, if there is one, says nothing that is kept here, but it has to be one. */
	#lineEnd(): void {
		const {bytes} = this;
		if (bytes[this.at] === byte.hash) {
			this.at++;
			this.expect(byte.open, '"{" of an exemplar');
			this.#labels();
			this.skipBlanks();
			for (let numbers = 0; numbers < 2 && this.at < this.length && bytes[this.at] !== byte.newline; numbers++) {
				const end = this.#numbers.read(this.at);
				if (end === -1) {
					throw this.unexpected('an exemplar\'s number');
				}

				this.at = end;
				this.skipBlanks();
			}
		}

		if (this.at < this.length && bytes[this.at] !== byte.newline) {
			throw this.unexpected('the line\'s end');
		}

		this.at++;
	}

	/** Reads `# TYPE name type` and `# HELP name text`; all else after a `#` is a comment. */
	#comment(): Scanned | undefined {
		const start = this.at + 1;
		this.skipLine();
		const isEof = this.#format === 'openmetrics' && this.isWord(start, ' EOF');
		if (isEof) {
			this.at = this.length;
			return undefined;
		}

		const kind = (['type', 'help'] as const).find(word => this.#metadata && this.isWord(start, ` ${word.toUpperCase()}`));
		if (kind === undefined) {
			return undefined;
		}

		const {bytes} = this;
		let end = bytes[this.at - 1] === byte.newline ? this.at - 1 : this.at;
		end -= Number(bytes[end - 1] === byte.carriageReturn);
		let at = start + 5;
		while (bytes[at] === byte.space || bytes[at] === byte.tab) {
			at++;
		}

		this.nameStart = at;
		while (isNameByte[bytes[at] ?? 0] === 1) {
			at++;
		}

		this.nameEnd = at;
		while (at < end && (bytes[at] === byte.space || bytes[at] === byte.tab)) {
			at++;
		}

		this.textStart = Math.min(at, end);
		this.textEnd = end;
		// What is not of that form is a comment as well.
		return this.nameEnd > this.nameStart ? kind : undefined;
	}
}
