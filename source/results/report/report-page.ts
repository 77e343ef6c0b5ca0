/*
A report: one HTML file that needs no network, for who was not there. What ran, where, what was measured, how it looks,
what failed and why.
*/
import {BenchError} from '../../core/errors.ts';
import {type Json, type JsonObject} from '../../core/json.ts';
import {leavesOf} from '../../directory/cell.ts';
import {timeText} from '../../directory/time-text.ts';
import {cellText, numberText, valueText} from '../cell-text.ts';
import {type Comparison, compareResults, variantText} from '../compare.ts';
import {type PlotOptions} from '../plot/groups.ts';
import {type PlotData, type PlotKind} from '../plot/plot-data.ts';
import {readPlot} from '../plot/read-plot.ts';
import {renderSvg} from '../plot/render-svg.ts';
import {type ResultSet} from '../result-set.ts';
import {tableView} from '../table-view.ts';
import {escapeHtml, type Html, htmlFacts, htmlTable} from './html.ts';
import {pageStyle} from './page-style.ts';
import {failures, type ReportRun, runCard} from './run-sections.ts';

type ReportOptions = {
	readonly version: string;
	/** Epoch ms. */
	readonly now: number;
	readonly labels: Readonly<Record<string, string>>;
};

// Points: five inches, and the page makes it fit.
const figureWidth = 360;
const maxRows = 2000;
const mostLines = 8;
const maxIds = 3;

