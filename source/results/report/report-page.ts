/*
A report: one HTML file that needs no network, for who was not there. What ran, where, what was measured, how it looks,
what failed and why.
*/
import {BenchError} from '../../core/errors.ts';
import {type Json, type JsonObject} from '../../core/json.ts';
import {engineText} from '../../core/rehearsal.ts';
import {leavesOf} from '../../directory/cell.ts';
import {timeText} from '../../directory/time-text.ts';
import {cellText, numberText, valueText} from '../cell-text.ts';
import {compareResults, variantText} from '../compare.ts';
import {type PlotOptions} from '../plot/groups.ts';
import {type PlotKind} from '../plot/plot-data.ts';
import {readPlot} from '../plot/read-plot.ts';
import {renderSvg} from '../plot/render-svg.ts';
import {type ResultSet} from '../result-set.ts';
import {tableView} from '../table-view.ts';
import {type Triage} from '../triage.ts';
import {escapeHtml, type Html, htmlFacts, htmlLines, htmlTable} from './html.ts';
import {pageStyle} from './page-style.ts';

export type ReportRun = {
	readonly set: ResultSet;
	readonly triages: readonly Triage[];
	/** environment.json; undefined where there is none. */
	readonly environment: JsonObject | undefined;
	/** notes.md, as it is. */
	readonly notes: string | undefined;
};

export type ReportOptions = {
	readonly version: string;
	/** Epoch ms. */
	readonly now: number;
	readonly labels: Readonly<Record<string, string>>;
};

// Points: five inches, and the page makes it fit.
const figureWidth = 360;
const maxRows = 2000;

