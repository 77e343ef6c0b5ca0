import {type ByteSource} from '../core/byte-source.ts';
import {messageOf} from '../core/errors.ts';
import {lineStart, readLines, readLinesBefore, type LogLine} from './read-lines.ts';

/** The end of a log that grows. */
export type Tail = {
	/** Newest last. */
	readonly lines: readonly LogLine[];
	/** Bytes at the end of what was read. */
	readonly size: number;
	/** Lines that were read since the tail was opened and have left `lines`. */
	readonly leftLines: number;
	/** Bytes that were never read, because more was written at once than a screen could show. */
	readonly skippedBytes: number;
	/** Why it cannot be read just now, in one sentence. */
	readonly problem?: string;
};

export type TailOptions = {
	/**
	Lines that are kept.

	@default 1000
	*/
	readonly lines?: number;
	/**
	The most that is read at a time; of a larger growth, the last part.

	@default 256 KiB
	*/
	readonly stepBytes?: number;
	/**
	How much of a line is kept as text.

	@default 4 KiB
	*/
	readonly lineBytes?: number;
};

/** Follows the end of a log in bounded memory, and counts what it leaves out. A log that was cut or replaced is read anew. */
export function followTail(source: ByteSource, onTail: (tail: Tail) => void, {lines: keep = 1000, stepBytes = 256 * 1024, lineBytes = 4096}: TailOptions = {}): () => void {
	let tail: Tail = {lines: [], size: 0, leftLines: 0, skippedBytes: 0};
	const stopped = new AbortController();
	let isReading = false;
	let isStale = true;

	const grown = async (): Promise<Tail> => {
		const size = await source.size();
		const last = tail.lines.at(-1);
		const isFresh = size < tail.size || tail.size === 0;
		if (isFresh) {
			const lines = await readLinesBefore(source, size, keep, {lineBytes});
			return {lines, size: lines.at(-1)?.end ?? 0, leftLines: 0, skippedBytes: 0};
		}

		const isGrowing = last?.isEnded === false;
		const resume = isGrowing ? last.offset : tail.size;
		const from = size - resume > stepBytes ? await lineStart(source, size - stepBytes) : resume;
		const isSkipping = from > resume;
		const read = await readLines(source, Math.max(from, resume), Infinity, {to: size, lineBytes});
		const kept = isGrowing && !isSkipping ? tail.lines.slice(0, -1) : tail.lines;
		const lines = [...kept, ...read];
		return {
			lines: lines.slice(-keep),
			size: read.at(-1)?.end ?? tail.size,
			leftLines: tail.leftLines + Math.max(0, lines.length - keep),
			skippedBytes: tail.skippedBytes + (isSkipping ? from - tail.size : 0),
		};
	};

	const refresh = async () => {
		isStale = true;
		if (isReading) {
			return;
		}

		isReading = true;
		while (isStale && !stopped.signal.aborted) {
			isStale = false;
			try {
				tail = await grown();
			} catch (error) {
				tail = {...tail, problem: messageOf(error)};
			}

			if (!stopped.signal.aborted) {
				onTail(tail);
			}
		}

		isReading = false;
	};

	const unwatch = source.watch(() => {
		void refresh();
	});
	void refresh();
	return () => {
		stopped.abort();
		unwatch();
	};
}
