import {type PlotData} from './plot-data.ts';
import {fontFamily, vegaSpec} from './vega-spec.ts';

/**
A plot as SVG, drawn by Vega-Lite without a browser. The figure is as wide as asked for, whatever its axes need.

@param width In points.
*/
export async function renderSvg(data: PlotData, width: number): Promise<string> {
	// Some hundred milliseconds and forty megabytes: only who draws a file pays.
	const [{compile}, vega] = await Promise.all([import('vega-lite'), import('vega')]);
	const view = new vega.View(vega.parse(compile(vegaSpec(data, width)).spec), {renderer: 'none', logLevel: vega.Error});
	try {
		const svg = await view.toSVG();
		return svg
			.replace(/^<svg (?<head>[^>]*?)width="(?<width>[\d.]+)" height="(?<height>[\d.]+)"/, '<svg $<head>width="$<width>pt" height="$<height>pt"')
			// A solid line: PDFs have no dash of length zero.
			.replaceAll(' stroke-dasharray="1,0"', '')
			.split(`font-family="${fontFamily}"`).join(`font-family="${fontFamily}, Helvetica, Arial, sans-serif"`);
	} finally {
		view.finalize();
	}
}
