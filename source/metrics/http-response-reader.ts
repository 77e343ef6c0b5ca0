/*
Reads the answers to `GET /metrics`, one after the other on one connection: node:http costs more than all else that a scrape
does. It knows what such servers send (Content-Length, chunked, or a body that ends with the connection) and refuses the
rest in a sentence.
*/
import {BenchError} from '../core/errors.ts';
import {asBytes, byte, type Bytes} from './exposition-bytes.ts';

export type HttpResponse = {
	readonly status: number;
	/** Empty where there is none. */
	readonly contentType: string;
	/** Whether the connection may be used again. */
	readonly keepAlive: boolean;
	/** Holds until the next bytes are pushed: the memory is used again. */
	readonly body: Uint8Array;
};

type Head = Omit<HttpResponse, 'body'> & {
	readonly bodyStart: number;
	/** A length in bytes, or how else the end is found. */
	readonly framing: number | 'chunked' | 'close';
};

/** What of a head counts. */
const headers = {
	encoding: /\r\ncontent-encoding:[\t ]*([^\r]*)/i,
	transfer: /\r\ntransfer-encoding:[\t ]*([^\r]*)/i,
	length: /\r\ncontent-length:[\t ]*([^\r]*)/i,
	connection: /\r\nconnection:[\t ]*([^\r]*)/i,
	type: /\r\ncontent-type:[\t ]*([^\r]*)/i,
};

const maxHeadBytes = 64 * 1024;

const maxBodyBytes = 64 * 1024 * 1024;

export class HttpResponseReader {
	readonly #source: string;
	#buffer = asBytes(new Uint8Array(16 * 1024));
	/** Bytes of the buffer that are in use. */
	#length = 0;
	#head: Head | undefined;
	/** Where the chunks read so far end, once joined, and where the next begins. */
	#joinedEnd = 0;
	#chunkStart = 0;

	// Errors begin with the source: `client_0 (127.0.0.1:10001)`.
	constructor(source: string) {
		this.#source = source;
	}

	/** Whether some of an answer has arrived, but not all of it. */
	get isWithin(): boolean {
		return this.#length > 0;
	}

	/**
	Takes bytes as they come; returns the answer that they complete.

	@throws BenchError `metrics` where this is no HTTP/1 answer; the connection is then of no use.
	*/
	push(chunk: Uint8Array): HttpResponse | undefined {
		this.#append(chunk);
		for (;;) {
			this.#head ??= this.#readHead();
			const head = this.#head;
			if (!head) {
				return undefined;
			}

			// 100 Continue, 103 Early Hints: the answer is still to come.
			if (head.status >= 200) {
				const bodyEnd = this.#bodyEnd(head);
				return bodyEnd === undefined ? undefined : this.#complete(head, bodyEnd);
			}

			this.#buffer.copyWithin(0, head.bodyStart, this.#length);
			this.#length -= head.bodyStart;
			this.#head = undefined;
		}
	}

	/**
	Takes the connection's end; returns the answer that it completes, or undefined where none had begun.

	@throws BenchError `metrics` where an answer is cut off.
	*/
	end(): HttpResponse | undefined {
		if (this.#head?.framing === 'close') {
			return this.#complete(this.#head, this.#length);
		}

		if (this.#length > 0) {
			throw this.#fault(`the connection closed in the middle of the answer, after ${this.#length} bytes`);
		}

		return undefined;
	}

	#append(chunk: Uint8Array): void {
		const length = this.#length + chunk.length;
		if (length > this.#buffer.length) {
			if (length > maxHeadBytes + maxBodyBytes) {
				throw this.#fault(`the answer is longer than ${maxBodyBytes / 1024 / 1024} MiB`);
			}

			const wide = asBytes(new Uint8Array(length * 2));
			wide.set(this.#buffer.subarray(0, this.#length));
			this.#buffer = wide;
		}

		this.#buffer.set(chunk, this.#length);
		this.#length = length;
	}

	#readHead(): Head | undefined {
		const end = this.#buffer.subarray(0, this.#length).indexOf('\r\n\r\n', 0, 'latin1');
		if (end === -1) {
			if (this.#length > maxHeadBytes || !startsLikeHttp(this.#buffer, this.#length)) {
				throw this.#fault('it does not answer in HTTP/1');
			}

			return undefined;
		}

