import path from 'node:path';
import {type TimeContext} from '../../../logs/line-time.ts';
import {localFile} from '../../../logs/local-file.ts';
import {LogReader} from '../../../logs/log-reader.ts';

export type ShownLog = {
	/** Absolute. */
	readonly file: string;
	readonly context: TimeContext;
	readonly start: 'start' | 'end';
};

/** Readers of the logs that are on the screen; each is open for as long as it is there. */
export class ReaderPool {
	readonly #readers = new Map<string, LogReader>();

	/** The reader of a log, opened where it is not; a new one goes to a moment. */
	open({file, context, start}: ShownLog, at: number | undefined): LogReader {
		const known = this.#readers.get(file);
		if (known) {
			return known;
		}

		const reader = new LogReader(localFile(file, {name: path.basename(file)}), context, {start});
		if (at !== undefined) {
			reader.seek(at);
		}

		this.#readers.set(file, reader);
		return reader;
	}

	/** Closes all others. */
	keep(files: readonly string[]): void {
		for (const [file, reader] of this.#readers) {
			if (files.includes(file)) {
				continue;
			}

			this.#readers.delete(file);
			void reader.close();
		}
	}

	/** Moves all logs but one to a moment. */
	seek(at: number, but?: LogReader): void {
		for (const reader of this.#readers.values()) {
			if (reader !== but) {
				reader.seek(at);
			}
		}
	}
}
