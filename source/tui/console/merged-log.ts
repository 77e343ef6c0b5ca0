/*
stdout and stderr of a process as one text: in the order of the times that their lines say, else in the order in which they
came.
*/
import {formatPeriod, lineTime, slackOf, type TimeContext} from '../../logs/line-time.ts';
import {timeFormats} from '../../logs/time-formats.ts';
import {type LogRow, type LogSnapshot} from './log-snapshot.ts';

// What a line says does not change: a screen of logs is merged ten times a second.
const times = new WeakMap<LogRow['line'], number | undefined>();

/**
The log that keys move in, with the rows of the other between its own. While it is stopped, those that fall into what it shows.

@param span When the process started, and when it ended or what time it is: they complete times without day or year. A clock that
has come round meanwhile tells nothing here, where a window is all that there is of a log: such lines stand as they came.
*/
export function mergedLog(active: LogSnapshot, other: LogSnapshot, span: Span): LogSnapshot {
	const own = timed(active.rows, span);
	const [first = -Infinity, last = Infinity] = active.isFollowing ? [] : [own[0]?.at, own.at(-1)?.at];
	const guests = timed(other.rows, span).filter(({at}) => at >= first && at <= last);
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

type Span = Required<Pick<TimeContext, 'startedAt' | 'endedAt'>>;
type TimedRow = {readonly row: LogRow; readonly at: number};

// A line without a time, a frame of a stack perhaps, stays with the one before it.
function timed(rows: readonly LogRow[], span: Span): readonly TimedRow[] {
	let last: number | undefined;
	return rows.map(row => {
		last = timeOf(row, span) ?? last;
		return {row, at: last ?? row.arrivedAt ?? Infinity};
	});
}

function timeOf({line}: LogRow, span: Span): number | undefined {
	if (!times.has(line)) {
		const formats = timeFormats.filter(format => {
			const period = formatPeriod(format) ?? Infinity;
			return span.endedAt - span.startedAt < period - slackOf(period);
		});
		times.set(line, lineTime(line.text, span, formats));
	}

	return times.get(line);
}
