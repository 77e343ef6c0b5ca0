/*
What the screens are drawn of: a line is a row of segments, each a text with a style. Pure functions make lines that fit
their place to the cell; `Rows` hands them to Ink. A style names a tone (`good`, `muted`), never a colour: the theme knows
colours.
*/
import {cutText, textWidth} from './width.ts';

/** What a colour means. `hue-N` tells procs and runs apart. */
export type Tone = 'plain' | 'muted' | 'faint' | 'accent' | 'good' | 'bad' | 'warn' | 'hue-0' | 'hue-1' | 'hue-2' | 'hue-3' | 'hue-4' | 'hue-5' | 'hue-6' | 'hue-7';

export type Style = {
	readonly tone?: Tone;
	readonly bold?: boolean;
	readonly underline?: boolean;
	/** The row of the cursor. */
	readonly selected?: boolean;
	/** What a search found. */
	readonly found?: boolean;
	/** Parameters of an SGR sequence that came with a log, safe to pass on: `1;31`. */
	readonly sgr?: string;
};

export type Segment = Style & {readonly text: string};
export type Line = readonly Segment[];

const hues = ['hue-0', 'hue-1', 'hue-2', 'hue-3', 'hue-4', 'hue-5', 'hue-6', 'hue-7'] as const;

/** The tone of the nth of several things. */
export function hueOf(place: number): Tone {
	return hues[place % hues.length]!;
}

export function segment(text: string, tone: Tone = 'plain', style: Style = {}): Segment {
	return {text, tone, ...style};
}

/** A line of one tone. */
export function lineOf(text: string, tone: Tone = 'plain', style: Style = {}): Line {
	return [segment(text, tone, style)];
}

export function lineWidth(line: Line): number {
	let width = 0;
	for (const {text} of line) {
		width += textWidth(text);
	}

	return width;
}

/** The line at exactly this width: padded, or cut with an ellipsis. */
export function fitLine(line: Line, width: number, ellipsis = '…'): Line {
	const taken = lineWidth(line);
	if (taken === width) {
		return line;
	}

	if (taken < width) {
		const last = line.at(-1);
		return [...line, {text: ' '.repeat(width - taken), selected: last?.selected}];
	}

	return fitLine([...cutLine(line, width - textWidth(ellipsis)), ...(width > 0 ? [{text: ellipsis, tone: 'muted' as const, selected: line.at(-1)?.selected}] : [])], Math.max(0, width), '');
}

/** The cells of a line up to a width. */
function cutLine(line: Line, width: number): Line {
	const kept: Segment[] = [];
	let left = width;
	for (const one of line) {
		if (left <= 0) {
			break;
		}

		const cut = cutText(one.text, left);
		kept.push({...one, text: cut.text});
		left = cut.text.length === one.text.length ? left - cut.width : 0;
	}

	return kept;
}

/** Left and right parts at the ends of a width; the right one goes first where both do not fit. */
export function spread(left: Line, right: Line, width: number): Line {
	const room = width - lineWidth(right);
	if (room < 2) {
		return fitLine(left, width);
	}

	// What is cut ends before the other begins.
	return lineWidth(left) > room ? [...fitLine(left, room - 1), segment(' '), ...right] : [...fitLine(left, room), ...right];
}

// A note that is cut to less says nothing.
const leastNote = 12;
const beforeNote = 3;

/** A caption with a note at the right end; the caption goes first where both do not fit, and a blank stretch keeps them apart. */
export function captioned(caption: Line, note: Line, width: number, ellipsis = '…'): Line {
	const wide = lineWidth(caption);
	const room = width - wide - beforeNote;
	const taken = lineWidth(note);
	if (taken <= room) {
		return [...fitLine(caption, width - taken), ...note];
	}

	return room < leastNote ? fitLine(caption, width, ellipsis) : [...fitLine(caption, wide + beforeNote), ...fitLine(note, room, ellipsis)];
}

/** Lines of the same height beside each other. */
export function beside(columns: ReadonlyArray<readonly Line[]>): readonly Line[] {
	const height = Math.max(0, ...columns.map(column => column.length));
	return Array.from({length: height}, (_, row) => columns.flatMap(column => column[row] ?? []));
}

/** Exactly this many lines of exactly this width. */
export function fitLines(lines: readonly Line[], width: number, height: number, ellipsis = '…'): readonly Line[] {
	return Array.from({length: Math.max(0, height)}, (_, row) => fitLine(lines[row] ?? [], width, ellipsis));
}

export function plainText(line: Line): string {
	return line.map(({text}) => text).join('');
}

const asciiSigns: Readonly<Record<string, string>> = {'±': '+-', '…': '~', '×': 'x', µ: 'u', '–': '-', '∞': 'inf', '─': '-', '│': '|'};

/** The line for a terminal without Unicode: what has no likeness in ASCII is a question mark, as wide as it was. */
export function asciiLine(line: Line): Line {
	return line.map(part =>
		/^[\u{20}-\u{7E}]*$/u.test(part.text)
			? part
			: {...part, text: part.text.replaceAll(/[^\u{20}-\u{7E}]/gu, character => asciiSigns[character] ?? '?'.repeat(textWidth(character)))},
	);
}