/** One HTML text, whole. */
export async function reportPage(runs: readonly ReportRun[], {version, now, labels}: ReportOptions): Promise<string> {
	const sets = runs.map(({set}) => set);
	const title = sets.map(({run, label}) => run ? `${run.suite} ${label}` : label).join(', ');
	const sections = [
		...runs.map(run => summary(run)),
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
<p class="note">Written by benchdeck ${escapeHtml(version)} at ${escapeHtml(timeText(now).replace(/\.\d+$/, ''))}.</p>
</body>
</html>
`;
}

function summary({set, notes}: ReportRun): Html {
	const {run} = set;
	const count = (status: string) => set.rows.filter(row => row.status === status).length;
	const failed = count('failed');
	const facts: ReadonlyArray<readonly [string, string]> = run
		? [
			['Suite', run.suite],
			...(typeof run.args['engine'] === 'string' ? [['Engine', engineText(run.args['engine'])] as const] : []),
			['Directory', run.path],
			['Status', run.status],
			['Started', run.started ?? 'at an unknown time'],
			...(run.stopped === undefined ? [] : [['Stopped', run.stopped] as const]),
			['Benchmarks', `${count('finished')} of ${run.total} finished${failed > 0 ? `, ${failed} failed` : ''}`],
		]
		: [['File', set.path], ['Rows', String(set.rows.length)]];
	const warnings = [...set.warnings, ...(run?.state?.warnings ?? []).map(({message}) => message)];
	return `<section><h2>Summary of ${escapeHtml(set.label)}</h2>${htmlFacts(facts)}${notes === undefined ? '' : htmlLines(notes.trimEnd().split('\n'))}${warnings.slice(0, 20).map(warning => `<p class="note">${escapeHtml(warning)}</p>`).join('')}</section>`;
}

function failures({set, triages}: ReportRun): readonly Html[] {
	return triages.length === 0 ? [] : [`<section><h2>Failures of ${escapeHtml(set.label)}</h2>${triages.map(triage => failure(triage)).join('\n')}</section>`];
}

function failure({id, message, first, cause, evidence, others, command}: Triage): Html {
	const part = (title: string, lines: readonly string[]) => lines.length === 0 ? '' : `<h4>${escapeHtml(title)}</h4>${htmlLines(lines)}`;
	return [
		`<h3 class="failed">Benchmark ${escapeHtml(id)}: ${escapeHtml(message)}</h3>`,
		...(cause === undefined ? [] : [`<p>Cause: ${escapeHtml(cause.name)}. ${escapeHtml(cause.remedy)}</p>`]),
		part(first === undefined ? '' : `Last words of ${first.label}`, first?.lines ?? []),
		part(first?.diedAt === undefined ? 'What the others said last' : 'What the others said around that second', others.map(({label, stream, text}) => `${label} ${stream}: ${text}`)),
		...evidence.map(({file, lines}) => part(`Evidence: ${file}`, lines)),
		part('To try it by hand', command === undefined ? [] : [command.line]),
	].join('\n');
}

async function figures(sets: readonly ResultSet[], labels: ReportOptions['labels']): Promise<Html> {
	const kinds: ReadonlyArray<readonly [PlotKind, string]> = [['lt', 'Latency against throughput; the ring marks the knee'], ['time', 'Throughput over time'], ['cdf', 'Distribution of latency']];
	const drawn = await Promise.all(kinds.map(async ([kind, caption]) => figure(kind, caption, sets, {x: undefined, y: undefined, groupBy: [], where: [], labels, logX: kind === 'cdf', logY: false})));
	const found = drawn.filter(text => text !== '');
	return found.length === 0 ? '' : `<section><h2>Figures</h2>${found.join('\n')}</section>`;
}

// A run without such data has no such figure.
async function figure(kind: PlotKind, caption: string, sets: readonly ResultSet[], options: PlotOptions): Promise<Html> {
	try {
		const data = await readPlot(kind, sets, options);
		return `<figure>${await renderSvg(data, figureWidth)}<figcaption>${escapeHtml(caption)}.</figcaption></figure>${data.notes.map(note => `<p class="note">${escapeHtml(note)}.</p>`).join('')}`;
	} catch (error) {
		if (error instanceof BenchError) {
			return '';
		}

		throw error;
	}
}

function comparison([baseline, ...contenders]: readonly ResultSet[]): Html {
	try {
		const rows = compareResults(baseline!, contenders).flatMap(({contender, contenderVariant, baselineVariant, on, metrics}) => metrics.map(({metric, overall, points, better}) => [
			[contender.label, variantText(contenderVariant)].filter(text => text !== '').join(', '),
			[baseline!.label, variantText(baselineVariant)].filter(text => text !== '').join(', '),
			metric,
			numberText(overall.ratio),
			Number.isNaN(overall.low) ? '-' : `${numberText(overall.low)} – ${numberText(overall.high)}`,
			String(points.length),
			better === undefined ? '' : `${better} is better`,
			on.join(', '),
		]));
		return `<section><h2>Comparison</h2>${htmlTable(['run', 'against', 'metric', 'ratio', '95% interval', 'points', '', 'matched on'].map((title, place) => ({title, isNumeric: place === 3 || place === 5})), rows)}</section>`;
	} catch (error) {
		if (error instanceof BenchError) {
			return `<section><h2>Comparison</h2><p class="note">${escapeHtml(error.message)}</p></section>`;
		}

		throw error;
	}
}

function table(set: ResultSet): Html {
	const {columns, rows, isFolded} = tableView(set, {fold: true});
	const isPlain = rows.every(({status}) => status === 'finished');
	const cells = rows.slice(0, maxRows).map(row => [row.id, ...(isPlain ? [] : [row.status]), ...row.cells.map(cell => cellText(cell))]);
	const heads = [{title: '', isNumeric: false}, ...(isPlain ? [] : [{title: 'status', isNumeric: false}]), ...columns.map(({name, isNumeric}) => ({title: name, isNumeric}))];
	const notes = [...(isFolded ? ['Repetitions of equal inputs are one row: mean ± standard deviation (n)'] : []), ...(rows.length > maxRows ? [`${rows.length - maxRows} more rows are in results.csv`] : [])];
	return `<section><h2>Results of ${escapeHtml(set.label)}</h2>${htmlTable(heads, cells)}${notes.map(note => `<p class="note">${note}.</p>`).join('')}</section>`;
}

function environment({set, environment: facts}: ReportRun): Html {
	if (!set.run) {
		return '';
	}

	const leaves = (object: JsonObject) => leavesOf(object).map(([name, value]: readonly [string, Json]) => [name, valueText(value)] as const);
	return `<section><h2>Environment of ${escapeHtml(set.label)}</h2>${facts ? htmlFacts(leaves(facts)) : '<p class="note">It has no environment.json.</p>'}<h3>Flags</h3>${htmlFacts(leaves(set.run.args))}</section>`;
}
