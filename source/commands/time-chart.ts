/*
A line chart over time, for a terminal: asciichart draws the lines; this fits windows into its columns, leaves gaps where
nothing was measured, and adds the axis of time.
*/
import {blue, green, plot, reset, yellow} from 'asciichart';
import {figureText} from './figures-text.ts';

export type ChartLine = {
	readonly name: string;
	/** One value a window, in order; NaN where there is none. */
	readonly values: readonly number[];
};

export type ChartStyle = {
	/** Columns of the terminal. */
	readonly width: number;
	readonly height: number;
	readonly isColoured: boolean;
};

export type TimeChart = {
	readonly title: string;
	readonly lines: readonly ChartLine[];
	/** Milliseconds of a window. */
	readonly windowMs: number;
	/** What a column shows of several windows: a rate has a mean, of quantiles only the greatest means something. */
	readonly merge: 'mean' | 'greatest';
};

const labelWidth = 9;
/** What asciichart puts between a label and the first column. */
const axisWidth = 2;
const lineColours = [green, yellow, blue];
const minColumns = 20;
const escape = '\u{1B}';

/** The chart's lines of text; empty where nothing was measured. */
export function timeChart({title, lines, windowMs, merge}: TimeChart, {width, height, isColoured}: ChartStyle): readonly string[] {
	const windows = Math.max(...lines.map(({values}) => values.length));
	const columns = Math.max(minColumns, width - labelWidth - axisWidth - 1);
	const perColumn = Math.ceil(windows / columns);
	const merged = lines.map(({values}) => mergeWindows(values, perColumn, merge));
	if (merged.every(values => values.every(value => !Number.isFinite(value)))) {
		return [];
	}

	const drawn = plot(merged.map(values => filled(values)), {
		height,
		// From zero, so that a small change looks small; a flat line has some height too.
		min: 0,
		max: Math.max(0, ...merged.flatMap(values => values.filter(value => Number.isFinite(value)))) || 1,
		colors: isColoured ? lineColours : [],
		format: value => figureText(Number(value.toPrecision(4))).slice(0, labelWidth).padStart(labelWidth),
	});
	const count = Math.max(...merged.map(values => values.length));
	const seconds = windows * windowMs / 1000;
	const note = perColumn > 1 ? `, ${perColumn} windows a column (the ${merge === 'mean' ? 'mean' : 'greatest'})` : '';
	return [
		`${title}${legend(lines, isColoured)}, windows of ${figureText(windowMs / 1000)} s${note}`,
		...withGaps(drawn.split('\n'), merged),
		timeAxis(count, seconds),
	];
}

function mergeWindows(values: readonly number[], perColumn: number, merge: TimeChart['merge']): readonly number[] {
	return Array.from({length: Math.ceil(values.length / perColumn)}, (_, column) => {
		const known = values.slice(column * perColumn, (column + 1) * perColumn).filter(value => Number.isFinite(value));
		return known.length === 0 ? NaN : (merge === 'mean' ? known.reduce((sum, value) => sum + value, 0) / known.length : Math.max(...known));
	});
}

/** The values with each gap bridged, for asciichart takes numbers only; `withGaps` opens them again. A single value becomes a line of two. */
function filled(values: readonly number[]): number[] {
	let last = values.find(value => Number.isFinite(value)) ?? 0;
	const bridged = values.map(value => {
		last = Number.isFinite(value) ? value : last;
		return last;
	});
	return bridged.length === 1 ? [...bridged, ...bridged] : bridged;
}

function withGaps(rows: readonly string[], lines: ReadonlyArray<readonly number[]>): readonly string[] {
	const columns = Math.max(...lines.map(values => values.length));
	// The column after a value leads to the next, which is the same where that is bridged: so a lone value is a dash.
	const gaps = new Set(Array.from({length: columns}, (_, column) => column).filter(column => lines.every(values => !Number.isFinite(values[column]))));
	if (gaps.size === 0) {
		return rows.map(row => row.trimEnd());
	}

	return rows.map(row => {
		const cells = cellsOf(row);
		return cells.map((cell, place) => gaps.has(place - labelWidth - axisWidth) ? ' ' : cell).join('').trimEnd();
	});
}

/** The characters of a row, each with its colour before and the end of the colour behind it. */
function cellsOf(row: string): readonly string[] {
	const [plain = '', ...coloured] = row.split(escape);
	const cells = [...plain];
	for (const piece of coloured) {
		const end = piece.indexOf('m') + 1;
		const code = escape + piece.slice(0, end);
		const [first = '', ...others] = piece.slice(end);
		if (code === reset) {
			cells.push(cells.pop() + code, ...(first === '' ? [] : [first]), ...others);
		} else {
			cells.push(code + first, ...others);
		}
	}

	return cells;
}

function legend(lines: readonly ChartLine[], isColoured: boolean): string {
	if (lines.length === 1) {
		return '';
	}

	// Without colours the lines of quantiles still tell themselves apart: the higher is never below the lower.
	const names = lines.map(({name}, place) => isColoured ? `${lineColours[place % lineColours.length]!}${name}${reset}` : name);
	return ` (${names.join(', ')}${isColoured ? '' : ', from below'})`;
}

function timeAxis(columns: number, seconds: number): string {
	const end = `${figureText(seconds)} s`;
	return `${' '.repeat(labelWidth + axisWidth)}0${end.padStart(Math.max(end.length + 1, columns - 1))}`;
}