		return this.#parseHead(this.#buffer.toString('latin1', 0, end), end + 4);
	}

	#parseHead(text: string, bodyStart: number): Head {
		const groups = /^HTTP\/1\.(?<minor>\d) (?<status>\d{3})(?: |\r|$)/.exec(text)?.groups;
		if (!groups) {
			throw this.#fault('it does not answer in HTTP/1');
		}

		const header = (pattern: RegExp) => pattern.exec(text)?.[1]?.trim() ?? '';
		const encoding = header(headers.encoding).toLowerCase();
		if (encoding !== '' && encoding !== 'identity') {
			throw this.#fault(`it answers in the encoding "${encoding}", which nobody asked for`);
		}

		const status = Number(groups['status']);
		const framing = this.#framing(status, header(headers.transfer).toLowerCase(), header(headers.length));
		const connection = header(headers.connection).toLowerCase();
		const keepAlive = framing !== 'close' && (groups['minor'] === '0' ? connection.includes('keep-alive') : !connection.includes('close'));
		this.#joinedEnd = bodyStart;
		this.#chunkStart = bodyStart;
		return {status, contentType: header(headers.type), keepAlive, bodyStart, framing};
	}

	#framing(status: number, transferEncoding: string, contentLength: string): Head['framing'] {
		if (status < 200 || status === 204 || status === 304) {
			return 0;
		}

		if (transferEncoding === 'chunked') {
			return 'chunked';
		}

		if (transferEncoding !== '' || !/^\d*$/.test(contentLength) || Number(contentLength) > maxBodyBytes) {
			throw this.#fault(`it answers with ${transferEncoding === '' ? `Content-Length "${contentLength}"` : `Transfer-Encoding "${transferEncoding}"`}, which cannot be read`);
		}

		return contentLength === '' ? 'close' : Number(contentLength);
	}

	/** Where the body ends, or undefined where it has not arrived yet. */
	#bodyEnd({framing, bodyStart}: Head): number | undefined {
		if (framing === 'chunked') {
			return this.#joinChunks();
		}

		return framing !== 'close' && this.#length >= bodyStart + framing ? bodyStart + framing : undefined;
	}

	/** Moves the chunks together where they lie; what has been joined is never looked at again. */
	#joinChunks(): number | undefined {
		const bytes = this.#buffer;
		for (;;) {
			const lineEnd = bytes.subarray(0, this.#length).indexOf(byte.newline, this.#chunkStart);
			if (lineEnd === -1) {
				return undefined;
			}

			const size = this.#chunkSize(bytes.toString('latin1', this.#chunkStart, Math.min(lineEnd, this.#chunkStart + 100)));
			const start = lineEnd + 1;
			if (size === 0) {
				return this.#trailerHasEnded(start) ? this.#joinedEnd : undefined;
			}

			if (this.#length < start + size + 2) {
				return undefined;
			}

			bytes.copyWithin(this.#joinedEnd, start, start + size);
			this.#joinedEnd += size;
			this.#chunkStart = start + size + 2;
		}
	}

	#chunkSize(line: string): number {
		const digits = /^(?<digits>[\da-f]{1,8})\s*(?:;.*)?$/i.exec(line.trimEnd())?.groups?.['digits'];
		if (digits === undefined) {
			throw this.#fault(`a chunk begins with "${line.trimEnd().slice(0, 20)}" instead of its size`);
		}

		return Number.parseInt(digits, 16);
	}

	/** Behind the last chunk come headers, mostly none, and an empty line. */
	#trailerHasEnded(start: number): boolean {
		let at = start;
		for (;;) {
			const lineEnd = this.#buffer.subarray(0, this.#length).indexOf(byte.newline, at);
			if (lineEnd === -1) {
				return false;
			}

			if (lineEnd - at <= 1) {
				this.#chunkStart = lineEnd + 1;
				return true;
			}

			at = lineEnd + 1;
		}
	}

	#complete({status, contentType, keepAlive, bodyStart, framing}: Head, bodyEnd: number): HttpResponse {
		// Bytes that nobody asked for would be taken for the next answer.
		const isClean = this.#length === (framing === 'chunked' ? this.#chunkStart : bodyEnd);
		this.#length = 0;
		this.#head = undefined;
		return {status, contentType, keepAlive: keepAlive && isClean, body: this.#buffer.subarray(bodyStart, bodyEnd)};
	}

	#fault(what: string): BenchError {
		return new BenchError('metrics', `${this.#source}: cannot be scraped: ${what}.`);
	}
}

function startsLikeHttp(bytes: Bytes, length: number): boolean {
	return 'HTTP/1.'.startsWith(bytes.toString('latin1', 0, Math.min(length, 7)));
}
