/*
The legend of a figure, drawn above it as marks of its own: a piece of each line with its dash and its shape, which
Vega-Lite's legends cannot show together.
*/
import {type TextWidth} from './figure-font.ts';
import {type PlotKind} from './plot-data.ts';
import {fontSize, scalesOf} from './vega-style.ts';

// Points: a row, the piece of a line, between it and its name, and what axis and title take beside the plot.
const rowHeight = 9.5;
const sample = 18;
const gap = 4;
const axisWidth = 52;

type LegendSize = {readonly columns: number; readonly rows: number; /** In points. */ readonly height: number; readonly entryWidth: number; readonly textWidth: TextWidth};

/** The room that a legend takes above a figure of a width; none for a single line. */
export function legendSize(names: readonly string[], width: number, textWidth: TextWidth): LegendSize {
	const room = width - axisWidth;
	const longest = names.reduce((most, name) => Math.max(most, textWidth(name, fontSize)), 0);
	const entryWidth = Math.min(room, sample + longest + (3 * gap));
	const columns = Math.max(1, Math.min(names.length, Math.floor(room / entryWidth)));
	const rows = names.length > 1 ? Math.ceil(names.length / columns) : 0;
	return {columns, rows, height: rows === 0 ? 0 : (rows * rowHeight) + gap, entryWidth, textWidth};
}

/** The layers that draw it, above the plot's own top edge. */
export function legendLayers(names: readonly string[], kind: PlotKind, {columns, rows, height, entryWidth, textWidth}: LegendSize) {
	const {colour, dash, shape} = scalesOf(names, kind === 'bar');
	const values = rows === 0
		? []
		: names.map((line, place) => {
			const [left, middle] = [(place % columns) * entryWidth, (Math.floor(place / columns) + 0.5) * rowHeight - height];
			return {line, left, right: left + sample, centre: left + (sample / 2), text: left + sample + gap, name: shortened(line, entryWidth - sample - (2 * gap), textWidth), middle};
		});
	const at = (field: string) => ({field, type: 'quantitative' as const, scale: null, axis: null});
	const by = <Scale>(scale: Scale) => ({field: 'line', type: 'nominal' as const, scale, sort: null, legend: null});
	const y = at('middle');
	const labels = {mark: {type: 'text' as const, align: 'left' as const, baseline: 'middle' as const, fontSize}, encoding: {x: at('text'), y, text: {field: 'name', type: 'nominal' as const}}};
	const pieces = kind === 'bar'
		? [{mark: {type: 'point' as const, shape: 'square', filled: true, size: 40, stroke: '#000000', strokeWidth: 0.5, opacity: 1}, encoding: {x: at('centre'), y, fill: by(colour)}}]
		: [
			{mark: {type: 'rule' as const, strokeWidth: 1}, encoding: {x: at('left'), x2: {field: 'right'}, y, color: by(colour), strokeDash: by(dash)}},
			...(kind === 'lt' ? [{mark: {type: 'point' as const, filled: true, size: 22, opacity: 1}, encoding: {x: at('centre'), y, color: by(colour), shape: by(shape)}}] : []),
		];
	return values.length === 0 ? [] : [...pieces, labels].map(layer => ({data: {values}, ...layer}));
}

// What tells names apart stands at their ends more often than in the middle.
function shortened(name: string, room: number, textWidth: TextWidth): string {
	for (let kept = name.length; kept > 2; kept--) {
		const text = kept === name.length ? name : `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
		if (textWidth(text, fontSize) <= room) {
			return text;
		}
	}

	return name.slice(0, 1);
}
