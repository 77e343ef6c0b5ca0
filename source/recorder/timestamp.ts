/*
Timestamps as clients write them: ISO 8601 in UTC, `2021-04-07T18:41:22.655012Z` or `2020-07-02 18:50:43.476000+00:00`,
with none to nine digits of fraction. A timestamp is two whole numbers, epoch seconds and nanoseconds, so that none is
rounded.
*/

/** `YYYY-MM-DD?HH:MM:SS`. */
export const secondsLength = 19;
const digitZero = 48;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export type Timestamp = {readonly seconds: number; readonly nanos: number};

/** A timestamp, strictly; undefined where it is not one. */
export function parseTimestamp(text: string): Timestamp | undefined {
	const bytes = Buffer.from(text, 'latin1');
	const seconds = bytes.length < secondsLength ? NaN : parseSeconds(bytes, 0);
	const rest = /^(?:\.(\d{1,9}))?(?:Z|[+-]00:00)$/.exec(text.slice(secondsLength));
	return Number.isNaN(seconds) || !rest ? undefined : {seconds, nanos: Number((rest[1] ?? '').padEnd(9, '0'))};
}

/** Epoch seconds of the 19 bytes from `at`; NaN where they are not a date and a time of the calendar. */
export function parseSeconds(bytes: Uint8Array, at: number): number {
	const year = (pair(bytes, at) * 100) + pair(bytes, at + 2);
	const month = pair(bytes, at + 5);
	const day = pair(bytes, at + 8);
	const hour = pair(bytes, at + 11);
	const minute = pair(bytes, at + 14);
	const second = pair(bytes, at + 17);
	const separator = bytes[at + 10];
	const isShaped = bytes[at + 4] === 45 && bytes[at + 7] === 45 && (separator === 84 || separator === 32) && bytes[at + 13] === 58 && bytes[at + 16] === 58;
	// A pair that is not two digits is NaN, and no comparison with NaN holds.
	return !isShaped
		|| !(year >= 1)
		|| !(month >= 1 && month <= 12)
		|| !(day >= 1 && day <= daysIn(year, month))
		|| !(hour <= 23)
		|| !(minute <= 59)
		|| !(second <= 59)
		? NaN
		: daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** `2021-04-07T18:41:22.655012Z`, as clients write it: a zero fraction left out. */
export function formatTimestamp({seconds, nanos}: Timestamp): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, secondsLength)}${formatFraction(nanos, 3)}Z`;
}

/** `.655012` in the fewest of 3, 6 or 9 digits that hold it, but at least so many; nothing where it is zero. */
function formatFraction(nanos: number, least: 3 | 6): string {
	if (nanos === 0) {
		return '';
	}

	const digits = nanos % 1000 === 0 ? (nanos % 1_000_000 === 0 ? least : 6) : 9;
	return `.${String(nanos).padStart(9, '0').slice(0, digits)}`;
}

function pair(bytes: Uint8Array, at: number): number {
	const tens = bytes[at]! - digitZero;
	const ones = bytes[at + 1]! - digitZero;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? (tens * 10) + ones : NaN;
}

function daysIn(year: number, month: number): number {
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return month === 2 && isLeap ? 29 : monthDays[month - 1]!;
}

/** Days from 1970-01-01 in the Gregorian calendar: years are counted from March, so that a leap day is a year's last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
	const marchYear = month > 2 ? year : year - 1;
	const dayOfYear = Math.floor(((153 * ((month + 9) % 12)) + 2) / 5) + day - 1;
	return (marchYear * 365) + Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400) + dayOfYear - 719_468;
}
