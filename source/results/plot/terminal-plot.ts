/*
A plot for terminals: eight dots to a character cell (braille), lines through them, a letter for each series at its points.
Where the terminal cannot show braille, letters and dots of ASCII.
*/
import {cellWidth, cutCells} from '../../logs/cells.ts';
import {numberText} from '../cell-text.ts';
import {type PlotData, type PlotPoint} from './plot-data.ts';

/** A piece of a line, in the colour of a series or in none. */
type PlotPiece = {readonly text: string; readonly series: number | undefined};

export type TerminalPlotOptions = {
	/** Columns and lines of the whole, with axes and legend. */
	readonly width: number;
	readonly height: number;
	readonly isAscii: boolean;
};

const minWidth = 30;
const minHeight = 8;
const mostListed = 12;

/** The lines of a plot: legend, chart, axes. Bars are drawn as lines of blocks. */
export function terminalPlot(data: PlotData, options: TerminalPlotOptions): ReadonlyArray<readonly PlotPiece[]> {
	const lines = data.kind === 'bar' ? barLines(data, options) : chartLines(data, options);
	return lines.map(pieces => cutTo(Math.max(minWidth, options.width), pieces));
}

/** The letter of a series: `A`, `B`, …, then `a`, `b`, … */
function seriesLetter(place: number): string {
	const letter = place % 52;
	return String.fromCodePoint(letter < 26 ? 65 + letter : 97 + letter - 26);
}

type Scale = {readonly low: number; readonly high: number; at(value: number): number};

function scaleOf(values: readonly number[], isLog: boolean, fromZero: boolean): Scale {
	const usable = values.filter(value => Number.isFinite(value) && (!isLog || value > 0));
	const low = usable.reduce((least, value) => Math.min(least, value), fromZero && !isLog ? 0 : Infinity);
	const most = usable.reduce((greatest, value) => Math.max(greatest, value), -Infinity);
	const high = isLog ? most : roundedUp(fromZero ? Math.max(0, most) : most);
	const [from, to] = isLog ? [Math.log10(low), Math.log10(high)] : [low, high];
	const span = to - from || 1;
	return {low, high, at: value => ((isLog ? Math.log10(value) : value) - from) / span};
}

// To two digits that halve well: 9.68 → 10, 225,595 → 240,000.
function roundedUp(value: number): number {
	if (!(value > 0)) {
		return value;
	}

	const step = 10 ** (Math.floor(Math.log10(value)) - 1) * (value / 10 ** Math.floor(Math.log10(value)) > 5 ? 5 : 2);
	return Number((Math.ceil((value / step) - 1e-9) * step).toPrecision(3));
}

function chartLines(data: PlotData, {width, height, isAscii}: TerminalPlotOptions): ReadonlyArray<readonly PlotPiece[]> {
	const {series, x, y, kind} = data;
	const points = series.flatMap(line => line.points);
	const xs = scaleOf(points.map(point => Number(point.x)), x.isLog, kind !== 'cdf');
	const ys = scaleOf(points.flatMap(point => [point.y, isAscii ? point.y : point.high ?? point.y]), y.isLog, true);
	const labels = [ys.high, y.isLog ? 10 ** ((Math.log10(ys.low) + Math.log10(ys.high)) / 2) : (ys.low + ys.high) / 2, ys.low].map(value => numberText(value));
	const gutter = Math.max(...labels.map(label => label.length)) + 1;
	const columns = Math.max(minWidth, width) - gutter - 1;
	const rows = Math.max(minHeight, height) - legendHeight(data, width, isAscii) - 3;
	const canvas = createCanvas(columns, rows, isAscii);
	const isShown = (point: PlotPoint) => (!x.isLog || Number(point.x) > 0) && (!y.isLog || point.y > 0);
	for (const [place, line] of series.entries()) {
		// The band of the repetitions, as its dotted edges; the curve goes over them. Dots of ASCII would look like curves.
		for (const edge of isAscii ? [] : ['low', 'high'] as const) {
			const edges = line.points.filter(point => isShown(point) && point[edge] !== undefined && (!y.isLog || point[edge] > 0));
			for (const [index, point] of edges.entries()) {
				const next = edges[index + 1] ?? point;
				canvas.line([xs.at(Number(point.x)), ys.at(point[edge]!)], [xs.at(Number(next.x)), ys.at(next[edge]!)], {series: place, every: 4});
			}
		}
	}

	for (const [place, line] of series.entries()) {
		const dots = line.points.filter(point => isShown(point)).map(point => [xs.at(Number(point.x)), ys.at(point.y)] as const);
		for (const [index, dot] of dots.entries()) {
			canvas.line(dot, dots[index + 1] ?? dot, {series: place, every: 1});
		}

		if (kind === 'lt') {
			for (const [index, [dotX, dotY]] of dots.entries()) {
				canvas.mark(dotX, dotY, index === line.knee ? '*' : seriesLetter(place), place);
			}
		} else if (series.length > 1) {
			// Without colours a letter tells whose line it is, each at another part of the way.
			const named = dots[Math.floor(dots.length * (place + 1) / (series.length + 1))];
			canvas.mark(named?.[0] ?? 0, named?.[1] ?? 0, seriesLetter(place), place);
		}
	}

	const rowLabels = new Map([[0, labels[0]!], [Math.floor(rows / 2), labels[1]!], [rows - 1, labels[2]!]]);
	const bar = isAscii ? '|' : '│';
	const rule = (isAscii ? '+' : '└') + (isAscii ? '-' : '─').repeat(columns);
	const [left, right] = [numberText(xs.low), numberText(xs.high)];
	return [
		...legend(data, width, isAscii),
		[plain(y.title + (y.isLog ? ' (log)' : ''))],
		...canvas.rows().map((pieces, row) => [plain(`${(rowLabels.get(row) ?? '').padStart(gutter)}${bar}`), ...pieces]),
		[plain(' '.repeat(gutter) + rule)],
		[plain(' '.repeat(gutter + 1) + left + centered(x.title + (x.isLog ? ' (log)' : ''), columns - left.length - right.length) + right)],
	];
}

