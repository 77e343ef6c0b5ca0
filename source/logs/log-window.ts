/*
What is shown of a log around the cursor: its rows, the time there, and where it stands among the matches.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {type FilteredRow} from './filtered-lines.ts';
import {type LogSearch} from './log-search.ts';
import {type Query} from './query.ts';
import {readLines, readLinesBefore} from './read-lines.ts';
import {type LogTimes} from './seek-time.ts';

export type LogWindow = {
	/** What is shown, the cursor's line among them. */
	readonly rows: readonly FilteredRow[];
	/** Index of the cursor's row; -1 where there is none. */
	readonly cursor: number;
	/** Epoch ms that the cursor's line, or the last line before it that tells a time, was written at. */
	readonly at: number | undefined;
	readonly size: number;
	/** The cursor is on the last line, and stays there when more is written. */
	readonly isFollowing: boolean;
	readonly search: SearchView | undefined;
	readonly filter: SearchView | undefined;
	/** How its times are written; undefined where they are not understood. */
	readonly timeFormat: string | undefined;
	/** Why it cannot be read, or what was not found. */
	readonly problem: string | undefined;
};

export type SearchView = {
	readonly query: Query;
	readonly count: number;
	/** 0 to 1. */
	readonly progress: number;
	/** The number of the cursor's line among the matches, from 1. */
	readonly ordinal: number | undefined;
};

/** Before anything was read. */
export const emptyWindow: LogWindow = {rows: [], cursor: -1, at: undefined, size: 0, isFollowing: true, search: undefined, filter: undefined, timeFormat: undefined, problem: undefined};
/** As much of a line as is shown. */
export const lineBytes = 16 * 1024;
const beforeForTime = 50;

/**
The rows around a line: it stands in the middle, save at the ends.

@param source
@param offset Where the line begins.
@param height How many rows are shown.
*/
export async function rowsAround(source: ByteSource, offset: number, height: number): Promise<readonly FilteredRow[]> {
	const wanted = Math.max(1, height);
	const below = await readLines(source, offset, wanted, {lineBytes});
	const above = await readLinesBefore(source, offset, Math.max(Math.floor(wanted / 2), wanted - below.length), {lineBytes});
	const lines = [...above, ...below];
	const middle = Math.min(above.length, Math.floor(wanted / 2));
	const from = below.length < wanted - middle ? Math.max(0, lines.length - wanted) : above.length - middle;
	return lines.slice(from, from + wanted).map(line => ({kind: 'line', line, isMatch: false}));
}

/** When the row of the cursor was written, or the last line before it that tells. */
export async function timeAt(source: ByteSource, times: LogTimes | undefined, rows: readonly FilteredRow[], cursor: number): Promise<number | undefined> {
	if (!times?.format || cursor === -1) {
		return undefined;
	}

	const row = rows[cursor];
	const before = await times.timesOf(rows.slice(0, cursor + 1).flatMap(one => (one.kind === 'line' ? [one.line] : [])));
	const last = before.findLast(at => at !== undefined);
	if (last !== undefined || row?.kind !== 'line') {
		return last;
	}

	// A long stack may stand between.
	const lines = await readLinesBefore(source, row.line.offset, beforeForTime, {lineBytes: 1024});
	return (await times.timesOf(lines)).findLast(at => at !== undefined);
}

/** A search as it is seen from the line that begins at an offset. */
export function searchView(search: LogSearch | undefined, rows: readonly FilteredRow[], offset: number): SearchView | undefined {
	const row = rows.find(one => one.kind === 'line' && one.line.offset === offset);
	return search && {query: search.query, count: search.count(), progress: search.progress(), ordinal: row?.kind === 'line' ? search.ordinal(row.line) : undefined};
}
