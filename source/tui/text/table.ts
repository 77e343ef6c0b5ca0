/*
A table of texts with its columns aligned: numbers to the right, words to the left.
*/
import {fitLine, type Line, lineWidth, segment, type Segment} from './line.ts';

export type Column = {
	readonly title: string;
	readonly align?: 'left' | 'right';
	/** Cells at most; a longer cell ends in an ellipsis. */
	readonly max?: number;
};

/** Columns' widths: what the widest cell or the title takes, at most `max`. */
export function columnWidths(columns: readonly Column[], rows: ReadonlyArray<ReadonlyArray<Line | undefined>>): readonly number[] {
	return columns.map(({title, max = Infinity}, place) => Math.min(max, Math.max(lineWidth([segment(title)]), ...rows.map(row => lineWidth(row[place] ?? [])))));
}

/** A row at these widths, two spaces between the columns. */
export function tableRow(cells: ReadonlyArray<Line | undefined>, columns: readonly Column[], widths: readonly number[]): Line {
	return columns.flatMap((column, place): readonly Segment[] => {
		const width = widths[place]!;
		const cell = cells[place] ?? [];
		const taken = lineWidth(cell);
		const gap = place === 0 ? [] : [segment('  ')];
		return [...gap, ...(column.align === 'right' && taken < width ? [segment(' '.repeat(width - taken)), ...cell] : fitLine(cell, width))];
	});
}

/** The titles of the columns, as a row. */
export function tableTitles(columns: readonly Column[], widths: readonly number[]): Line {
	return tableRow(columns.map(({title}) => [segment(title, 'muted')]), columns, widths);
}
