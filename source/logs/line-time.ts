import {plainText} from './styled-text.ts';
import {timeFormats, type TimeFormat} from './time-formats.ts';

/** What is known of a log beside its lines. */
export type TimeContext = {
	/** Epoch ms: when the proc started, or the benchmark. Completes times without year, day or hour. */
	readonly startedAt: number;
	/**
	Minutes that the host's local time is ahead of UTC.

	@default this machine's time zone at that time
	*/
	readonly offsetMinutes?: number;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const slackMs = 5 * 60_000;
// Times stand at the beginning of a line; further on they are what the line talks about.
const headLength = 200;

/** Epoch ms of a line, with a fraction; undefined where none of the formats is in it. */
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
	if (hour === undefined) {
		return first(clock, started, hourMs) - offset(started);
	}

	if (day === undefined) {
		return first(clock, started, dayMs) - offset(started);
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
	const from = started - slackMs;
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
