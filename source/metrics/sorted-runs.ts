import {open, rm, type FileHandle} from 'node:fs/promises';

/** Where sorted runs of text wait until they are merged. */
export type RunStore = {
	/** Takes a run; its memory is used again. */
	append(run: Uint8Array): Promise<void>;
	/** Text from an offset among all runs; it lies within one of them and holds until the next read. */
	read(offset: number, length: number): Promise<Uint8Array>;
};

type Run = {
	readonly start: number;
	readonly end: number;
	/** Text that was read ahead, and where it begins. */
	window: Uint8Array;
	windowStart: number;
};

const windowBytes = 256 * 1024;

/**
Keeps the first run in memory, which is enough for most records; when there are more, all go to a file. A merge reads each
run from its beginning to its end, a little at a time: so each is read ahead.
*/
export class SortedRuns implements RunStore {
	readonly #path: string;
	readonly #runs: Run[] = [];
	#first: Uint8Array | undefined;
	#file: FileHandle | undefined;

	constructor(path: string) {
		this.#path = path;
	}

	async append(run: Uint8Array): Promise<void> {
		const start = this.#runs.at(-1)?.end ?? 0;
		this.#runs.push({start, end: start + run.length, window: new Uint8Array(), windowStart: 0});
		if (this.#runs.length === 1) {
			this.#first = new Uint8Array(run);
			return;
		}

		if (!this.#file) {
			this.#file = await open(this.#path, 'w+');
			await this.#file.writeFile(this.#first!);
			this.#first = undefined;
		}

		await this.#file.writeFile(run);
	}

	async read(offset: number, length: number): Promise<Uint8Array> {
		if (this.#first) {
			return this.#first.subarray(offset, offset + length);
		}

		const run = this.#runs.findLast(({start}) => start <= offset)!;
		if (offset < run.windowStart || offset + length > run.windowStart + run.window.length) {
			run.window = await this.#readWhole(offset, Math.min(Math.max(windowBytes, length), run.end - offset));
			run.windowStart = offset;
		}

		return run.window.subarray(offset - run.windowStart, offset - run.windowStart + length);
	}

	/** Closes and removes the file, if there is one. */
	async close(): Promise<void> {
		await this.#file?.close();
		await rm(this.#path, {force: true});
	}

	async #readWhole(offset: number, length: number): Promise<Uint8Array> {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length;) {
			const {bytesRead} = await this.#file!.read(bytes, at, length - at, offset + at);
			if (bytesRead === 0) {
				throw new Error(`${this.#path} is shorter than what was written`);
			}

			at += bytesRead;
		}

		return bytes;
	}
}
