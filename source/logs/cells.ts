/*
Text is measured in terminal cells: a wide character takes two, a combining one none. Nothing is ever cut through a
character.
*/
import stringWidth from 'string-width';
import {type Segment, type StyledText} from './styled-text.ts';

const simple = /^[\u{20}-\u{7E}]*$/u;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Cells that a text without control characters takes. */
export function cellWidth(text: string): number {
	return simple.test(text) ? text.length : stringWidth(text);
}

/** Cells that styled text takes. */
export function cellsOf(segments: StyledText): number {
	return segments.reduce((sum, {text}) => sum + cellWidth(text), 0);
}

/**
The part of a line that a window of some cells shows. Half of a wide character at either edge is a space.

@param from The window's first cell.
*/
export function cutCells(segments: StyledText, from: number, width: number): StyledText {
	const shown: Segment[] = [];
	let at = 0;
	for (const {text, style} of segments) {
		if (at >= from + width) {
			break;
		}

		const cells = cellWidth(text);
		if (at + cells > from) {
			const start = Math.max(0, from - at);
			const end = Math.min(cells, from + width - at);
			const cut = end - start === cells ? text : cutText(text, start, end - start);
			if (cut !== '') {
				shown.push({text: cut, style});
			}
		}

		at += cells;
	}

	return shown;
}

/** A line in rows of at most some cells; at least one row. */
export function wrapCells(segments: StyledText, width: number): readonly StyledText[] {
	const total = cellsOf(segments);
	if (total <= width || width <= 0) {
		return [segments];
	}

	const rows: Segment[][] = [[]];
	let used = 0;
	for (const {text, style} of segments) {
		let row = '';
		for (const character of charactersOf(text)) {
			const cells = cellWidth(character);
			if (used + cells > width) {
				rows.at(-1)!.push({text: row, style});
				rows.push([]);
				row = '';
				used = 0;
			}

			row += character;
			used += cells;
		}

		if (row !== '') {
			rows.at(-1)!.push({text: row, style});
		}
	}

	return rows.map(row => row.filter(({text}) => text !== ''));
}

function cutText(text: string, start: number, width: number): string {
	const from = start;
	const to = start + width;
	if (simple.test(text)) {
		return text.slice(from, Math.max(from, to));
	}

	let cut = '';
	let at = 0;
	for (const character of charactersOf(text)) {
		if (at >= to) {
			break;
		}

		const cells = cellWidth(character);
		if (at >= from && at + cells <= to) {
			cut += character;
		} else if (at + cells > from) {
			cut += ' '.repeat(Math.min(at + cells, to) - Math.max(at, from));
		}

		at += cells;
	}

	return cut;
}

function * charactersOf(text: string): Generator<string> {
	if (simple.test(text)) {
		yield * text;
		return;
	}

	for (const {segment} of segmenter.segment(text)) {
		yield segment;
	}
}
