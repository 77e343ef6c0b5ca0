/*
Durations stay wire data: an input holds what the disk holds, the text of Python's `str(timedelta)` (`0:00:02`,
`0:00:00.200000`, `1 day, 0:00:00`). These functions go between that text, what people write (`2s`, `200ms`, `1.5min`)
and numbers.
*/
import {BenchError} from './errors.ts';
import {pythonFloat} from './python-text.ts';

const microsecondsIn: Readonly<Record<string, number>> = {us: 1, ms: 1000, s: 1e6, min: 60e6, m: 60e6, h: 3600e6, d: 86_400e6};

/**
The microseconds of a duration as people write it (`2s`, `200ms`, `1.5min`, `1h`) or as Python prints it.

@throws BenchError where the text is neither.
*/
export function parseDuration(text: string): number {
	const written = /^\s*(?<amount>-?\d+(?:\.\d+)?)\s*(?<unit>us|ms|s|min|[dhm])\s*$/.exec(text)?.groups;
	if (written) {
		return Math.round(Number(written['amount']) * microsecondsIn[written['unit']!]!);
	}

	const printed = /^(?:(?<days>-?\d+) days?, )?(?<hours>\d+):(?<minutes>\d{2}):(?<seconds>\d{2})(?:\.(?<fraction>\d{1,6}))?$/.exec(text.trim())?.groups;
	if (!printed) {
		throw new BenchError('usage', `"${text}" is no duration; write 2s, 200ms, 1.5min or 0:00:02.`);
	}

	const seconds = (Number(printed['days'] ?? 0) * 86_400) + (Number(printed['hours']) * 3600) + (Number(printed['minutes']) * 60) + Number(printed['seconds']);
	return (seconds * 1e6) + Number((printed['fraction'] ?? '').padEnd(6, '0'));
}

/** Milliseconds of a duration. */
export function durationMs(text: string): number {
	return parseDuration(text) / 1000;
}

/** Microseconds as Python's `str(timedelta)`: `0:00:02`, `0:00:00.200000`, `1 day, 0:00:00`. */
export function printDuration(microseconds: number): string {
	const days = Math.floor(microseconds / microsecondsIn['d']!);
	const rest = microseconds - (days * microsecondsIn['d']!);
	const fraction = rest % 1e6;
	const dayText = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
	return dayText + clockText(Math.floor(rest / 1e6)) + (fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`);
}

/** Milliseconds as whole seconds, cut off: `0:00:08`. */
export function printSeconds(ms: number): string {
	return printDuration(Math.floor(Math.max(0, ms) / 1000) * 1e6);
}

/** As Python's `repr`: `datetime.timedelta(seconds=2)`. */
export function reprDuration(text: string): string {
	const microseconds = parseDuration(text);
	const days = Math.floor(microseconds / 86_400e6);
	const seconds = Math.floor((microseconds - (days * 86_400e6)) / 1e6);
	const parts = [['days', days], ['seconds', seconds], ['microseconds', microseconds - (days * 86_400e6) - (seconds * 1e6)]] as const;
	const named = parts.filter(([, value]) => value !== 0).map(([name, value]) => `${name}=${value}`);
	return `datetime.timedelta(${named.length > 0 ? named.join(', ') : '0'})`;
}

/** As the JAR's flags take it, in seconds: `2.0s`. */
export function secondsFlag(text: string): string {
	return `${pythonFloat(parseDuration(text) / 1e6)}s`;
}

/** As the JAR's flags take it, in milliseconds: `600000.0ms`. */
export function millisecondsFlag(text: string): string {
	return `${pythonFloat(parseDuration(text) / 1000)}ms`;
}

function clockText(seconds: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
