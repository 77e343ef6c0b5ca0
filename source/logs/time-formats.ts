/*
How programs write the time into their log lines: a table of patterns with named groups, so that people can add to it.
Groups: `year`, `month` (number or name), `day`, `hour`, `minute`, `second`, `fraction`, `meridian`, `zone`, `epoch`
(seconds or finer, told by the number of digits) and `uptime` (seconds since the process started). What a format leaves
out (the year, the day, even the hour) is completed from what is known of the line, see `line-time.ts`.
*/
export type TimeFormat = {
	readonly name: string;
	/** Tried on the beginning of a line, colours removed. */
	readonly pattern: RegExp;
};

const clock = String.raw`(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d):(?<second>[0-5]\d|60)`;
const fraction = String.raw`(?:[,.](?<fraction>\d{1,9}))?`;
const zone = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+\-]\d\d:?\d\d)(?![\d:]))?`;
const monthName = '(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const longMonth = '(?<month>January|February|March|April|May|June|July|August|September|October|November|December)';
const dayOfMonth = String.raw`(?<day>[ 0]?[1-9]|[12]\d|3[01])`;
const isoDay = String.raw`(?<year>\d{4})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])`;

export const timeFormats: TimeFormat[] = [
	// 2026-11-24T07:18:35.602Z, 2026-11-24 07:18:35,602 +0100: ISO 8601, log4j, logback, Python, Rust, Prometheus.
	{name: 'ISO 8601', pattern: new RegExp(`${isoDay}[ T_]${clock}${fraction}${zone}`)},
	// [Nov 23 06:18:02.511000000]: the engine and the JAR; Nov 24 20:33:56 host prog: syslog.
	{name: 'month day', pattern: new RegExp(String.raw`(?<!\d )\b${monthName} ${dayOfMonth} ${clock}${fraction}(?! \d{4})`)},
	// [Wednesday April 07, 18:41:19.472150]: log.txt.
	{name: 'weekday month day', pattern: new RegExp(`day ${longMonth} ${dayOfMonth}, ${clock}${fraction}`)},
	// 2009/11/10 23:00:00.000000: Go.
	{name: 'Go', pattern: new RegExp(String.raw`(?<year>\d{4})/(?<month>0[1-9]|1[0-2])/(?<day>0[1-9]|[12]\d|3[01]) ${clock}${fraction}`)},
	// Nov 24, 2026 8:33:56 PM: java.util.logging.
	{name: 'java.util.logging', pattern: new RegExp(String.raw`\b${monthName} ${dayOfMonth}, (?<year>\d{4}),? ${clock}${fraction} (?<meridian>[AP]M)`)},
	// I1124 20:33:56.123456: glog and klog.
	{name: 'glog', pattern: new RegExp(String.raw`^[DEFIW](?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01]) ${clock}${fraction}`)},
	// [24/Nov/2026:20:33:56 +0000]: web servers.
	{name: 'common log', pattern: new RegExp(String.raw`${dayOfMonth}/${monthName}/(?<year>\d{4}):${clock}${fraction}${zone}`)},
	// 24 Nov 2026 20:33:56.123: Redis.
	{name: 'day month year', pattern: new RegExp(String.raw`${dayOfMonth} ${monthName} (?<year>\d{4}) ${clock}${fraction}${zone}`)},
	// Tue Nov 24 20:33:56 2026: ctime, Apache's error log.
	{name: 'ctime', pattern: new RegExp(String.raw`${monthName} ${dayOfMonth} ${clock}${fraction} (?:UTC |GMT )?(?<year>\d{4})`)},
	// 1700000000.123, 1700000000123, {"ts":1700000000.123}: seconds, ms, µs or ns since 1970.
	{name: 'epoch', pattern: /(?:^|ts"?[:=] ?|time(?:stamp)?"?[:=] ?|[([])(?<epoch>1\d{9}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?)(?![\d.])/},
	// 18:41:22.655, 07:18:35,602: a clock alone.
	{name: 'clock', pattern: new RegExp(String.raw`(?:^|[\s([])${clock}${fraction}(?![\d:])`)},
	// [0.123s][info][gc]: the JVM's uptime.
	{name: 'uptime', pattern: /^\[(?<uptime>\d+\.\d{3})s\]/},
	// 41:20.570 INFO: minutes, seconds and a fraction.
	{name: 'minutes', pattern: /(?:^|[\s([])(?<minute>[0-5]\d):(?<second>[0-5]\d)\.(?<fraction>\d{1,9})(?![\d:])/},
];

/** Has a person's own formats tried before those that are known. */
export function knowTimeFormats(own: readonly TimeFormat[]): void {
	timeFormats.unshift(...own);
}