/** How many lines of a plot its legend takes. */
export function legendHeight(data: PlotData, width: number, isAscii: boolean): number {
	return legend(data, width, isAscii).length;
}

function legend(data: PlotData, width: number, isAscii: boolean): ReadonlyArray<readonly PlotPiece[]> {
	const {series, kind} = data;
	if (series.length > mostListed) {
		return legendColumns(data, width, isAscii);
	}

	return series.map(({name, knee, points}, place) => {
		const point = kind === 'lt' && knee !== undefined ? points[knee] : undefined;
		const clients = point?.clients === undefined ? [] : [`${point.clients} clients`];
		const notes = point === undefined
			? []
			: [[...clients, numberText(Number(point.x)), numberText(point.y)], clients]
				.filter(parts => parts.length > 0).map(parts => `  (knee *: ${parts.join(', ')})`);
		// A note is whole, shorter, or not there.
		const note = notes.find(text => 2 + cellWidth(name) + text.length <= width) ?? '';
		return [{text: `${seriesLetter(place)} `, series: place}, plain(shortened(name, width - 2 - cellWidth(note), isAscii) + note)];
	});
}

// Of so many lines the names alone, side by side.
function legendColumns({series}: PlotData, width: number, isAscii: boolean): ReadonlyArray<readonly PlotPiece[]> {
	const widest = Math.min(width - 4, Math.max(...series.map(({name}) => cellWidth(name))));
	const across = Math.max(1, Math.floor((width + 2) / (widest + 4)));
	const down = Math.ceil(series.length / across);
	return Array.from({length: down}, (_, row) => series.flatMap(({name}, place): readonly PlotPiece[] => {
		if (place % down !== row) {
			return [];
		}

		const text = shortened(name, widest, isAscii);
		return [{text: `${seriesLetter(place)} `, series: place}, plain(text + ' '.repeat(widest + 2 - cellWidth(text)))];
	}));
}

function barLines(data: PlotData, {width, isAscii}: TerminalPlotOptions): ReadonlyArray<readonly PlotPiece[]> {
	// Bars of one value stand together, each with the letter of its line.
	const {series} = data;
	const categories = data.x.categories ?? [];
	const bars = series.flatMap(({points}, place) => points.map(point => ({place, point})))
		.toSorted((one, other) => categories.indexOf(String(one.point.x)) - categories.indexOf(String(other.point.x)));
	const labelWidth = Math.min(Math.floor(width / 3), Math.max(...bars.map(({point}) => cellWidth(String(point.x)))));
	const figures = bars.map(({point}) => point.y);
	const most = Math.max(...figures, Number.MIN_VALUE);
	// On a logarithmic scale a bar has no zero to begin at: it begins at the power of ten below all.
	const base = 10 ** (Math.ceil(Math.log10(figures.reduce((least, figure) => figure > 0 ? Math.min(least, figure) : least, most))) - 1);
	const share = (figure: number) => data.y.isLog ? Math.log10(figure / base) / Math.log10(most / base) : figure / most;
	const log = data.y.isLog ? ` (log, bars begin at ${numberText(base)})` : '';
	const room = Math.max(10, width - labelWidth - 24);
	return [...(series.length > 1 ? legend(data, width, isAscii) : []), [plain(`${data.y.title} by ${data.x.title}${log}`)], ...bars.map(({place, point}): readonly PlotPiece[] => {
		const label = shortened(String(point.x), labelWidth, isAscii);
		const deviation = point.high === undefined ? '' : ` ± ${numberText(Number((point.high - point.y).toPrecision(2)))}`;
		return [
			plain(`${' '.repeat(Math.max(0, labelWidth - cellWidth(label)))}${label} `),
			...(series.length > 1 ? [{text: `${seriesLetter(place)} `, series: place}] : []),
			{text: (isAscii ? '#' : '█').repeat(Math.max(0, Math.round(share(point.y) * room))), series: place},
			plain(` ${numberText(point.y)}${deviation}`),
		];
	})];
}

