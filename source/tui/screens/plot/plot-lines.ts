import {plainText} from '../../../logs/styled-text.ts';
import {type PlotData} from '../../../results/plot/plot-data.ts';
import {terminalPlot, type TerminalPlotOptions} from '../../../results/plot/terminal-plot.ts';
import {hueOf, type Line, lineOf, segment} from '../../text/line.ts';
import {wrapWords} from '../../text/wrap-words.ts';

/** A plot as lines of a screen, or why there is none. */
export function plotLines(data: PlotData | undefined, problem: string | undefined, size: TerminalPlotOptions): readonly Line[] {
	if (problem !== undefined) {
		return wrapWords(plainText(problem), size.width).map(line => lineOf(` ${line}`, 'warn'));
	}

	return data
		? terminalPlot(data, size).map((pieces): Line => [segment(' '), ...pieces.map(({text, series}) => segment(plainText(text), series === undefined ? 'muted' : hueOf(series)))])
		: [lineOf(' Working it out …', 'muted')];
}
