/*
A log reduced to the lines that match, each with its neighbours, so that what happened around it is not lost. Nothing of it
is kept: a window is read from the offsets that a search found.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {type LogSearch} from './log-search.ts';
import {lineStart, readLines, readLinesBefore, type LogLine, type ReadOptions} from './read-lines.ts';

export type FilteredRow =
	| {readonly kind: 'line'; readonly line: LogLine; readonly isMatch: boolean}
	/** Lines between two windows are not shown. */
	| {readonly kind: 'gap'; readonly offset: number};

export type FilterWindow = ReadOptions & {
	/** The first match that is shown, from 0. */
	readonly from: number;
	/** Rows that are wanted; a few more may come. */
	readonly rows: number;
	/** Lines around each match. */
	readonly context: number;
};

/** Rows of the filtered log from a match on. */
export async function readFiltered(source: ByteSource, {matches}: Pick<LogSearch, 'matches'>, {from, rows, context, ...options}: FilterWindow): Promise<readonly FilteredRow[]> {
	const shown: FilteredRow[] = [];
	let end = 0;
	let first = true;
	for (let index = from; index < matches.length && shown.length < rows; index++) {
		const offset = matches.at(index)!;
		if (offset < end) {
			// It stands in the context of the one before: mark it there, and go on to its own.
			const missing = context - (shown.length - 1 - mark(shown, offset));
			const more = missing > 0 ? await readLines(source, end, missing, options) : [];
			shown.push(...more.map(line => ({kind: 'line' as const, line, isMatch: false})));
			end = more.at(-1)?.end ?? end;
			continue;
		}

		const start = await lineStart(source, offset);
		const before = await readLinesBetween(source, end, start, context, options);
		if (!first && (before[0]?.offset ?? start) > end) {
			shown.push({kind: 'gap', offset: end});
		}

		const after = await readLines(source, start, context + 1, options);
		shown.push(...[...before, ...after].map(line => ({kind: 'line' as const, line, isMatch: line.offset === start})));
		end = after.at(-1)?.end ?? start;
		first = false;
	}

	return shown;
}

async function readLinesBetween(source: ByteSource, from: number, to: number, count: number, options: ReadOptions): Promise<readonly LogLine[]> {
	const lines = to > from && count > 0 ? await readLinesBefore(source, to, count, options) : [];
	return lines.filter(line => line.offset >= from);
}

/** Marks the row with the line at an offset, and returns its index. */
function mark(rows: FilteredRow[], offset: number): number {
	const index = rows.findLastIndex(row => row.kind === 'line' && row.line.offset <= offset);
	const row = rows[index];
	if (row?.kind === 'line') {
		rows[index] = {...row, isMatch: true};
	}

	return index;
}
