/*
A growing recorder file, looked at now and then. A look reads a few kilobytes of its end: all rows that are new where those
fit, else the newest, each standing for as many as were skipped. The time of what it finds is that of the rows, not that of
the look, so a client that buffers its output is measured rightly.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {BenchError} from '../core/errors.ts';
import {type Header, parseHeader} from './header.ts';
import {parseRow, type Row} from './parse-row.ts';

/** What a look reads at most: about sixty rows. */
const tailBytes = 4096;
const headBytes = 512;
/** A clock that differs by more than this is wrong, and its times are shifted. */
const usualOffsetMs = 10_000;

/** New rows of a file. */
export type TailRows = {
	/** Epoch ms: the newest start, by this machine's clock. */
	readonly at: number;
	readonly rows: ReadonlyArray<Pick<Row, 'count' | 'latencyNanos' | 'label'>>;
	/** How many rows of the file each stands for: 1 or more. */
	readonly weight: number;
};

export class TailReader {
	readonly #source: ByteSource;
	#header: Header | undefined;
	/** Where the last row that was counted ends. */
	#end = 0;
	#offsetMs: number | undefined;

	constructor(source: ByteSource) {
		this.#source = source;
	}

	/**
	Looks at the file.

	@param now Epoch ms.
	@returns Undefined where there is no new row.
	@throws {BenchError} Where the file cannot be read, or is no recorder file.
	*/
	async look(now: number): Promise<TailRows | undefined> {
		const size = await this.#source.size();
		if (size < this.#end) {
			// The file was begun anew.
			this.#header = undefined;
			this.#end = 0;
		}

		const header = this.#header ?? await this.#readHeader(size);
		if (!header || size === this.#end) {
			return undefined;
		}

		const from = Math.max(this.#end, size - tailBytes);
		const bytes = Buffer.from(await this.#source.read(from, size - from));
		const begin = from === this.#end ? 0 : bytes.indexOf(10) + 1;
		const end = bytes.lastIndexOf(10) + 1;
		if (end <= begin) {
			return undefined;
		}

		const rows = rowsOf(bytes.toString('latin1', begin, end), header);
		const weight = (from + end - this.#end) / (end - begin);
		this.#end = from + end;
		return rows.length === 0 ? undefined : {at: this.#hereTime(Math.max(...rows.map(({start}) => (start.seconds * 1000) + (start.nanos / 1e6))), now), rows, weight};
	}

	async close(): Promise<void> {
		await this.#source.close();
	}

	async #readHeader(size: number): Promise<Header | undefined> {
		const head = size === 0 ? Buffer.alloc(0) : Buffer.from(await this.#source.read(0, headBytes));
		const lineEnd = head.indexOf(10);
		if (lineEnd === -1) {
			if (head.length >= headBytes) {
				throw new BenchError('recorder', `${this.#source.name} is no recorder file: its first ${headBytes} bytes have no line end.`);
			}

			return undefined;
		}

		this.#header = parseHeader(head.toString('latin1', 0, lineEnd).replace(/\r$/, ''), this.#source.name);
		this.#end = lineEnd + 1;
		return this.#header;
	}

	/** A host's time as this machine's: as it is, unless the host's clock is plainly wrong. */
	#hereTime(hostMs: number, now: number): number {
		this.#offsetMs ??= Math.abs(now - hostMs) > usualOffsetMs ? now - hostMs : 0;
		return hostMs + this.#offsetMs;
	}
}

function rowsOf(text: string, header: Header): readonly Row[] {
	return text.split('\n').filter(line => line !== '').flatMap(line => {
		const row = parseRow(line.replace(/\r$/, ''), header);
		return 'reason' in row ? [] : [row];
	});
}
