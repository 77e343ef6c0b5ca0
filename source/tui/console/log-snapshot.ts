import {type Query} from '../../logs/query.ts';
import {type LogLine} from '../../logs/read-lines.ts';

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
