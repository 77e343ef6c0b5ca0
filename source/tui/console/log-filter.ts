/*
The lines of a log that match: which of them are shown, and how a person moves in them.
*/
import {type ByteSource} from '../../core/byte-source.ts';
import {readFiltered} from '../../logs/filtered-lines.ts';
import {type LogSearch} from '../../logs/log-search.ts';
import {type Query} from '../../logs/query.ts';
import {type LogRow} from './log-snapshot.ts';
import {lineBytes} from './log-window.ts';

export type LogFilter = {readonly typed: string; readonly query: Query; readonly context: number; readonly search: LogSearch};

/** `word +2` is a word with two lines around it. */
export function parseFilter(typed: string): {readonly text: string; readonly context: number} {
	const {text = typed, context = '0'} = /^(?<text>.+?) \+(?<context>\d{1,3})$/.exec(typed)?.groups ?? {};
	return {text, context: Number(context)};
}

/**
The first match that is shown after a step of some.

@param top The first one now; undefined while the end is followed.
*/
export function steppedMatch({search, context}: LogFilter, top: number | undefined, height: number, step: number): number | undefined {
	const page = Math.max(1, Math.floor(height / (1 + 2 * context)));
	const last = Math.max(0, search.matches.length - page);
	const to = Math.max(0, Math.min(last, (top ?? last) + step));
	return step === Infinity || (top === undefined && step > 0) ? undefined : to;
}

/** The rows that are shown: those from a match on, or the last. */
export async function filteredRows(source: ByteSource, {search, context}: LogFilter, top: number | undefined, height: number): Promise<readonly LogRow[]> {
	const from = top ?? Math.max(0, search.matches.length - Math.max(1, Math.ceil(height / (1 + context))));
	const found = await readFiltered(source, search, {from, rows: top === undefined ? Infinity : height, context, lineBytes});
	let afterGap = false;
	const rows: LogRow[] = [];
	for (const row of found) {
		if (row.kind === 'line') {
			rows.push({line: row.line, isMatch: row.isMatch, afterGap});
		}

		afterGap = row.kind === 'gap';
	}

	return top === undefined ? rows.slice(-height) : rows.slice(0, height);
}
