import {textWidths} from './figure-font.ts';
import {type PlotData} from './plot-data.ts';
import {vegaSpec} from './vega-spec.ts';
import {fontFamily} from './vega-style.ts';

declare module 'vega' {
	/** Vega's own measure of texts, which may be replaced; without a browser it guesses. */
	export const textMetrics: {width: (item: {readonly fontSize?: number}, text: string) => number};
}

/**
A plot as SVG, drawn by Vega-Lite without a browser. The figure is as wide as asked for, whatever its axes need.

@param width In points.
*/
export async function renderSvg(data: PlotData, width: number): Promise<string> {
	// Some hundred milliseconds and forty megabytes: only who draws a file pays.
	const [{compile}, vega, textWidth] = await Promise.all([import('vega-lite'), import('vega'), textWidths()]);
	vega.textMetrics.width = ({fontSize = 11}, text) => textWidth(text, fontSize);
	const view = new vega.View(vega.parse(compile(vegaSpec(data, width, textWidth)).spec), {renderer: 'none', logLevel: vega.Error});
	try {
		const svg = await view.toSVG();
		return svg
			.replace(/^<svg (?<head>[^>]*?)width="(?<width>[\d.]+)" height="(?<height>[\d.]+)"/, '<svg $<head>width="$<width>pt" height="$<height>pt"')
			// A label that there is no room for is none.
			.replaceAll(/<text [^>]*\bopacity="0"[^>]*>[^<]*<\/text>/g, '')
			// A solid line: PDFs have no dash of length zero.
			.replaceAll(' stroke-dasharray="1,0"', '')
			.split(`font-family="${fontFamily}"`).join(`font-family="${fontFamily}, Helvetica, Arial, sans-serif"`);
	} finally {
		view.finalize();
	}
}
