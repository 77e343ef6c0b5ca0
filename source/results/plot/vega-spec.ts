/*
A plot as a Vega-Lite specification that can go into a paper: one column wide, lines told apart by dashes and shapes as well
as by colours, so that it reads in black and white. Units are points (1/72 in).
*/
import {type TopLevelSpec} from 'vega-lite';
import {type PlotAxis, type PlotData} from './plot-data.ts';

// Okabe and Ito's colours, the dark ones first: all are told apart with any colour vision.
const colours = ['#000000', '#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#8C6D31'];
const dashes = [[1, 0], [4, 2], [1, 1.5], [6, 2, 1, 2], [8, 3], [2, 1], [6, 1, 1, 1, 1, 1], [3, 3]];
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];

/** What figures are set in; a PDF embeds it. */
export const fontFamily = 'DejaVu Sans';

/**
The specification of a plot.

@param width In points; the height follows from it.
*/
export function vegaSpec(data: PlotData, width: number): TopLevelSpec {
	const names = data.series.map(({name}) => name);
	const cycle = <Item>(items: readonly Item[]): Item[] => names.map((_, place) => items[place % items.length]!);
	const rows = data.series.flatMap(({name, points, knee}) => points.map((point, place) => ({
		line: name, order: place, x: point.x, y: point.y, low: point.low ?? null, high: point.high ?? null, isKnee: place === knee,
	})));
	const hasLegend = names.length > 1;
	const columns = names.some(name => name.length > 24) ? 1 : 2;
	const legend = hasLegend ? {orient: 'top' as const, direction: 'horizontal' as const, columns, title: null, symbolStrokeWidth: 1, symbolOpacity: 1, labelLimit: width} : null;
	const color = {field: 'line', type: 'nominal' as const, scale: {domain: names, range: cycle(colours)}, sort: null, legend};
	const x = {field: 'x', type: 'quantitative' as const, title: data.x.title, scale: scaleOf(data.x, data), axis: axisOf(data.x, rows.map(row => row.x))};
	const y = {field: 'y', type: 'quantitative' as const, title: data.y.title, scale: scaleOf(data.y, data), axis: axisOf(data.y, rows.map(row => row.y))};
	const base = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'white',
		width,
		height: Math.round(width * 0.62),
		padding: 2,
		autosize: {type: 'fit' as const, contains: 'padding' as const},
		data: {values: rows},
		config: {
			font: fontFamily,
			view: {stroke: null},
			axis: {labelFontSize: 7, titleFontSize: 8, titleFontWeight: 'normal' as const, gridColor: '#dddddd', domainColor: '#000000', tickColor: '#000000', tickSize: 3, titlePadding: 4, gridWidth: 0.5, domainWidth: 0.5, tickWidth: 0.5},
			legend: {labelFontSize: 7, symbolSize: 30, rowPadding: 1, columnPadding: 8, offset: 4},
		},
	};
	if (data.kind === 'bar') {
		const category = {field: 'x', type: 'nominal' as const, title: data.x.title, sort: categoriesOf(data), axis: {labelAngle: 0}};
		return {
			...base,
			encoding: {x: category, xOffset: {field: 'line', sort: null}},
			layer: [
				{mark: {type: 'bar', stroke: '#000000', strokeWidth: 0.5}, encoding: {y: {...y, stack: null}, color: {...color, scale: {domain: names, range: cycle(greys)}}}},
				{transform: [{filter: 'datum.low !== null'}], mark: {type: 'rule', color: '#000000'}, encoding: {y: {...y, field: 'low'}, y2: {field: 'high'}}},
			],
		};
	}

	const isStepped = data.kind === 'cdf';
	const dash = {field: 'line', type: 'nominal' as const, scale: {domain: names, range: cycle(dashes)}, sort: null, legend};
	const shape = {field: 'line', type: 'nominal' as const, scale: {domain: names, range: cycle(shapes)}, sort: null, legend};
	const line = {mark: {type: 'line' as const, strokeWidth: 1, clip: true, ...(isStepped && {interpolate: 'step-after' as const})}, encoding: {x, y, color, strokeDash: dash, order: {field: 'order', type: 'quantitative' as const}}};
	const isCurve = data.kind === 'lt';
	// A ring around each knee.
	const knees = {transform: [{filter: 'datum.isKnee'}], mark: {type: 'point' as const, filled: false, shape: 'circle', size: 110, strokeWidth: 0.8, color: '#000000'}, encoding: {x, y}};
	return {
		...base,
		layer: [
			...(isCurve ? [{data: {values: bandRows(data)}, mark: {type: 'line' as const, filled: true, opacity: 0.16, clip: true}, encoding: {x, y, color, detail: {field: 'band', type: 'nominal' as const}, order: {field: 'order', type: 'quantitative' as const}}}] : []),
			line,
			...(isCurve ? [{mark: {type: 'point' as const, filled: true, size: 22, opacity: 1}, encoding: {x, y, color, shape}}, knees] : []),
		],
	};
}

// Two ribbons along each curve: the spread of latency, and that of throughput, which is what shows where a curve goes up.
function bandRows({series, x, y}: PlotData) {
	return series.flatMap(({name, points}) => {
		const spread = points.flatMap(({x: at, y: mean, high, xDeviation}) => typeof at === 'number' && high !== undefined && xDeviation !== undefined ? [{at, mean, up: high - mean, aside: xDeviation}] : []);
		const ribbon = (band: string, sides: ReadonlyArray<{readonly x: number; readonly y: number}>) => sides.map((side, order) => ({line: name, band, order, ...side})).filter(side => (!x.isLog || side.x > 0) && (!y.isLog || side.y > 0));
		const back = spread.toReversed();
		return [
			...ribbon('latency', [...spread.map(({at, mean, up}) => ({x: at, y: mean - up})), ...back.map(({at, mean, up}) => ({x: at, y: mean + up}))]),
			...ribbon('throughput', [...spread.map(({at, mean, aside}) => ({x: at - aside, y: mean})), ...back.map(({at, mean, aside}) => ({x: at + aside, y: mean}))]),
		];
	});
}

// Numbers in their order, texts as they came.
function categoriesOf({series}: PlotData): string[] {
	const all = [...new Set(series.flatMap(({points}) => points.map(({x}) => String(x))))];
	return all.every(text => Number.isFinite(Number(text))) ? all.toSorted((one, other) => Number(one) - Number(other)) : all;
}

// Fills that differ in brightness, so that bars read in black and white.
const greys = ['#444444', '#bbbbbb', '#ffffff', '#888888', '#dddddd', '#666666', '#eeeeee', '#999999'];

// A log axis has its powers of ten, where it spans some.
function axisOf({isLog}: PlotAxis, values: ReadonlyArray<number | string>) {
	const positive = values.filter(value => typeof value === 'number' && value > 0).map(value => Math.log10(Number(value)));
	const from = Math.floor(positive.reduce((least, value) => Math.min(least, value), Infinity));
	const to = Math.ceil(positive.reduce((most, value) => Math.max(most, value), -Infinity));
	return isLog && to - from > 1 ? {values: Array.from({length: to - from + 1}, (_, step) => 10 ** (from + step))} : {tickCount: 5};
}

// A curve reads from zero; a log scale has none, and neither has what is not positive a place on it.
function scaleOf({isLog}: PlotAxis, {kind}: PlotData) {
	return isLog ? {type: 'log' as const} : {zero: kind !== 'cdf', nice: true};
}
