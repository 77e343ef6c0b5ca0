import {cellsOf, cutCells, wrapCells} from '../../../logs/cells.ts';
import {lineKind} from '../../../logs/error-lines.ts';
import {type FilteredRow} from '../../../logs/filtered-lines.ts';
import {withoutLeadingTime} from '../../../logs/leading-time.ts';
import {type LogWindow, type SearchView} from '../../../logs/log-window.ts';
import {styledText} from '../../../logs/styled-text.ts';
import {type Glyphs} from '../../glyphs.ts';
import {type Line, lineOf, segment, type Segment} from '../../text/line.ts';
import {windowOn} from '../../text/window.ts';
import {marks, selectedLine} from '../row-style.ts';

export type LogLook = {
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly height: number;
	/** Cells that are scrolled out to the left. */
	readonly column: number;
	readonly wraps: boolean;
	/** Whether the lines' own times are shown. */
	readonly hasTimes: boolean;
	readonly isFocused: boolean;
};

/** A window on a log as lines; the cursor's line is in view. */
export function logLines({rows, cursor, problem, search, filter, size}: LogWindow, {glyphs, width, height, column, wraps, hasTimes, isFocused}: LogLook): readonly Line[] {
	if (rows.length === 0) {
		return [lineOf(` ${problem ?? (filter ? (filter.progress < 1 ? 'Searching …' : 'Nothing matches.') : (size === 0 ? 'empty' : 'Reading …'))}`, 'faint')];
	}

	const query = search?.query ?? filter?.query;
	const drawn = rows.map((row, index) => rowLines(row, {width, column, wraps, hasTimes}, glyphs).map((line, part): Line => {
		const marked = marks(line, query);
		return index === cursor && isFocused && part === 0 ? selectedLine(marked, width) : marked;
	}));
	const before = drawn.slice(0, Math.max(0, cursor)).reduce((sum, lines) => sum + lines.length, 0);
	const lines = drawn.flat();
	const {from, to} = windowOn({length: lines.length, height, cursor: before, from: Math.max(0, before - Math.floor(height / 2))});
	return lines.slice(wraps ? from : 0, wraps ? to : height);
}

function rowLines(row: FilteredRow, {width, column, wraps, hasTimes}: Pick<LogLook, 'width' | 'column' | 'wraps' | 'hasTimes'>, glyphs: Glyphs): readonly Line[] {
	if (row.kind === 'gap') {
		return [lineOf(glyphs.ellipsis, 'faint')];
	}

	const {text, cutBytes} = row.line;
	const kind = lineKind(text);
	const segments = hasTimes ? styledText(text) : withoutLeadingTime(styledText(text));
	const isCut = !wraps && cutBytes === 0 && cellsOf(segments) > column + width;
	const parts = wraps ? wrapCells(segments, width) : [cutCells(segments, column, isCut ? width - 1 : width)];
	const tone = kind === 'error' ? 'bad' : (kind === 'stack' ? 'muted' : 'plain');
	const lines = parts.map((part): Line => part.map((one): Segment => ({text: one.text, sgr: one.style, tone: one.style === '' ? tone : 'plain'})));
	if (isCut) {
		return lines.map((line): Line => [...line, segment(glyphs.ellipsis, 'faint')]);
	}

	return cutBytes === 0 ? lines : [...lines.slice(0, -1), [...lines.at(-1) ?? [], segment(` ${glyphs.ellipsis} ${cutBytes} bytes more`, 'warn')]];
}

/** `3 of 41`, `3 of 41 …` while it is being counted. */
export function countText({count, ordinal, progress}: SearchView): string {
	return `${ordinal === undefined ? '' : `${ordinal} of `}${count}${progress < 1 ? ` … ${Math.floor(progress * 100)} %` : ''}`;
}
