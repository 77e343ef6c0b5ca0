import {printable} from './printable.ts';

export type TableColumn = {
	readonly title: string;
	readonly align: 'left' | 'right';
	readonly cells: readonly string[];
	/** Dresses a cell that is already padded, for colour. */
	paint?(cell: string): string;
	/** May be left out where the table is too wide. */
	readonly isOptional?: boolean;
	/** Cells are never cut: names that must be read whole. */
	readonly isWhole?: boolean;
};

export type TextTable = {
	readonly lines: readonly string[];
	/** Titles of columns that did not fit. */
	readonly left: readonly string[];
};

const gap = 2;
const maxCell = 24;

/**
Columns as aligned lines. Where they are wider than the width, titles break after `.` and `_` into several lines, the
widest first; where that is not enough, optional columns go, the last first.
*/
export function textTable(columns: readonly TableColumn[], width: number): TextTable {
	let shaped = columns.map(column => shape(column));
	const left: string[] = [];
	for (;;) {
		const narrowed = narrow(shaped, width);
		const place = shaped.findLastIndex(column => column.isOptional);
		if (totalWidth(narrowed) <= width || place === -1) {
			return {lines: draw(narrowed), left};
		}

		left.unshift(shaped[place]!.title);
		shaped = shaped.toSpliced(place, 1);
	}
}

type Shape = TableColumn & {readonly parts: readonly string[]; readonly least: number; readonly width: number};

function shape(column: TableColumn): Shape {
	const title = printable(column.title);
	const cells = column.cells.map(cell => column.isWhole ? printable(cell) : shortened(printable(cell)));
	const parts = title.match(/[^._]*[._]|[^._]+$/g) ?? [title];
	const widest = Math.max(...cells.map(cell => cell.length));
	return {...column, title, cells, parts, least: Math.max(widest, ...parts.map(part => part.length)), width: Math.max(widest, title.length)};
}

function narrow(columns: readonly Shape[], width: number): readonly Shape[] {
	let narrowed = columns;
	while (totalWidth(narrowed) > width) {
		const widest = Math.max(...narrowed.filter(column => column.width > column.least).map(column => column.width));
		if (widest === -Infinity) {
			break;
		}

		const place = narrowed.findIndex(column => column.width === widest && column.width > column.least);
		narrowed = narrowed.with(place, {...narrowed[place]!, width: widest - 1});
	}

	return narrowed;
}

function packed(parts: readonly string[], width: number): readonly string[] {
	const lines = [''];
	for (const part of parts) {
		if (lines.at(-1)!.length + part.length <= width) {
			lines[lines.length - 1] += part;
		} else {
			lines.push(part);
		}
	}

	return lines;
}

function totalWidth(columns: readonly Shape[]): number {
	return columns.reduce((sum, {width}) => sum + width + gap, -gap);
}

function draw(columns: readonly Shape[]): readonly string[] {
	const headings = columns.map(({parts, width}) => packed(parts, width));
	const height = Math.max(...headings.map(heading => heading.length));
	const rows = Math.max(...columns.map(({cells}) => cells.length));
	const line = (textOf: (column: Shape, place: number) => string) => columns.map((column, place) => textOf(column, place)).join(' '.repeat(gap)).trimEnd();
	return [
		...Array.from({length: height}, (_, row) => line((column, place) => padded(headings[place]![row - height + headings[place]!.length] ?? '', column))),
		...Array.from({length: rows}, (_, row) => line(column => {
			const cell = padded(column.cells[row] ?? '', column);
			return column.paint?.(cell) ?? cell;
		})),
	];
}

function padded(text: string, {align, width}: Shape): string {
	return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

function shortened(cell: string): string {
	return cell.length > maxCell ? `${cell.slice(0, maxCell - 1)}…` : cell;
}
