/*
Local times as the reference harness writes them: microseconds, the local time zone, English names whatever the locale.
*/
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/**
`2021-04-07 18:41:18.893020`.

@param at Epoch ms; its fraction holds the microseconds.
@param between What stands between day and time; `_` in the names of directories.
*/
export function timeText(at: number, between = ' '): string {
	const {date, clock} = local(at);
	return `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1, 2)}-${digits(date.getDate(), 2)}${between}${clock}`;
}

/** `Wednesday April 07, 18:41:19.472150`, from epoch ms. */
export function logTimeText(at: number): string {
	const {date, clock} = local(at);
	return `${weekdays[date.getDay()]!} ${months[date.getMonth()]!} ${digits(date.getDate(), 2)}, ${clock}`;
}

/** Epoch ms of `2021-04-07 18:41:18.893020` or of the same with `_`, the fraction optional; undefined for anything else. */
export function parseTimeText(text: string): number | undefined {
	const match = /^(?<day>\d{4}-\d\d-\d\d)[ T_](?<time>\d\d:\d\d:\d\d)(?:\.(?<fraction>\d{1,6}))?$/.exec(text.trim())?.groups;
	if (!match) {
		return undefined;
	}

	const at = new Date(`${match['day']!}T${match['time']!}`).getTime();
	return Number.isNaN(at) ? undefined : at + (Number((match['fraction'] ?? '').padEnd(6, '0')) / 1000);
}

// Rounded as a whole number of microseconds: cutting off the binary fraction would lose one now and then.
function local(at: number): {readonly date: Date; readonly clock: string} {
	const micros = Math.round(at * 1000);
	const date = new Date(Math.floor(micros / 1000));
	const fraction = ((micros % 1e6) + 1e6) % 1e6;
	return {date, clock: `${digits(date.getHours(), 2)}:${digits(date.getMinutes(), 2)}:${digits(date.getSeconds(), 2)}.${digits(fraction, 6)}`};
}

function digits(value: number, width: number): string {
	return String(value).padStart(width, '0');
}
