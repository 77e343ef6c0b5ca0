/*
A comparison for people: the overall ratios, the points, and what was not matched and why.
*/
import {numberText, valueText} from '../results/cell-text.ts';
import {type Comparison, type MetricComparison, type PointComparison, type Sample, variantText} from '../results/compare.ts';
import {type ResultSet} from '../results/result-set.ts';
import {printable} from './printable.ts';
import {formatTable, latexText, type TableFormat, type TextColumn} from './table-formats.ts';

export type CompareStyle = {readonly format: TableFormat; readonly width: number};

const maxListed = 8;
const maxIds = 6;

/** The text, with its last line end. */
export function compareText(baseline: ResultSet, comparisons: readonly Comparison[], style: CompareStyle): string {
	// Variants of a run leave the same unmatched: it is told once, after the last of them.
	const blocks = comparisons.flatMap((comparison, place) => [
		...comparisonBlocks(baseline, comparison, style),
		...(comparisons[place + 1]?.contender === comparison.contender ? [] : unmatchedBlocks(comparison, style)),
	]);
	return [[paragraph(`Baseline: ${baseline.label} (${baseline.path}).`, style)], ...blocks].filter(lines => lines.length > 0).map(lines => `${lines.join('\n')}\n`).join('\n');
}

type Block = readonly string[];

function comparisonBlocks(baseline: ResultSet, comparison: Comparison, style: CompareStyle): readonly Block[] {
	const {on, points, contender, metrics, renamed} = comparison;
	const name = sideName(contender.label, comparison.contenderVariant);
	const base = sideName(baseline.label, comparison.baselineVariant);
	const title = heading(`${name} against ${base}`, style);
	const guessed = renamed.filter(({isGuessed}) => isGuessed);
	const renaming =
		guessed.length === 0
			? []
			: [
				paragraph(
					`The figures ${guessed[0]!.from} … of ${contender.label} are compared with ${guessed[0]!.to} … (the only label that either recorded).`,
					style,
				),
			];
	if (points.length === 0) {
		const reason = on.length === 0
			? 'they have no input in common that varies; say with --on which to match on, or with --map which belong together'
			: `matched on ${on.join(', ')}`;
		return [title, [paragraph(`No benchmark of ${name} matches one of ${base}: ${reason}.`, style), ...renaming]];
	}

	const matched = on.length === 0 ? 'no input varies in both, so all benchmarks of each are one point' : `matched on ${on.join(', ')}`;
	return [
		title,
		[paragraph(`${points.length} point${points.length === 1 ? '' : 's'}, ${matched}.`, style), ...renaming],
		formatTable(overallColumns(metrics), style.format, style.width),
		...metrics.flatMap(metric => [
			heading(metric.metric, style),
			...(metric.points.length === 0 ? [] : [formatTable(pointColumns(metric, comparison, base, name), style.format, style.width)]),
			metricNotes(metric, style),
		]),
	];
}

function overallColumns(metrics: readonly MetricComparison[]): readonly TextColumn[] {
	return [
		{title: 'overall', align: 'left', isWhole: true, cells: metrics.map(({metric}) => metric)},
		{title: 'ratio', align: 'right', cells: metrics.map(({overall}) => ratioText(overall.ratio))},
		{title: '95% interval', align: 'left', cells: metrics.map(({overall}) => intervalText(overall))},
		{title: 'points', align: 'right', cells: metrics.map(({points}) => String(points.length))},
		{title: '', align: 'left', cells: metrics.map(({better}) => better === undefined ? '' : `${better} is better`)},
	];
}

function pointColumns({points}: MetricComparison, {on}: Comparison, base: string, name: string): readonly TextColumn[] {
	const varying = on.filter(field => new Set(points.map(({key}) => valueText(key[field]))).size > 1);
	return [
		...varying.map((field): TextColumn => ({title: field, align: 'right', cells: points.map(({key}) => valueText(key[field]))})),
		{title: base, align: 'right', cells: points.map(({baseline}) => sampleText(baseline))},
		{title: name, align: 'right', cells: points.map(({contender}) => sampleText(contender))},
		{title: 'ratio', align: 'right', cells: points.map(({ratio}) => ratioText(ratio))},
		...(points.some(({low}) => !Number.isNaN(low)) ? [{title: '95% interval', align: 'left' as const, cells: points.map(point => intervalText(point))}] : []),
		...(points.some(({verdict}) => verdict !== undefined) ? [{title: 'verdict', align: 'left' as const, cells: points.map(point => verdictText(point))}] : []),
	];
}

