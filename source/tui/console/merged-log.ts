/*
stdout and stderr of a process as one text: in the order of the times that their lines say, else in the order in which they
came.
*/
import {lineTime} from '../../logs/line-time.ts';
import {type LogRow, type LogSnapshot} from './log-snapshot.ts';

// What a line says does not change: a screen of logs is merged ten times a second.
const times = new WeakMap<LogRow['line'], number | undefined>();

/**
The log that keys move in, with the rows of the other between its own. While it is stopped, those that fall into what it shows.

@param startedAt When the process started: it completes times without day or year.
*/
export function mergedLog(active: LogSnapshot, other: LogSnapshot, startedAt: number): LogSnapshot {
	const own = timed(active.rows, startedAt);
	const [first = -Infinity, last = Infinity] = active.isFollowing ? [] : [own[0]?.at, own.at(-1)?.at];
	const guests = timed(other.rows, startedAt).filter(({at}) => at >= first && at <= last);
	const rows: LogRow[] = [];
	let next = 0;
	for (const {row, at} of own) {
		for (; next < guests.length && guests[next]!.at < at; next++) {
			rows.push({...guests[next]!.row, isGuest: true});
		}

		rows.push(row);
	}

	return {...active, rows: [...rows, ...guests.slice(next).map(({row}): LogRow => ({...row, isGuest: true}))]};
}

type TimedRow = {readonly row: LogRow; readonly at: number};

// A line without a time, a frame of a stack perhaps, stays with the one before it.
function timed(rows: readonly LogRow[], startedAt: number): readonly TimedRow[] {
	let last: number | undefined;
	return rows.map(row => {
		last = timeOf(row, startedAt) ?? last;
		return {row, at: last ?? row.arrivedAt ?? Infinity};
	});
}

function timeOf({line}: LogRow, startedAt: number): number | undefined {
	if (!times.has(line)) {
		times.set(line, lineTime(line.text, {startedAt}));
	}

	return times.get(line);
}