/** One HTML text, whole. */
export async function reportPage(runs: readonly ReportRun[], {version, now, labels}: ReportOptions): Promise<string> {
	const sets = runs.map(({set}) => set);
	const title = sets.map(({run, label}) => run ? `${run.suite} ${label}` : label).join(', ');
	const sections = [
		`<section><h2>Summary</h2><div class="runs">${runs.map(run => runCard(run)).join('\n')}</div></section>`,
		...runs.flatMap(run => failures(run)),
		await figures(sets, labels),
		...(sets.length > 1 ? [comparison(sets)] : []),
		...sets.map(set => table(set)),
		...runs.map(run => environment(run)),
	];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${sections.filter(section => section !== '').join('\n')}
<footer>Written by benchdeck ${escapeHtml(version)} at ${escapeHtml(timeText(now).replace(/\.\d+$/, ''))}.</footer>
</body>
</html>
`;
}

async function figures(sets: readonly ResultSet[], labels: ReportOptions['labels']): Promise<Html> {
	const kinds: ReadonlyArray<readonly [PlotKind, string]> = [['lt', 'Latency against throughput'], ['time', 'Throughput over time'], ['cdf', 'Distribution of latency']];
	const drawn = await Promise.all(kinds.map(async ([kind, caption]) => figure(kind, caption, sets, {x: undefined, y: undefined, groupBy: [], where: [], labels, logX: kind === 'cdf', logY: false})));
	const found = drawn.filter(text => text !== '');
	return found.length === 0 ? '' : `<section><h2>Figures</h2><div class="figures">${found.join('\n')}</div></section>`;
}

// A run without such data has no such figure.
async function figure(kind: PlotKind, caption: string, sets: readonly ResultSet[], options: PlotOptions): Promise<Html> {
	try {
		const data = await toldApart(await readPlot(kind, sets, options), sets, options);
		const knee = data.series.some(one => one.knee !== undefined) ? '; the ring marks the knee' : '';
		const notes = data.notes.map(note => `<p>${escapeHtml(sentence(note, data, sets))}.</p>`).join('');
		return `<figure>${await renderSvg(data, figureWidth)}<figcaption>${escapeHtml(caption)}${knee}.${notes}</figcaption></figure>`;
	} catch (error) {
		if (error instanceof BenchError) {
			return '';
		}

		throw error;
	}
}

// Who reads a report has no flags to give; and names stay as they are.
function sentence(note: string, {series}: PlotData, sets: readonly ResultSet[]): string {
	const text = note.replace(/; (?:--group-by|choose|a figure in a file) .*/, '');
	const isNamed = [...series.map(({name}) => name), ...sets.map(({label}) => label)].some(name => text.startsWith(name));
	return isNamed ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

// A mean over different inputs says little: where that takes few lines, they are told apart.
async function toldApart(data: PlotData, sets: readonly ResultSet[], options: PlotOptions): Promise<PlotData> {
	const {kind, mixed = []} = data;
	if (mixed.length === 0) {
		return data;
	}

	const apart = await readPlot(kind, sets, {...options, groupBy: mixed});
	return apart.series.length > mostLines ? data : apart;
}

function comparison([baseline, ...contenders]: readonly ResultSet[]): Html {
	const notes: string[] = [];
	const rows = contenders.flatMap(contender => {
		try {
			return comparisonRows(baseline!, contender);
		} catch (error) {
			if (error instanceof BenchError) {
				notes.push(error.message);
				return [];
			}

			throw error;
		}
	});
	const heads = ['run', 'against', 'metric', 'ratio', '95% interval', 'points', '', 'matched on'].map((title, place) => ({title, isNumeric: place === 3 || place === 5}));
	return `<section><h2>Comparison</h2>${rows.length === 0 ? '' : htmlTable(heads, rows)}${notes.map(note => `<p class="note">${escapeHtml(note)}</p>`).join('')}</section>`;
}

function comparisonRows(baseline: ResultSet, one: ResultSet): ReadonlyArray<readonly string[]> {
	const side = (label: string, variant: Comparison['contenderVariant']) => [label, variantText(variant)].filter(text => text !== '').join(', ');
	return compareResults(baseline, [one]).flatMap(({contender, contenderVariant, baselineVariant, on, metrics}) => metrics.map(({metric, overall, points, better}) => [
		side(contender.label, contenderVariant),
		side(baseline.label, baselineVariant),
		metric,
		numberText(overall.ratio),
		Number.isNaN(overall.low) ? '-' : `${numberText(overall.low)} – ${numberText(overall.high)}`,
		String(points.length),
		better === undefined ? '' : `${better} is better`,
		on.join(', '),
	]));
}

function table(set: ResultSet): Html {
	const {columns, rows, isFolded} = tableView(set, {fold: true});
	const isPlain = rows.every(({status}) => status === 'finished');
	const cells = rows.slice(0, maxRows).map(row => [idText(row.id), ...(isPlain ? [] : [row.status]), ...row.cells.map(cell => cellText(cell))]);
	const heads = [{title: 'benchmark', isNumeric: false}, ...(isPlain ? [] : [{title: 'status', isNumeric: false}]), ...columns.map(({name, isNumeric}) => ({title: name, isNumeric}))];
	const notes = [
		...(isFolded ? ['Repetitions of equal inputs are one row: mean ± standard deviation (n)'] : []),
		...(rows.length > maxRows ? [`${rows.length - maxRows} more rows are in results.csv`] : []),
	];
	return `<section><h2>Results of ${escapeHtml(set.label)}</h2>${htmlTable(heads, cells)}${notes.map(note => `<p class="note">${note}.</p>`).join('')}</section>`;
}

// Of many repetitions, the first and the last.
function idText(id: string): string {
	const ids = id.split(', ');
	return ids.length > maxIds ? `${ids[0]!} … ${ids.at(-1)!}` : id;
}

function environment({set, environment: facts}: ReportRun): Html {
	if (!set.run) {
		return '';
	}

	const leaves = (object: JsonObject) => leavesOf(object).map(([name, value]: readonly [string, Json]) => [name, valueText(value)] as const);
	const environmentPart = facts ? htmlFacts(leaves(facts)) : '<p class="note">It has no environment.json.</p>';
	return `<section><h2>Environment of ${escapeHtml(set.label)}</h2>${environmentPart}<h4>Flags</h4>${htmlFacts(leaves(set.run.args))}</section>`;
}
