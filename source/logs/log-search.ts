import {type ByteSource} from '../core/byte-source.ts';
import {messageOf} from '../core/errors.ts';
import {offsetList, type OffsetList} from './offset-list.ts';
import {type Query} from './query.ts';
import {lineStart} from './read-lines.ts';
import {findNext, findPrevious, scan} from './scan.ts';

/** What is known of a query in a log; the counting goes on meanwhile. */
export type LogSearch = {
	readonly query: Query;
	/** An offset inside each matching line that was found so far, in order. */
	readonly matches: Pick<OffsetList, 'length' | 'at' | 'countBefore'>;
	/** Matching lines so far, also beyond those that `matches` keeps. */
	count(): number;
	/** How much of the log has been searched, 0 to 1. */
	progress(): number;
	/** Why it cannot be searched, in one sentence. */
	problem(): string | undefined;
	/** The number of the line at an offset among those that match, from 1; undefined until the counting has come there. */
	ordinal(line: {readonly offset: number; readonly end: number}): number | undefined;
	/** The start of the next matching line that begins at or after an offset, known without waiting for the counting. */
	next(from: number): Promise<number | undefined>;
	/** The start of the last matching line before the line that begins at an offset. */
	previous(before: number): Promise<number | undefined>;
	/** Searches what has been added since; a log that was cut is searched anew. */
	refresh(): void;
	stop(): void;
};

// 32 MB of offsets; a query with more hits than that wants to be a better one.
const mostMatches = 4_000_000;
const tellEveryMs = 100;

/**
Counts a query's lines in a log from its start, in the background.

@param onChange Called when more is known, ten times a second at most, and at the end.
*/
export function searchLog(source: ByteSource, query: Query, onChange: () => void = () => undefined): LogSearch {
	const abort = new AbortController();
	const {signal} = abort;
	const matches = offsetList();
	let beyond = 0;
	let scanned = 0;
	let size = Infinity;
	let problem: string | undefined;
	let isRunning = false;
	let isStale = false;

	let toldAt = -Infinity;
	// Somebody draws what is told: that must not take longer than the search.
	const tell = () => {
		if (performance.now() - toldAt >= tellEveryMs) {
			toldAt = performance.now();
			onChange();
		}
	};

	const countOn = async () => {
		size = await source.size();
		if (size < scanned) {
			scanned = 0;
			beyond = 0;
		}

		// A last line that has grown is searched again, whole.
		scanned = scanned === 0 ? 0 : await lineStart(source, scanned);
		matches.truncate(scanned);
		await scan(source, query, {from: scanned, to: size}, {
			onMatches(offsets) {
				for (const offset of offsets) {
					if (matches.length < mostMatches) {
						matches.push(offset);
					} else {
						beyond++;
					}
				}
			},
			onScanned(offset) {
				scanned = offset;
				tell();
				return undefined;
			},
			signal,
		});
		size = Math.min(size, scanned);
	};

	const run = async () => {
		isStale = true;
		if (isRunning) {
			return;
		}

		isRunning = true;
		while (isStale && !signal.aborted) {
			isStale = false;
			try {
				await countOn();
				problem = undefined;
			} catch (error) {
				problem = messageOf(error);
			}
		}

		isRunning = false;
		if (!signal.aborted) {
			onChange();
		}
	};

	/** The start of the first line that may not have been searched. */
	const searchedTo = async () => lineStart(source, Math.min(scanned, await source.size()));

	void run();
	return {
		query,
		matches,
		count: () => matches.length + beyond,
		progress: () => (size === 0 ? 1 : Math.min(1, scanned / size)),
		problem: () => problem,
		ordinal({offset, end}) {
			const index = matches.countBefore(offset);
			const found = matches.at(index);
			return found !== undefined && found < end ? index + 1 : undefined;
		},
		async next(from) {
			const known = matches.at(matches.countBefore(from));
			const found = known ?? await findNext(source, query, beyond > 0 ? from : Math.max(from, await searchedTo()), signal);
			return found === undefined ? undefined : lineStart(source, found);
		},
		async previous(before) {
			const known = before <= scanned && beyond === 0 ? matches.at(matches.countBefore(before) - 1) : await findPrevious(source, query, before, signal);
			return known === undefined ? undefined : lineStart(source, known);
		},
		refresh() {
			void run();
		},
		stop() {
			abort.abort();
		},
	};
}
