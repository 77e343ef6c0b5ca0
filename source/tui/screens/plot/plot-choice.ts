/*
What a person has set of a plot, and how a screen says it.
*/
import {type FigureSpec, defaultWidth, parseLabels, plotKinds} from '../../../results/plot/figure-spec.ts';
import {type PlotOptions} from '../../../results/plot/groups.ts';
import {type PlotData, type PlotKind} from '../../../results/plot/plot-data.ts';
import {fixedAxes} from '../../../results/plot/read-plot.ts';
import {splitText} from '../compare/compare-choice.ts';
import {type Setting} from '../settings-lines.ts';

const logAxes = ['none', 'y', 'x', 'both'] as const;

/** As typed; a text that is empty is the usual. */
type PlotChoice = {
	readonly kind: PlotKind;
	readonly x: string;
	readonly y: string;
	readonly groupBy: string;
	/** Conditions, between semicolons. */
	readonly where: string;
	/** `WORD=Name` texts, between commas. */
	readonly names: string;
	readonly log: (typeof logAxes)[number];
};

export type PlotField = 'x' | 'y' | 'groupBy' | 'where' | 'names';

export const usualPlot: PlotChoice = {kind: 'lt', x: '', y: '', groupBy: '', where: '', names: '', log: 'none'};

const kindTitles: Readonly<Record<PlotKind, string>> = {lt: 'latency against throughput', time: 'over time', cdf: 'distribution of latency', bar: 'bars'};

/** The choice with the next kind of plot, whose axes are its usual ones: those of one kind mean nothing to another. */
export function nextKind(choice: PlotChoice): PlotChoice {
	const kind = plotKinds[(plotKinds.indexOf(choice.kind) + 1) % plotKinds.length]!;
	return {...choice, kind, x: '', y: '', log: kind === 'cdf' ? 'x' : 'none'};
}

export function nextLog(choice: PlotChoice): PlotChoice {
	return {...choice, log: logAxes[(logAxes.indexOf(choice.log) + 1) % logAxes.length]!};
}

/**
The options that a choice is.

@throws BenchError `usage` where its names are not of their form.
*/
export function plotOptions({x, y, groupBy, where, names, log}: PlotChoice): PlotOptions {
	return {
		x: x === '' ? undefined : x,
		y: y === '' ? undefined : y,
		groupBy: splitText(groupBy, ','),
		where: splitText(where, ';'),
		labels: parseLabels(splitText(names, ',')),
		logX: log === 'x' || log === 'both',
		logY: log === 'y' || log === 'both',
	};
}

/** The figure that draws the same. */
export function specOf(choice: PlotChoice, runs: readonly string[], output: string): FigureSpec {
	const {x, y, ...rest} = plotOptions(choice);
	return {kind: choice.kind, runs, ...rest, ...(x !== undefined && {x}), ...(y !== undefined && {y}), width: defaultWidth, output};
}

/** What the plot is set to, the usual as the data say it. */
export function plotSettings(choice: PlotChoice, data: PlotData | undefined): readonly Setting[] {
	const {kind, log} = choice;
	const typed = (command: string, label: string, text: string, usual: string): Setting => ({command, label, value: text === '' ? usual : text, isSet: text !== ''});
	const axis = (name: 'x' | 'y') => fixedAxes[name].includes(kind) ? [] : [typed(name, '', choice[name], data?.[name].field ?? '')];
	return [
		{command: 'kind', label: '', value: kindTitles[kind], isSet: true},
		...axis('x'),
		...axis('y'),
		typed('group-by', 'group by', choice.groupBy, 'run'),
		typed('filter', 'rows', choice.where, 'all'),
		{command: 'log', label: 'log', value: log, isSet: log !== 'none'},
		typed('names', 'names', choice.names, 'words'),
	];
}
