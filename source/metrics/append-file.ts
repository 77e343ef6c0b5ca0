import {open, type FileHandle} from 'node:fs/promises';
import {asBytes, type Bytes} from './exposition-bytes.ts';

const firstBytes = 64 * 1024;

/**
A file that is appended to without waiting: bytes gather in memory while the ones before them are being written. What
gathers is bounded by the caller, who looks at `length` before it adds more.
*/
export class AppendFile {
	readonly #handle: FileHandle;
	#gathering: Bytes = asBytes(new Uint8Array(firstBytes));
	#spare: Bytes = asBytes(new Uint8Array(firstBytes));
	#length = 0;
	#begun = 0;
	#writing: Promise<void> | undefined;
	#isWanted = false;
	#error: Error | undefined;

	private constructor(handle: FileHandle) {
		this.#handle = handle;
	}

	/** Creates the file, or empties it. */
	static async create(path: string): Promise<AppendFile> {
		return new AppendFile(await open(path, 'w'));
	}

	/** What ended the writing, once something has. */
	get error(): Error | undefined {
		return this.#error;
	}

	/** All bytes that were added. */
	get total(): number {
		return this.#begun + this.#length;
	}

	/** Bytes of which no write has begun. */
	get length(): number {
		return this.#length;
	}

	/** Forgets what was gathered after a length. */
	truncate(length: number): void {
		this.#length = Math.min(this.#length, length);
	}

	/** Memory for that many more bytes: where they go, `length` bytes in. */
	room(bytes: number): Bytes {
		const needed = this.#length + bytes;
		if (needed > this.#gathering.length) {
			const wide = asBytes(new Uint8Array(needed * 2));
			wide.set(this.#gathering.subarray(0, this.#length));
			this.#gathering = wide;
		}

		return this.#gathering;
	}

	/** Counts bytes in that were put into `room`. */
	added(bytes: number): void {
		this.#length += bytes;
	}

	/** Has what has gathered written, at once or after the write that is under way. */
	flush(): void {
		if (this.#length > 0) {
			this.#isWanted = true;
			this.#writing ??= this.#write();
		}
	}

	/** Writes the rest and closes the file; rejects where something could not be written. */
	async close(): Promise<void> {
		try {
			while (this.#writing !== undefined || (this.#length > 0 && this.#error === undefined)) {
				this.flush();
				await this.#writing;
			}
		} finally {
			await this.#handle.close();
		}

		if (this.#error !== undefined) {
			throw this.#error;
		}
	}

	async #write(): Promise<void> {
		try {
			while (this.#isWanted) {
				this.#isWanted = false;
				const [bytes, length] = [this.#gathering, this.#length];
				this.#gathering = this.#spare;
				this.#spare = bytes;
				this.#length = 0;
				this.#begun += length;
				for (let at = 0; at < length;) {
					const {bytesWritten} = await this.#handle.write(bytes, at, length - at);
					at += bytesWritten;
				}
			}
		} catch (error) {
			this.#error ??= error instanceof Error ? error : new Error(String(error));
		} finally {
			this.#writing = undefined;
		}
	}
}
