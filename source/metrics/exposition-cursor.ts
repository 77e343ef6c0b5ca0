/*
A place in exposition text: what both its lines and their parts are read with, and how an error names where it is.
*/
import {BenchError} from '../core/errors.ts';
import {asBytes, byte, type Bytes, isNameByte} from './exposition-bytes.ts';

export class ExpositionCursor {
	protected readonly bytes: Bytes;
	protected readonly length: number;
	protected at = 0;
	protected lineStart = 0;
	readonly #source: string;
	#lineOffset = 0;

	/**
	Begins at the first byte.

	@param bytes
	@param source What errors begin with.
	*/
	constructor(bytes: Uint8Array, source: string) {
		this.bytes = asBytes(bytes);
		this.length = bytes.length;
		this.#source = source;
	}

	/** Goes to the line behind the one that was read last, or could not be. */
	skipLine(): void {
		const end = this.bytes.indexOf(byte.newline, this.lineStart);
		this.at = end === -1 ? this.length : end + 1;
	}

	/** Says in one sentence what is wrong at a place in the line that is being read. */
	fault(what: string, at: number): BenchError {
		const {bytes} = this;
		let line = this.#lineOffset + 1;
		for (let end = bytes.indexOf(byte.newline); end !== -1 && end < this.lineStart; end = bytes.indexOf(byte.newline, end + 1)) {
			line++;
		}

		const column = [...bytes.toString('utf8', this.lineStart, Math.min(at, this.lineStart + 100_000))].length + 1;
		return new BenchError('metrics', `${this.#source}: cannot read the metrics at line ${line}, column ${column}: ${what}.`);
	}

	/** Counts lines of text that came before these bytes, for errors. */
	countLinesFrom(lines: number): void {
		this.#lineOffset = lines;
	}

	protected isWord(start: number, word: string): boolean {
		for (let index = 0; index < word.length; index++) {
			if (this.bytes[start + index] !== word.codePointAt(index)) {
				return false;
			}
		}

		return isNameByte[this.bytes[start + word.length] ?? 0] !== 1;
	}

	protected expect(code: number, what: string): void {
		this.skipBlanks();
		if (this.bytes[this.at] !== code) {
			throw this.unexpected(what);
		}

		this.at++;
	}

	protected skipBlanks(): void {
		const {bytes} = this;
		let {at} = this;
		for (;;) {
			const code = bytes[at];
			const isLineEnd = code === byte.carriageReturn && (bytes[at + 1] === byte.newline || at + 1 === this.length);
			if (code !== byte.space && code !== byte.tab && !isLineEnd) {
				break;
			}

			at++;
		}

		this.at = at;
	}

	protected unexpected(wanted: string): BenchError {
		const code = this.bytes[this.at];
		const found = code === undefined || code === byte.newline ? 'the line ends' : `there is ${JSON.stringify(this.bytes.toString('utf8', this.at, this.at + 12).split('\n', 1)[0])}`;
		return this.fault(`${wanted} is missing, ${found}`, this.at);
	}
}
