import {type RowScanner, slack} from './row-scanner.ts';

const chunkBytes = 262_144;
/** A row has some sixty bytes: a line longer than this is garbage, and only its end is looked for. */
const maxLineBytes = 1_048_576;

/**
Gives a scanner the lines that begin in a part of a file. Whoever reads the file fills `space`, says how much of it with
`commit`, and ends with `end`. A part that is not the first gets its bytes from the one before it, which tells whether a
line begins at its very start.
*/
export class LineFeeder {
	/** True when no line of the part is left, or a row was bad. */
	isDone = false;
	/** True where the last line of the file is the part's and has no line end. */
	isCut = false;
	readonly #scanner: RowScanner;
	/** Where the part ends in the file: a line that begins here is the next part's. */
	readonly #to: number;
	#bytes = Buffer.alloc(chunkBytes + slack);
	#length = 0;
	/** Where the buffer's first byte is in the file. */
	#offset: number;
	/** The rest of a line that another part has, or that is too long. */
	#isSkipping: boolean;
	#isTooLong = false;

	/**
	Begins at the part's first byte.

	@param scanner
	@param from Where the first byte that will be fed is in the file.
	@param to Where the part ends.
	@param isFirst True where a line begins at `from`; else everything up to a line end is left out.
	*/
	constructor(scanner: RowScanner, from: number, to: number, isFirst: boolean) {
		this.#scanner = scanner;
		this.#offset = from;
		this.#to = to;
		this.#isSkipping = !isFirst;
	}

	/** Where to put the next bytes; never empty. */
	get space(): Buffer {
		return this.#bytes.subarray(this.#length, this.#bytes.length - slack);
	}

	/** Where in the file the next bytes come from. */
	get position(): number {
		return this.#offset + this.#length;
	}

	/** Scans the lines that are whole now that `length` more bytes are there. */
	commit(length: number): void {
		this.#length += length;
		const from = this.#isSkipping ? this.#skip() : 0;
		if (this.isDone || this.#isSkipping) {
			return;
		}

		const end = this.#wholeLines(from);
		if (end > from && !this.#scanner.scan(this.#bytes, from, end)) {
			this.isDone = true;
		}

		this.#drop(end);
		if (this.space.length === 0) {
			this.#makeSpace();
		}
	}

	/** The file is at its end. */
	end(): void {
		this.isCut = !this.isDone && (this.#isTooLong || (!this.#isSkipping && this.#length > 0));
		this.isDone = true;
	}

	/** Leaves out the rest of a line; where what follows it begins. */
	#skip(): number {
		const lineEnd = this.#bytes.subarray(0, this.#length).indexOf(10);
		if (lineEnd === -1) {
			this.#drop(this.#length);
			return 0;
		}

		this.#isSkipping = false;
		const wasTooLong = this.#isTooLong;
		this.#isTooLong = false;
		this.isDone = (wasTooLong && !this.#scanner.reject(`it is longer than ${maxLineBytes} bytes`)) || this.#offset + lineEnd + 1 >= this.#to;
		return lineEnd + 1;
	}

	/** Where the last whole line of the part ends in the buffer. */
	#wholeLines(from: number): number {
		const bytes = this.#bytes.subarray(0, this.#length);
		if (this.position >= this.#to) {
			// The first line end from the last byte of the part on ends the last line that begins in it.
			const last = bytes.indexOf(10, Math.max(from, this.#to - 1 - this.#offset));
			if (last !== -1) {
				this.isDone = true;
				return last + 1;
			}
		}

		return Math.max(from, bytes.lastIndexOf(10) + 1);
	}

	#drop(length: number): void {
		this.#bytes.copyWithin(0, length, this.#length);
		this.#length -= length;
		this.#offset += length;
	}

	#makeSpace(): void {
		if (this.#length >= maxLineBytes) {
			this.#isSkipping = true;
			this.#isTooLong = true;
			this.#drop(this.#length);
			return;
		}

		const grown = Buffer.alloc((this.#length * 2) + slack);
		this.#bytes.copy(grown, 0, 0, this.#length);
		this.#bytes = grown;
	}
}
