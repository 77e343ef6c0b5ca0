/*
How figures tell their lines apart: by colour, dash and shape at once, so that they read in black and white too.
*/

// Okabe and Ito's colours, the dark ones first: all are told apart with any colour vision.
const colours = ['#000000', '#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#8C6D31'];
const dashes = [[1, 0], [4, 2], [1, 1.5], [6, 2, 1, 2], [8, 3], [2, 1], [6, 1, 1, 1, 1, 1], [3, 3]];
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];
// Fills of bars differ in brightness.
const greys = ['#444444', '#bbbbbb', '#ffffff', '#888888', '#dddddd', '#666666', '#eeeeee', '#999999'];

/** What figures are set in; a PDF embeds it. */
export const fontFamily = 'DejaVu Sans';
/** In points. */
export const fontSize = 7;
export const titleSize = 8;

/** Scales from the names of lines to how they look. */
export function scalesOf(names: readonly string[], isBars: boolean) {
	// Each further round of colours has dashes and shapes of its own, so that no two lines of 64 look the same.
	const scale = <Item>(items: readonly Item[], shift = 0) => ({domain: [...names], range: names.map((_, place) => items[(place + (shift * Math.floor(place / items.length))) % items.length]!)});
	return {colour: scale(isBars ? greys : colours), dash: scale(dashes, 1), shape: scale(shapes, 4)};
}

// Points: a bar of colours with its numbers, above the plot.
export const shadeLegendHeight = 24;

/** A colour for each value of what lines too many for a legend differ in; brightness alone tells it too. */
export function shadeScale(title: string, values: readonly number[]) {
	const [low, high] = [Math.min(...values), Math.max(...values)];
	// Values that are spread over powers of ten are told apart by their logarithm.
	const type = low > 0 && high / low >= 100 ? 'log' as const : 'linear' as const;
	const look = {titleFontSize: fontSize, titleFontWeight: 'normal' as const, labelFontSize: fontSize, gradientLength: 110, gradientThickness: 6, offset: 4, titlePadding: 3};
	return {
		field: 'shade',
		type: 'quantitative' as const,
		title,
		scale: {type, domain: [low, high], scheme: {name: 'viridis' as const, extent: [0, 0.92]}},
		legend: {type: 'gradient' as const, orient: 'top' as const, direction: 'horizontal' as const, titleOrient: 'left' as const, tickCount: 5, ...look},
	};
}

export const vegaConfig = {
	font: fontFamily,
	view: {stroke: null},
	axis: {
		labelFontSize: fontSize,
		titleFontSize: titleSize,
		titleFontWeight: 'normal' as const,
		gridColor: '#dddddd',
		domainColor: '#000000',
		tickColor: '#000000',
		tickSize: 3,
		titlePadding: 4,
		gridWidth: 0.5,
		domainWidth: 0.5,
		tickWidth: 0.5,
	},
};
