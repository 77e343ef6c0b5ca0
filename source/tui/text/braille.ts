/*
A canvas of dots: eight to a cell in braille where the terminal has Unicode, one to a cell where it has not.
*/
import {type Line, type Segment, type Tone} from './line.ts';

// The value of each dot of a cell, by row and column; a character is their sum beyond the empty one.
const dots = [[1, 8], [2, 16], [4, 32], [64, 128]] as const;
const emptyBraille = 0x28_00;

export type Canvas = {
	/** In dots. */
	readonly width: number;
	readonly height: number;
	/** Sets a dot, counted from the left and from above; one outside is nothing. */
	dot(x: number, y: number, tone: Tone): void;
	line(from: readonly [x: number, y: number], to: readonly [x: number, y: number], tone: Tone): void;
	/** A letter in the cell of a dot, over the dots: a mark. */
	mark(x: number, y: number, sign: string, tone: Tone): void;
	/** @param empty What an empty cell shows, by its column. */
	lines(empty?: (column: number) => Segment): readonly Line[];
};

type Cell = {readonly values: Set<number>; tone: Tone; sign?: string};

/** An empty canvas of a size in cells. */
export function createCanvas(columns: number, rows: number, unicode: boolean): Canvas {
	const [across, down] = unicode ? [2, 4] : [1, 1];
	const cells = new Map<number, Cell>();
	const cellAt = (x: number, y: number): Cell | undefined => {
		const [column, row] = [Math.floor(x / across), Math.floor(y / down)];
		if (column < 0 || row < 0 || column >= columns || row >= rows) {
			return undefined;
		}

		const place = (row * columns) + column;
		const cell = cells.get(place) ?? {values: new Set<number>(), tone: 'plain'};
		cells.set(place, cell);
		return cell;
	};

	const dot = (x: number, y: number, tone: Tone) => {
		const [left, top] = [Math.round(x), Math.round(y)];
		const cell = cellAt(left, top);
		if (cell) {
			cell.values.add(dots[top % down]?.[left % across] ?? 1);
			cell.tone = tone;
		}
	};

	return {
		width: columns * across,
		height: rows * down,
		dot,
		line([fromX, fromY], [toX, toY], tone) {
			const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
			for (let step = 0; step <= steps; step++) {
				dot(fromX + ((toX - fromX) * step / steps), fromY + ((toY - fromY) * step / steps), tone);
			}
		},
		mark(x, y, sign, tone) {
			const cell = cellAt(Math.round(x), Math.round(y));
			if (cell) {
				cell.sign = sign;
				cell.tone = tone;
			}
		},
		lines(empty = () => ({text: ' '})) {
			return Array.from({length: rows}, (_, row) => joined(Array.from({length: columns}, (_unused, column): Segment => {
				const cell = cells.get((row * columns) + column);
				if (!cell) {
					return empty(column);
				}

				const sum = [...cell.values].reduce((total, value) => total + value, 0);
				return {text: cell.sign ?? (unicode ? String.fromCodePoint(emptyBraille + sum) : '*'), tone: cell.tone};
			})));
		},
	};
}

/** Neighbours of one style as one segment. */
function joined(segments: readonly Segment[]): Line {
	const line: Segment[] = [];
	for (const one of segments) {
		const last = line.at(-1);
		if (last && last.tone === one.tone && last.selected === one.selected) {
			line[line.length - 1] = {...last, text: last.text + one.text};
		} else {
			line.push(one);
		}
	}

	return line;
}
