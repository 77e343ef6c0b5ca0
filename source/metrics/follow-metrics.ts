import {type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {type SeriesStore} from '../core/series-store.ts';
import {type Family} from './exposition.ts';
import {metricsFile, openIfThere} from './metrics-files.ts';
import {SampleIntake} from './sample-intake.ts';

/** Reads a record while it grows. */
type MetricsFollower = {
	/**
	Puts what was recorded since the last poll into the store, at most 8 MiB of text.

	@returns Whether it has come to the end of what is there.
	@throws BenchError `metrics` naming the file where it cannot be read.
	*/
	poll(): Promise<boolean>;
	/** How much was read so far. */
	readonly bytes: number;
	/** All families that the record has described so far. */
	readonly families: ReadonlyMap<string, Family>;
	close(): Promise<void>;
};

const readBytes = 256 * 1024;
const pollBytes = 8 * 1024 * 1024;

/**
Follows the `metrics.om` of a benchmark directory, which need not be there yet. The record goes on being read when it is
compressed meanwhile, for the file is still open; a benchmark that was over before is read with `readMetrics`.

@param names Names of samples to put into the store; one that ends in `*` stands for all that begin so. By default all.
*/
export function followMetrics(directory: string, store: SeriesStore, names?: readonly string[]): MetricsFollower {
	const file = path.join(directory, metricsFile);
	const intake = new SampleIntake(store, names);
	const buffer = new Uint8Array(readBytes);
	let handle: FileHandle | undefined;
	let polling: Promise<boolean> | undefined;
	let isClosed = false;
	let bytes = 0;

	return {
		get bytes() {
			return bytes;
		},
		families: intake.families,
		async poll() {
			polling ??= read();
			return polling;
		},
		async close() {
			isClosed = true;
			await polling?.catch(() => undefined);
			await handle?.close();
			handle = undefined;
		},
	};

	async function read(): Promise<boolean> {
		try {
			handle ??= isClosed ? undefined : await openIfThere(file);
			return handle === undefined || await readOn(handle);
		} catch (error) {
			throw new BenchError('metrics', `${file}: cannot be read: ${messageOf(error)}.`, {cause: error});
		} finally {
			polling = undefined;
		}
	}

	async function readOn(record: FileHandle): Promise<boolean> {
		for (let total = 0; total < pollBytes;) {
			const {bytesRead} = await record.read(buffer, 0, buffer.length);
			if (bytesRead === 0) {
				return true;
			}

			intake.push(buffer.subarray(0, bytesRead));
			total += bytesRead;
			bytes += bytesRead;
		}

		return false;
	}
}
