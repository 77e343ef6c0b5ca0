/*
Widths in terminal cells, as Ink counts them (the same library), so that what is drawn to fit does fit.
*/
import {fastWidth} from './fast-width.ts';

// Printable ASCII is a cell a character, and most of what is shown.
const plain = /^[\u{20}-\u{7E}]*$/u;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Cells that a text without control characters takes. */
export function textWidth(text: string): number {
	return plain.test(text) ? text.length : fastWidth(text);
}

/** The beginning of a text that fits into a width, and how wide it is: a wide character is never halved. */
export function cutText(text: string, width: number): {readonly text: string; readonly width: number} {
	if (plain.test(text)) {
		const cut = text.slice(0, Math.max(0, width));
		return {text: cut, width: cut.length};
	}

	let [cut, taken] = ['', 0];
	for (const {segment} of segmenter.segment(text)) {
		const wide = fastWidth(segment);
		if (taken + wide > width) {
			break;
		}

		cut += segment;
		taken += wide;
	}

	return {text: cut, width: taken};
}
