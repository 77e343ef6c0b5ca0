/*
A plot as a Vega-Lite specification that can go into a paper: one column wide, lines told apart by dashes and shapes as well
as by colours, so that it reads in black and white. Units are points (1/72 in).
*/
import {type TopLevelSpec} from 'vega-lite';
import {type TextWidth} from './figure-font.ts';
import {type PlotData, shadeOf} from './plot-data.ts';
import {axisOf, categoryLabels, floorOf, inTwoLines, scaleOf} from './vega-axis.ts';
import {legendLayers, legendSize} from './vega-legend.ts';
import {scalesOf, shadeLegendHeight, shadeScale, titleSize, vegaConfig} from './vega-style.ts';

// Points: what ticks, labels and title of x take below the plot.
const xAxisHeight = 30;

/**
The specification of a plot.

@param width In points; the height follows from it, and from the legend.
*/
export function vegaSpec(data: PlotData, width: number, textWidth: TextWidth): TopLevelSpec {
	const names = data.series.map(({name}) => name);
	const scales = scalesOf(names, data.kind === 'bar');
	const [xs, ys] = [data.series.flatMap(({points}) => points.map(point => point.x)), data.series.flatMap(({points}) => points.map(point => point.y))];
	const lowest = floorOf(data.y, ys);
	const rows = data.series.flatMap(({name, points, knee, shade}) => points.map((point, place) => ({
		line: name,
		order: place,
		x: point.x,
		y: point.y,
		low: point.low === undefined ? null : Math.max(point.low, lowest),
		high: point.high ?? null,
		isKnee: place === knee,
		isAlone: points.length === 1,
		shade: shade ?? null,
	})));
	const legend = legendSize(names, width, textWidth);
	const plotHeight = width * 0.56;
	const color = {field: 'line', type: 'nominal' as const, scale: scales.colour, sort: null, legend: null};
	const x = {field: 'x', type: 'quantitative' as const, title: data.x.title, scale: scaleOf(data.x, data, xs), axis: axisOf(data.x, xs)};
	const ends = data.kind === 'bar' ? [...ys, ...rows.flatMap(({high}) => high ?? [])] : ys;
	const yTitle = textWidth(data.y.title, titleSize) > plotHeight - xAxisHeight ? inTwoLines(data.y.title) : data.y.title;
	const y = {field: 'y', type: 'quantitative' as const, title: yTitle, scale: scaleOf(data.y, data, ends), axis: axisOf(data.y, ends)};
	const base = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'white',
		width,
		height: Math.round(plotHeight + legend.height),
		padding: 2,
		autosize: {type: 'fit' as const, contains: 'padding' as const},
		data: {values: rows},
		config: vegaConfig,
	};
	if (data.kind === 'bar') {
		const categories = data.x.categories ?? [];
		const labels = categoryLabels(categories, width, textWidth);
		const category = {field: 'x', type: 'nominal' as const, title: data.x.title, sort: [...categories], axis: labels.axis};
		const place = {x: category, xOffset: {field: 'line', type: 'nominal' as const, sort: null}};
		return {
			...base,
			height: base.height + labels.height,
			layer: [
				{mark: {type: 'bar', stroke: '#000000', strokeWidth: 0.5}, encoding: {...place, y: {...y, stack: null}, color}},
				{transform: [{filter: 'datum.low !== null'}], mark: {type: 'rule', color: '#000000', clip: true}, encoding: {...place, y: {...y, field: 'low'}, y2: {field: 'high'}}},
				...legendLayers(names, data.kind, legend),
			],
		};
	}

	const shaded = shadeOf(data);
	if (shaded !== undefined) {
		const shades = shadeScale(shaded, data.series.flatMap(({shade}) => shade ?? []));
		const encoding = {x, y, color: shades, detail: {field: 'line', type: 'nominal' as const}, order: {field: 'order', type: 'quantitative' as const}};
		// Spreads and rings of so many lines would hide one another. Where both stroke and fill have the colours, their scale is no gradient.
		const layer = [
			{mark: {type: 'line' as const, strokeWidth: 0.8, clip: true}, encoding},
			{mark: {type: 'point' as const, filled: false, size: 2.5, strokeWidth: 1.5, opacity: 1}, encoding: {x, y, color: shades}},
		];
		return {...base, height: Math.round(plotHeight + shadeLegendHeight), layer};
	}

	const isStepped = data.kind === 'cdf';
	const dash = {field: 'line', type: 'nominal' as const, scale: scales.dash, sort: null, legend: null};
	const shape = {field: 'line', type: 'nominal' as const, scale: scales.shape, sort: null, legend: null};
	const line = {
		mark: {type: 'line' as const, strokeWidth: 1, clip: true, ...(isStepped && {interpolate: 'step-after' as const})},
		encoding: {x, y, color, strokeDash: dash, order: {field: 'order', type: 'quantitative' as const}},
	};
	const isCurve = data.kind === 'lt';
	const dot = {mark: {type: 'point' as const, filled: true, size: 22, opacity: 1}, encoding: {x, y, color, shape}};
	// A ring around each knee.
	const knees = {transform: [{filter: 'datum.isKnee'}], mark: {type: 'point' as const, filled: false, shape: 'circle', size: 90, strokeWidth: 0.7, color: '#000000'}, encoding: {x, y}};
	return {
		...base,
		layer: [
			...(isCurve
				? [
					{
						data: {values: bandRows(data)},
						mark: {type: 'line' as const, filled: true, opacity: 0.16, clip: true},
						encoding: {
							x,
							y,
							color,
							detail: {field: 'band', type: 'nominal' as const},
							order: {field: 'order', type: 'quantitative' as const},
						},
					},
				]
				: []),
			line,
			// Of a single point there is no line to see: a short benchmark has one whole second.
			...(isCurve ? [dot, knees] : [{transform: [{filter: 'datum.isAlone'}], ...dot}]),
			...legendLayers(names, data.kind, legend),
		],
	};
}

// Two ribbons along each curve: the spread of latency, and that of throughput, which is what shows where a curve goes up.
function bandRows({series, x, y}: PlotData) {
	const all = series.flatMap(({points}) => points);
	const [leftmost, lowest] = [floorOf(x, all.map(point => point.x)), floorOf(y, all.map(point => point.y))];
	return series.flatMap(({name, points}) => {
		const spread = points.flatMap(({x: at, y: mean, high, xDeviation}) =>
			typeof at === 'number' && high !== undefined && xDeviation !== undefined ? [{at, mean, up: high - mean, aside: xDeviation}] : [],
		);
		const ribbon = (band: string, sides: ReadonlyArray<{readonly x: number; readonly y: number}>) =>
			sides.map((side, order) => ({line: name, band, order, x: Math.max(side.x, leftmost), y: Math.max(side.y, lowest)}));
		const back = spread.toReversed();
		return [
			...ribbon('latency', [...spread.map(({at, mean, up}) => ({x: at, y: mean - up})), ...back.map(({at, mean, up}) => ({x: at, y: mean + up}))]),
			...ribbon('throughput', [...spread.map(({at, mean, aside}) => ({x: at - aside, y: mean})), ...back.map(({at, mean, aside}) => ({x: at + aside, y: mean}))]),
		];
	});
}
