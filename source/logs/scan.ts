import {type ByteSource} from '../core/byte-source.ts';
import {type Query} from './query.ts';
import {bufferOf, lineStart} from './read-lines.ts';

export type ScanOptions = {
	/** Offsets in the log, one inside each line that matches, in order. */
	readonly onMatches: (offsets: readonly number[]) => void;
	/** After each chunk: everything before the offset has been looked at. Returning true ends the scan. */
	readonly onScanned?: (offset: number) => boolean | undefined;
	readonly signal?: AbortSignal;
};

const chunkBytes = 1024 * 1024;
const newline = 10;

/**
Looks for a query in `[from, to)`, which begins with a line. The next chunk is read while one is searched, so that the
slower of disk and search sets the pace.

@returns How far it came: the start of a line, or `to`.
*/
export async function scan(source: ByteSource, query: Query, range: {readonly from: number; readonly to: number}, {onMatches, onScanned, signal}: ScanOptions): Promise<number> {
	let position = range.from;
	// A line longer than a chunk is searched in pieces and counted once.
	let isMatched = false;
	let isInside = false;
	// One is searched while the other is filled. New memory for each chunk of gigabytes costs as much as the search.
	const most = Math.min(chunkBytes, Math.max(0, range.to - range.from));
	const memory = [new Uint8Array(most), new Uint8Array(most)] as const;
	let turn: 0 | 1 = 0;
	let next = source.read(position, Math.min(chunkBytes, range.to - position), memory[turn]);
	while (position < range.to && !signal?.aborted) {
		const bytes = bufferOf(await next);
		if (bytes.length === 0) {
			break;
		}

		const last = bytes.lastIndexOf(newline);
		const isLast = position + bytes.length >= range.to;
		const chunk = last === -1 || isLast ? bytes : bytes.subarray(0, last + 1);
		const start = position;
		position += chunk.length;
		turn = turn === 0 ? 1 : 0;
		next = source.read(position, Math.min(chunkBytes, range.to - position), memory[turn]);
		// The read that is under way when the scan ends may fail unheard.
		next.catch(() => undefined);

		const firstEnd: number | undefined = isInside && isMatched ? chunk.indexOf(newline) : undefined;
		const offsets: readonly number[] = matchesIn(chunk, query, firstEnd).map(offset => start + offset);
		isInside = last === -1;
		isMatched = isInside && (isMatched || offsets.length > 0);
		if (offsets.length > 0) {
			onMatches(offsets);
		}

		if (onScanned?.(position)) {
			break;
		}

		// Native searches never yield by themselves.
		await immediate();
	}

	return position;
}

/**
The query's lines in a chunk.

@param firstEnd End of a first line whose match is known already; -1 where that is the whole chunk.
*/
function matchesIn(chunk: Buffer, query: Query, firstEnd: number | undefined): readonly number[] {
	const offsets: number[] = [];
	query.scan(chunk, offset => {
		if (firstEnd === undefined || (firstEnd !== -1 && offset > firstEnd)) {
			offsets.push(offset);
		}
	});
	return offsets;
}

/** Offset inside the first matching line that begins at or after an offset. */
export async function findNext(source: ByteSource, query: Query, from: number, signal?: AbortSignal): Promise<number | undefined> {
	let found: number | undefined;
	const size = await source.size();
	await scan(source, query, {from, to: size}, {
		onMatches([first]) {
			found ??= first;
		},
		onScanned: () => found !== undefined,
		signal,
	});
	return found;
}

/** Offset inside the last matching line that ends at or before an offset, which is the start of a line. */
export async function findPrevious(source: ByteSource, query: Query, before: number, signal?: AbortSignal): Promise<number | undefined> {
	let end = before;
	let window = chunkBytes;
	while (end > 0 && !signal?.aborted) {
		let found: number | undefined;
		const from = await lineStart(source, Math.max(0, end - window));
		await scan(source, query, {from, to: end}, {
			onMatches(offsets) {
				found = offsets.at(-1);
			},
			signal,
		});
		if (found !== undefined) {
			return found;
		}

		end = from;
		window = Math.min(window * 2, 16 * chunkBytes);
	}

	return undefined;
}

async function immediate(): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	setImmediate(resolve);
	await promise;
}