function metricNotes({noVerdict, left, points}: MetricComparison, style: CompareStyle): Block {
	const lines: string[] = [];
	if (noVerdict) {
		const {repetitions, needed, tests} = noVerdict;
		const [least, most] = repetitions;
		const isEven = points.every(({baseline, contender}) => baseline.count === contender.count);
		const fewest = most === 1 ? 'one run' : `${least === most ? '' : `${least} to `}${most} repetitions`;
		const have = isEven ? `${fewest}${most === 1 ? ' each' : ''}` : `${fewest} on the side that has fewer`;
		lines.push(
			paragraph(
				`No verdict: ${have} could never give one here (${tests} point${tests === 1 ? ' is' : 's are'} tested at the 5% level, corrected); ${needed} repetitions of each would be needed.`,
				style,
			),
		);
	}

	if (left > 0) {
		lines.push(paragraph(`${left} point${left === 1 ? '' : 's'} left out: a figure is missing, zero or negative.`, style));
	}

	return lines;
}

function unmatchedBlocks({unmatched, ignored, lonelyOutputs, contender}: Comparison, style: CompareStyle): readonly Block[] {
	const list = (title: string, items: readonly string[]): Block => {
		const more = items.length - maxListed;
		return items.length === 0
			? []
			: [
				paragraph(title, style),
				...(style.format === 'text' ? [] : ['']),
				...[...items.slice(0, maxListed), ...(more > 0 ? [`and ${more} more (--json lists them)`] : [])].map(item => bullet(item, style)),
			];
	};

	return [
		list('Benchmarks that were not matched:', unmatched.map(({side, ids, why}) => `${side === 'baseline' ? 'baseline' : contender.label} ${idsText(ids)}: ${why}`)),
		list('Inputs that were not matched on:', ignored.map(({name, why}) => `${name} ${why}`)),
		list('Outputs that only one of them has:', lonelyOutputs),
	];
}

/** `HAOS (flexible true)`. */
function sideName(label: string, variant: Comparison['contenderVariant']): string {
	const text = variantText(variant);
	return text === '' ? label : `${label} (${text})`;
}

function verdictText({verdict, pValue}: PointComparison): string {
	return verdict === undefined || pValue === undefined ? '' : `${verdict === 'open' ? 'no difference shown' : verdict} (p = ${Number(pValue.toPrecision(2))})`;
}

function sampleText({mean, deviation, count}: Sample): string {
	return count === 1 ? numberText(mean) : `${numberText(mean)} ± ${numberText(Number(deviation.toPrecision(2)))} (${count})`;
}

function ratioText(ratio: number): string {
	return Number.isNaN(ratio) ? '-' : ratio.toFixed(ratio < 10 ? 3 : 1);
}

function intervalText({low, high}: {readonly low: number; readonly high: number}): string {
	return Number.isNaN(low) ? '-' : `${ratioText(low)} – ${ratioText(high)}`;
}

function idsText(ids: readonly string[]): string {
	return ids.length > maxIds ? `${ids.slice(0, maxIds).join(', ')} and ${ids.length - maxIds} more` : ids.join(', ');
}

function paragraph(text: string, {format}: CompareStyle): string {
	return format === 'latex' ? latexText(text) : printable(text);
}

function bullet(text: string, style: CompareStyle): string {
	switch (style.format) {
		case 'text': {
			return `  ${paragraph(text, style)}`;
		}

		case 'markdown': {
			return `- ${paragraph(text, style)}`;
		}

		case 'latex': {
			return `% ${printable(text)}`;
		}
	}
}

function heading(text: string, style: CompareStyle): Block {
	switch (style.format) {
		case 'text': {
			return [printable(text)];
		}

		case 'markdown': {
			return [`### ${printable(text)}`];
		}

		case 'latex': {
			return [String.raw`\paragraph{${latexText(text)}}`];
		}
	}
}
