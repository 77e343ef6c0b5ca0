/*
Figures over time, one row of titles and some rows of picture, and a strip of phases: all over the same stretch of time,
so that one cursor goes through them.
*/
import {type Glyphs} from '../glyphs.ts';
import {createCanvas} from './braille.ts';
import {type Line, segment, type Segment, type Tone} from './line.ts';
import {shortNumber} from './quantity.ts';

export type ChartSeries = {
	readonly name: string;
	readonly tone: Tone;
	/** Epoch ms. */
	readonly times: readonly number[];
	readonly values: readonly number[];
};

export type TimeRange = {readonly from: number; readonly to: number};

type ChartLook = {
	readonly glyphs: Glyphs;
	/** Of all, axis included. */
	readonly width: number;
	/** Rows of the picture. */
	readonly height: number;
	readonly range: TimeRange;
	/** Epoch ms. */
	readonly cursor?: number;
};

/** Cells before the picture, for the axis. */
export const axisWidth = 8;

/** The column of the picture that shows a moment, which may lie outside of it. */
export function columnOf(at: number, {from, to}: TimeRange, width: number): number {
	// A moment that a column stands for is in it, although epoch milliseconds have few digits left for a fraction.
	return Math.floor(((at - from) / Math.max(1, to - from) * (width - 1)) + 1e-3);
}

/** The moment that a column shows. */
export function timeOf(column: number, {from, to}: TimeRange, width: number): number {
	return from + (column / Math.max(1, width - 1) * (to - from));
}

/** The value of a series at a moment: its last one at or before it. */
export function valueAt({times, values}: ChartSeries, at: number): number | undefined {
	const index = times.findLastIndex(time => time <= at);
	return values[index];
}

/** The picture, from zero to the greatest value. */
export function chartLines(series: readonly ChartSeries[], {glyphs, width, height, range, cursor}: ChartLook): readonly Line[] {
	const inner = Math.max(1, width - axisWidth);
	const greatest = Math.max(0, ...series.flatMap(({values}) => values.filter(value => Number.isFinite(value))));
	const canvas = createCanvas(inner, height, glyphs.unicode);
	const across = canvas.width / inner;
	const place = (at: number, value: number): readonly [number, number] => [
		(at - range.from) / Math.max(1, range.to - range.from) * (canvas.width - 1), (canvas.height - 1) * (1 - (greatest > 0 ? value / greatest : 0)),
	];
	for (const {times, values, tone} of series) {
		let last: readonly [number, number] | undefined;
		for (const [index, at] of times.entries()) {
			const value = values[index]!;
			const next = Number.isFinite(value) ? place(at, value) : undefined;
			if (next) {
				canvas.line(last ?? next, next, tone);
			}

			last = next;
		}
	}

	const cursorColumn = cursor === undefined ? -1 : Math.floor(place(cursor, 0)[0] / across);
	const rows = canvas.lines(column => (column === cursorColumn ? {text: glyphs.vertical, tone: 'accent'} : {text: ' '}));
	return rows.map((row, index): Line => {
		const label = index === 0 ? shortNumber(greatest) : (index === height - 1 ? '0' : '');
		return [segment(`${label.padStart(axisWidth - 2)} `, 'faint'), segment(glyphs.vertical, 'faint'), ...row];
	});
}

/** The phases beneath a chart: a tick where each begins, its name where there is room; and a mark where a JVM stood still. */
export function phaseStrip(
	phases: ReadonlyArray<{readonly name: string; readonly at: number}>,
	{glyphs, width, range, cursor, pauses = []}: Omit<ChartLook, 'height'> & {readonly pauses?: readonly number[] | undefined},
): Line {
	const inner = Math.max(1, width - axisWidth);
	const cells: Segment[] = Array.from({length: inner}, () => segment(glyphs.horizontal, 'faint'));
	const columns = phases.map(({at}) => columnOf(at, range, inner));
	for (const [index, {name}] of phases.entries()) {
		const column = columns[index]!;
		const room = (columns[index + 1] ?? inner) - column;
		if (column < 0 || column >= inner || room < 1) {
			continue;
		}

		cells[column] = segment(glyphs.unicode ? '┬' : '+', 'muted');
		if (room > name.length + 1) {
			for (const [offset, letter] of [...name].entries()) {
				cells[column + 1 + offset] = segment(letter, 'muted');
			}
		}
	}

	for (const at of pauses) {
		const column = columnOf(at, range, inner);
		cells[column] &&= segment(glyphs.pause, 'warn');
	}

	const cursorColumn = cursor === undefined ? -1 : columnOf(cursor, range, inner);
	cells[cursorColumn] &&= segment(glyphs.unicode ? '▲' : '^', 'accent', {bold: true});

	return [segment(' '.repeat(axisWidth - 1), 'faint'), segment(glyphs.unicode ? '└' : '+', 'faint'), ...cells];
}
