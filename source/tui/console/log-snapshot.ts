import {type Tail} from '../../logs/follow-tail.ts';
import {type LogSearch} from '../../logs/log-search.ts';
import {type Query} from '../../logs/query.ts';
import {type LogLine} from '../../logs/read-lines.ts';
import {type LogFilter} from './log-filter.ts';

export type LogRow = {
	readonly line: LogLine;
	/** It matches the filter, and does not only stand around one that does. */
	readonly isMatch?: boolean;
	/** Lines before it are left out. */
	readonly afterGap?: boolean;
	/** When it came, epoch ms, of a log that is followed. */
	readonly arrivedAt?: number;
	/** It is the other stream's (merged-log.ts). */
	readonly isGuest?: boolean;
};

/** What there is to draw of a log. */
export type LogSnapshot = {
	readonly rows: readonly LogRow[];
	readonly isFollowing: boolean;
	/** Bytes of the log, and those that lie beyond what is shown. */
	readonly size: number;
	readonly bytesBelow: number;
	/** Bytes that the following passed over, because more was written at once than a screen could show. */
	readonly skippedBytes: number;
	readonly search?: {readonly typed: string; readonly query: Query; readonly count: number; readonly ordinal?: number; readonly progress: number};
	readonly filter?: {readonly typed: string; readonly query: Query; readonly count: number; readonly progress: number};
	/** Offset of the line that a search or an error led to. */
	readonly current?: number;
	/** Why it cannot be read, or why a search cannot be made, in one sentence. */
	readonly problem?: string;
};

export const emptySnapshot: LogSnapshot = {rows: [], isFollowing: true, size: 0, bytesBelow: 0, skippedBytes: 0};

type Shown = Pick<LogSnapshot, 'rows' | 'isFollowing' | 'current' | 'problem'> & {
	readonly tail: Tail;
	readonly search: LogSearch | undefined;
	readonly filter: LogFilter | undefined;
};

/** What there is to draw of the rows that were read, with how far search and filter have come. */
export function snapshotOf({rows, isFollowing, tail: {size, skippedBytes, problem: tailProblem}, current, problem, search, filter}: Shown): LogSnapshot {
	const line = current === undefined ? undefined : rows.find(row => row.line.offset === current)?.line;
	return {
		rows, isFollowing, size, skippedBytes, current, problem: problem ?? tailProblem,
		bytesBelow: isFollowing ? 0 : Math.max(0, size - (rows.at(-1)?.line.end ?? size)),
		search: search && {typed: search.query.typed, query: search.query, count: search.count(), progress: search.progress(), ordinal: line && search.ordinal(line)},
		filter: filter && {typed: filter.typed, query: filter.query, count: filter.search.count(), progress: filter.search.progress()},
	};
}