type Canvas = {
	/** From 0 at the left and bottom to 1; `every` nth dot of it. */
	line(from: readonly [x: number, y: number], to: readonly [x: number, y: number], stroke: {readonly series: number; readonly every: number}): void;
	mark(x: number, y: number, text: string, series: number): void;
	rows(): ReadonlyArray<readonly PlotPiece[]>;
};

// The bit of each of the eight dots in U+2800 to U+28FF, by column and row.
const dotBits = [[1, 2, 4, 64], [8, 16, 32, 128]] as const;

function createCanvas(columns: number, rows: number, isAscii: boolean): Canvas {
	const [across, down] = isAscii ? [1, 1] : [2, 4];
	const bits = new Uint8Array(columns * rows);
	const owners = new Int16Array(columns * rows).fill(-1);
	const marks = new Map<number, string>();
	const place = (value: number, size: number) => Math.round(Math.min(1, Math.max(0, value)) * (size - 1));
	const cellAt = (dotX: number, dotY: number) => (Math.floor(((rows * down) - 1 - dotY) / down) * columns) + Math.floor(dotX / across);
	const dot = (dotX: number, dotY: number, series: number) => {
		const cell = cellAt(dotX, dotY);
		const bit = dotBits[(dotX % across) as 0 | 1][(((rows * down) - 1 - dotY) % down) as 0 | 1 | 2 | 3];
		bits[cell]! += Math.floor(bits[cell]! / bit) % 2 === 0 ? bit : 0;
		owners[cell] = series;
	};

	return {
		line([fromX, fromY], [toX, toY], {series, every}) {
			const [startX, startY, endX, endY] = [place(fromX, columns * across), place(fromY, rows * down), place(toX, columns * across), place(toY, rows * down)];
			const steps = Math.max(Math.abs(endX - startX), Math.abs(endY - startY), 1);
			for (let step = 0; step <= steps; step += every) {
				dot(Math.round(startX + ((endX - startX) * step / steps)), Math.round(startY + ((endY - startY) * step / steps)), series);
			}
		},
		mark(x, y, text, series) {
			const cell = cellAt(place(x, columns * across), place(y, rows * down));
			marks.set(cell, text);
			owners[cell] = series;
		},
		rows: () => Array.from({length: rows}, (_, row) => Array.from({length: columns}, (_cell, column): PlotPiece => {
			const cell = (row * columns) + column;
			const owner = owners[cell]!;
			const drawn = bits[cell] === 0 ? ' ' : (isAscii ? '.' : String.fromCodePoint(0x28_00 + bits[cell]!));
			return {text: marks.get(cell) ?? drawn, series: owner === -1 ? undefined : owner};
		})),
	};
}

function centered(text: string, width: number): string {
	const shown = text.slice(0, Math.max(0, width - 2));
	const room = Math.max(0, width - shown.length);
	return `${' '.repeat(Math.floor(room / 2))}${shown}${' '.repeat(Math.ceil(room / 2))}`;
}

function cutTo(width: number, pieces: readonly PlotPiece[]): readonly PlotPiece[] {
	let room = width;
	return pieces.flatMap(piece => {
		const text = cellWidth(piece.text) <= room ? piece.text : beginning(piece.text, room);
		room -= cellWidth(text);
		return text === '' ? [] : [{...piece, text}];
	});
}

/** As much of a text's beginning as some cells hold. */
function beginning(text: string, width: number): string {
	return cutCells([{text, style: ''}], 0, Math.max(0, width)).map(cut => cut.text).join('');
}

// What tells names apart stands at their ends more often than in the middle.
function shortened(name: string, width: number, isAscii: boolean): string {
	const cells = cellWidth(name);
	if (cells <= width || width < 3) {
		return beginning(name, width);
	}

	const tail = Math.floor((width - 1) / 2);
	return `${beginning(name, width - 1 - tail)}${isAscii ? '~' : '…'}${cutCells([{text: name, style: ''}], cells - tail, tail).map(({text}) => text).join('')}`;
}

function plain(text: string): PlotPiece {
	return {text, series: undefined};
}
