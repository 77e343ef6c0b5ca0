import {type PlotData} from '../results/plot/plot-data.ts';
import {legendHeight, terminalPlot} from '../results/plot/terminal-plot.ts';
import {printable} from './printable.ts';
import {type TextStyle} from './text-style.ts';

const height = 24;
const maxWidth = 120;
const palette = [36, 33, 35, 32, 34, 31];

/** A plot for the terminal, with its last line end. Letters tell the series apart; colours only help the eye. */
export function plotText(data: PlotData, {width, isColoured, isAscii}: TextStyle & {readonly isAscii: boolean}): string {
	const columns = Math.min(width, maxWidth);
	const lines = terminalPlot(data, {width: columns, height: height + legendHeight(data, columns, isAscii), isAscii});
	return lines.map(pieces => `${pieces.map(({text, series}) => {
		const shown = printable(text);
		return isColoured && series !== undefined ? `\u{1B}[${palette[series % palette.length]!}m${shown}\u{1B}[39m` : shown;
	}).join('').trimEnd()}\n`).join('');
}
