import {plainText} from './styled-text.ts';
import {timeFormats, type TimeFormat} from './time-formats.ts';

/** What is known of a log beside its lines. */
export type TimeContext = {
	/** Epoch ms: when the proc started, or the benchmark. Completes times without year, day or hour. */
	readonly startedAt: number;
	/**
	Epoch ms after which nothing was written: when the proc ended, or the benchmark. Tells how often the clock of a format
	without day or hour can have come round (`time-anchors.ts`).

	@default when the log was last written, as far as that is known
	*/
	readonly endedAt?: number;
	/**
	Minutes that the host's local time is ahead of UTC.

	@default this machine's time zone at that time
	*/
	readonly offsetMinutes?: number;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
// Times stand at the beginning of a line; further on they are what the line talks about.
const headLength = 200;

/**
Epoch ms of a line, with a fraction; undefined where none of the formats is in it.

Of a clock that shows a part of the time alone (`formatPeriod`), the first such time from shortly before the start on: right
for a line that was written within that period. `logTimes` knows better, for it has the whole log.
*/
export function lineTime(line: string, context: TimeContext, formats: readonly TimeFormat[] = timeFormats): number | undefined {
	const head = plainText(line.slice(0, 2 * headLength)).slice(0, headLength);
	for (const {pattern} of formats) {
		const groups = pattern.exec(head)?.groups;
		const at = groups && timeOf(groups, context);
		if (at !== undefined && !Number.isNaN(at)) {
			return at;
		}
	}

	return undefined;
}

/** The format that most of the lines have, where any has one. */
export function detectFormat(lines: readonly string[], context: TimeContext, formats: readonly TimeFormat[] = timeFormats): TimeFormat | undefined {
	const counts = formats.map(format => ({format, count: lines.filter(line => lineTime(line, context, [format]) !== undefined).length}));
	const best = counts.reduce((one, other) => (other.count > one.count ? other : one), {format: undefined as TimeFormat | undefined, count: 0});
	return best.format;
}

/**
Ms after which the times of a format come round again: a day without the day, an hour without the hour too. Undefined for
one that tells the day, or counts from a start.
*/
export function formatPeriod({pattern: {source}}: TimeFormat): number | undefined {
	const has = (group: string) => source.includes(`(?<${group}>`);
	return has('epoch') || has('uptime') || has('day') ? undefined : periodOf(has('hour'), has('minute'));
}

/** How far times may go back from line to line, or a clock be wrong, of a format that comes round again. */
export function slackOf(period: number): number {
	return Math.min(5 * minuteMs, period / 12);
}

function periodOf(hasHour: boolean, hasMinute: boolean): number {
	return hasHour ? dayMs : (hasMinute ? hourMs : minuteMs);
}

type Groups = Readonly<Record<string, string | undefined>>;

function timeOf(groups: Groups, context: TimeContext): number | undefined {
	const {epoch, uptime, hour, minute, day} = groups;
	if (epoch !== undefined) {
		return epochMs(epoch);
	}

	if (uptime !== undefined) {
		return context.startedAt + (Number(uptime) * 1000);
	}

	const clock = (Number(hour ?? 0) % (groups['meridian'] === undefined ? 24 : 12) * hourMs) + (/^p/i.test(groups['meridian'] ?? '') ? 12 * hourMs : 0)
		+ (Number(minute ?? 0) * 60_000) + (Number(groups['second'] ?? 0) * 1000) + (Number(`0.${groups['fraction'] ?? '0'}`) * 1000);
	const offset = (wall: number) => offsetMs(wall, groups['zone'], context);
	// The time where it started, as that host's clock shows it, in ms since 1970 as if it were UTC.
	const started = context.startedAt + offset(context.startedAt);
	if (day === undefined) {
		return first(clock, started, periodOf(hour !== undefined, minute !== undefined)) - offset(started);
	}

	const month = monthOf(groups['month']);
	if (month === undefined) {
		return undefined;
	}

	const wallIn = (year: number) => Date.UTC(year, month, Number(day)) + clock;
	const year = new Date(started).getUTCFullYear();
	const wall = groups['year'] === undefined
		? [year - 1, year, year + 1].map(wallIn).toSorted((one, other) => Math.abs(one - started) - Math.abs(other - started))[0]!
		: wallIn(Number(groups['year']));
	return wall - offset(wall);
}

/** The first time of a clock that shows a part of the time alone, from shortly before the start on. */
function first(clock: number, started: number, period: number): number {
	const from = started - slackOf(period);
	return from + ((((clock - from) % period) + period) % period);
}

function monthOf(text: string | undefined): number | undefined {
	const index = /^\d+$/.test(text ?? '') ? Number(text) - 1 : months.indexOf((text ?? '').slice(0, 3).toLowerCase());
	return index >= 0 && index < 12 ? index : undefined;
}

/** How far a wall clock is ahead of UTC. */
function offsetMs(wall: number, zone: string | undefined, {offsetMinutes}: TimeContext): number {
	const parts = /^(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)$/.exec(zone ?? '')?.groups;
	if (parts) {
		return (parts['sign'] === '-' ? -1 : 1) * ((Number(parts['hours']) * 60) + Number(parts['minutes'])) * 60_000;
	}

	if (zone !== undefined) {
		return 0;
	}

	// The zone's rules at that wall time; the offset near a change of it is the one of an hour that exists.
	const local = new Date(wall);
	return offsetMinutes === undefined
		? -new Date(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), local.getUTCHours(), local.getUTCMinutes()).getTimezoneOffset() * 60_000
		: offsetMinutes * 60_000;
}

function epochMs(text: string): number {
	const [whole = '', rest] = text.split('.', 2);
	return rest === undefined ? Number(whole) / (10 ** (whole.length - 13)) : Number(text) * 1000;
}
