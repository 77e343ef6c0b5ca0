import {BenchError, messageOf} from '../core/errors.ts';
import {type TimeFormat} from './time-formats.ts';

const fields: Readonly<Record<string, string>> = {
	Y: String.raw`(?<year>\d{4})`,
	m: String.raw`(?<month>\d\d?)`,
	d: String.raw`(?<day>[ \d]?\d)`,
	e: String.raw`(?<day>[ \d]?\d)`,
	b: '(?<month>[A-Z][a-z]+)',
	B: '(?<month>[A-Z][a-z]+)',
	a: '[A-Z][a-z]+',
	A: '[A-Z][a-z]+',
	H: String.raw`(?<hour>\d\d?)`,
	I: String.raw`(?<hour>\d\d?)`,
	M: String.raw`(?<minute>\d\d)`,
	S: String.raw`(?<second>\d\d)`,
	f: String.raw`(?<fraction>\d{1,9})`,
	L: String.raw`(?<fraction>\d{1,9})`,
	p: '(?<meridian>[AaPp][Mm])',
	z: String.raw`(?<zone>Z|[+\-]\d\d:?\d\d)`,
	s: String.raw`(?<epoch>\d{10}(?:\.\d+)?)`,
	Q: String.raw`(?<epoch>\d{13})`,
	'%': '%',
};

/**
A person's own pattern for the times in a log: as `strftime` writes it (`%H:%M:%S.%f`, `%s`), or a regular expression with
the named groups of `time-formats.ts`. Throws a BenchError that names what is wrong.
*/
export function parseTimePattern(text: string): TimeFormat {
	const source = text.includes('(?<') ? text : [...parts(text)].join('');
	if (text.includes('%I') && !text.includes('%p')) {
		throw new BenchError('usage', `The time pattern ${text} holds %I without %p, which leaves open which half of the day it is; write %p, or %H for 24 hours.`);
	}

	let pattern: RegExp;
	try {
		pattern = new RegExp(source);
	} catch (error) {
		throw new BenchError('usage', `The time pattern ${text} is no regular expression: ${messageOf(error)}.`, {cause: error});
	}

	if (!/\(\?<(?:minute|second|epoch|uptime|hour)>/.test(source)) {
		throw new BenchError('usage', `The time pattern ${text} holds no time; write it like %Y-%m-%d %H:%M:%S.%f, or with the groups hour, minute, second or epoch.`);
	}

	return {name: text, pattern};
}

function * parts(text: string): Generator<string> {
	for (const [part, field] of text.matchAll(/%(.)|[^%]+|%$/gs)) {
		if (field === undefined) {
			yield part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
			continue;
		}

		const pattern = fields[field];
		if (pattern === undefined) {
			throw new BenchError('usage', `The time pattern ${text} holds %${field}, which is unknown; there are ${Object.keys(fields).map(name => `%${name}`).join(' ')}.`);
		}

		yield pattern;
	}
}
