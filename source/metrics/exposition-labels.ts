import {type Labels} from '../core/series.ts';
import {byte, type Bytes} from './exposition-bytes.ts';

/**
Decodes labels that the scanner has found; empty values are left out, as they are in Prometheus.

@param start Behind the opening brace; `end` is the closing one's place.
@returns The labels, or the name that stands there twice.
*/
export function decodeLabels(bytes: Bytes, start: number, end: number): {readonly labels: Labels} | {readonly twice: string} {
	const labels = new Map<string, string>();
	let at = start;
	for (;;) {
		const equals = bytes.indexOf(byte.equals, at);
		if (equals === -1 || equals >= end) {
			break;
		}

		const name = bytes.toString('latin1', at, equals).replaceAll(/[\s,]/g, '');
		const open = bytes.indexOf(byte.quote, equals) + 1;
		let close = open;
		while (close < end && bytes[close] !== byte.quote) {
			close += bytes[close] === byte.backslash ? 2 : 1;
		}

		if (labels.has(name)) {
			return {twice: name};
		}

		labels.set(name, unescaped(bytes.toString('utf8', open, close)));
		at = close + 1;
	}

	// Not an object literal: a label may be called `__proto__`.
	return {labels: Object.fromEntries([...labels].filter(([, value]) => value !== ''))};
}

/** `\\`, `\"` and `\n`; an unknown escape stays as it is. */
export function unescaped(text: string): string {
	return text.includes('\\') ? text.replaceAll(/\\(["\\n])/g, (_, code: string) => (code === 'n' ? '\n' : code)) : text;
}
