import {stripVTControlCharacters} from 'node:util';

/** A text of unknown origin as one that a terminal shows and does not obey: escape sequences go, other control characters become `�`. */
export function printable(text: string): string {
	return stripVTControlCharacters(text).replaceAll('\t', ' '.repeat(4)).replaceAll(/[\p{Control}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '�');
}

/** The same of a text of several lines. */
export function printableLines(text: string): string {
	return text.split('\n').map(line => printable(line)).join('\n');
}

/** What takes whole lines of unknown origin, such as a journal's or a host's, for a stream. */
export function printableTo(stream: {write(text: string): unknown}): {write(text: string): void} {
	return {
		write(text) {
			stream.write(printableLines(text));
		},
	};
}
