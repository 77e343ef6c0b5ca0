/*
A figure at full size: asciichart draws the curves; the axes' words, the phases, the pauses of JVMs and the cursor are drawn here.
*/
import {plot} from 'asciichart';
import {type BenchmarkState, pauseTimes} from '../../core/state.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, hueOf, type Line, segment, type Tone} from '../text/line.ts';
import {isFigure, shortNumber, shortTime} from '../text/quantity.ts';
import {firstValues, squeezed} from './chart-strip.ts';
import {type Chart} from './live-charts.ts';
import {phaseWords} from './select.ts';

type PictureView = {
	readonly chart: Chart;
	readonly benchmark: BenchmarkState;
	readonly at?: number;
	readonly width: number;
	readonly height: number;
	/** The names of processes by their endpoints, for a split chart. */
	readonly nameOf: (instance: string) => string;
};

const mostCurves = 8;
const axisWidth = 10;

type Curve = {readonly name: string; readonly values: ReadonlyArray<number | undefined>; readonly tone: Tone};

/** The curves with a legend, the y axis at the left, time and phases below. */
export function chartPictureLines(view: PictureView, glyphs: Glyphs): readonly Line[] {
	const {chart, width, height} = view;
	const curves = curvesOf(view);
	const plotWidth = Math.max(10, width - axisWidth - 2);
	const squeezedCurves = curves.map(({values}) => stretched(squeezed(values, plotWidth), values.length, plotWidth));
	const known = squeezedCurves.flat().filter(value => isFigure(value));
	if (known.length === 0) {
		return [[], [segment(`   ${chart.reason ?? 'nothing to draw yet'}`, 'muted')]];
	}

	const plotHeight = Math.max(3, height - 4);
	const greatest = Math.max(...known);
	const bottom = Math.min(0, ...known);
	const step = niceStep(Math.max(greatest - bottom, Number.MIN_VALUE), Math.max(2, Math.floor(plotHeight / 4)));
	const scale: Scale = {bottom, top: greatest > bottom ? greatest * 1.02 : bottom + 1, height: plotHeight, step};
	const drawn = squeezedCurves.map(values => drawCurve(values, scale, glyphs));
	const rows = Array.from({length: plotHeight}, (_, row): Line => [...axisLabel(scale, row, glyphs), ...overlay(drawn.map(curve => curve[row] ?? ''), curves, plotWidth)]);
	const mark = view.at === undefined ? undefined : placeOf(view.at, chart, plotWidth);
	return [
		legend(curves, view, glyphs),
		...rows.map(row => (mark === undefined ? row : marked(row, axisWidth + 1 + mark))).map(row => fitLine(row, width)),
		...timeAxis(view, plotWidth, glyphs),
	];
}

function curvesOf({chart, nameOf}: PictureView): readonly Curve[] {
	if (chart.split) {
		const all = [...chart.split].map(([instance, values]) => ({name: nameOf(instance), values: [...values], peak: Math.max(0, ...values.map(value => value ?? 0))}));
		return all.toSorted((one, other) => other.peak - one.peak).slice(0, mostCurves).map(({name, values}, place) => ({name, values, tone: hueOf(place)}));
	}

	const first = chart.points.find(point => point !== undefined)?.figures ?? [];
	return first.length <= 1
		? [{name: chart.name, values: firstValues(chart), tone: hueOf(0)}]
		: first.map(({name}, place): Curve => ({name, values: chart.points.map(point => point?.figures[place]?.value), tone: hueOf(place)}));
}

// A short course is drawn over the whole width, so that the axis of time is the same for all.
function stretched(values: ReadonlyArray<number | undefined>, points: number, width: number): ReadonlyArray<number | undefined> {
	return points >= width || points < 2
		? values
		: Array.from({length: width}, (_, cell) => {
			const place = cell * (points - 1) / (width - 1);
			const [one, other] = [values[Math.floor(place)], values[Math.ceil(place)]];
			return isFigure(one) && isFigure(other) ? one + (other - one) * (place - Math.floor(place)) : undefined;
		});
}

// Labels are round numbers: 1, 2 or 5 of some power of ten apart.
function niceStep(span: number, most: number): number {
	const rough = span / most;
	const power = 10 ** Math.floor(Math.log10(rough));
	return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough)!;
}

type Scale = {readonly bottom: number; readonly top: number; readonly height: number; readonly step: number};

// asciichart knows no gaps: each stretch between two is a plot of its own. Its axis is left out, for its labels would be as
// wide as their digits; its last value is said twice, because it draws from one value to the next.
function drawCurve(values: ReadonlyArray<number | undefined>, {bottom, top, height}: Scale, glyphs: Glyphs): readonly string[] {
	const rows = Array.from({length: height}, () => '');
	for (const {from, stretch} of stretches(values)) {
		const picture = plot([...stretch, stretch.at(-1)!], {height: height - 1, min: bottom, max: top, offset: 1, padding: '', format: () => '', symbols: [...glyphs.chart]}).split('\n');
		for (const [row, text] of rows.entries()) {
			rows[row] = text.padEnd(from) + (picture[row] ?? '').slice(1);
		}
	}

	return rows;
}

function stretches(values: ReadonlyArray<number | undefined>): ReadonlyArray<{readonly from: number; readonly stretch: readonly number[]}> {
	const found: Array<{readonly from: number; readonly stretch: number[]}> = [];
	let isOpen = false;
	for (const [place, value] of values.entries()) {
		if (!isFigure(value)) {
			isOpen = false;
		} else if (isOpen) {
			found.at(-1)!.stretch.push(value);
		} else {
			found.push({from: place, stretch: [value]});
			isOpen = true;
		}
	}

	return found;
}

function overlay(rows: readonly string[], curves: readonly Curve[], width: number): Line {
	const cells: Array<{text: string; tone: Tone}> = Array.from({length: width}, () => ({text: ' ', tone: 'plain'}));
	for (const [place, row] of rows.entries()) {
		for (const [cell, character] of [...row].slice(0, width).entries()) {
			if (character !== ' ') {
				cells[cell] = {text: character, tone: curves[place]!.tone};
			}
		}
	}

	return merged(cells);
}

function merged(cells: ReadonlyArray<{readonly text: string; readonly tone?: Tone}>): Line {
	const line: Array<{text: string; tone?: Tone}> = [];
	for (const cell of cells) {
		const last = line.at(-1);
		if (last && last.tone === cell.tone) {
			last.text += cell.text;
		} else {
			line.push({...cell});
		}
	}

	return line;
}

function axisLabel({bottom, top, height, step}: Scale, row: number, glyphs: Glyphs): Line {
	const perRow = (top - bottom) / (height - 1);
	const value = bottom + (perRow * (height - 1 - row));
	const tick = Math.round(value / step) * step;
	const isLabelled = Math.abs(tick - value) <= perRow / 2 + Number.EPSILON;
	return [segment((isLabelled ? shortNumber(Number(tick.toPrecision(12))) : '').padStart(axisWidth - 1), 'muted'), segment(` ${isLabelled ? glyphs.chart[1] : glyphs.vertical}`, 'faint')];
}

function legend(curves: readonly Curve[], {chart, benchmark, width}: PictureView, glyphs: Glyphs): Line {
	const unit = chart.points.find(point => point !== undefined)?.figures[0]?.unit ?? '';
	const hidden = (chart.split?.size ?? 0) - curves.length;
	return fitLine([
		segment(`   ${chart.name}`, 'plain', {bold: true}),
		segment(unit === '' ? '  ' : `  ${unit === '/s' ? 'per second' : unit}  `, 'muted'),
		...curves.flatMap(({name, tone}) => [segment('  ━ '.replace('━', '-'), tone, {bold: true}), segment(name, tone)]),
		segment(hidden > 0 ? `  the highest ${curves.length} of ${curves.length + hidden}` : '', 'muted'),
		segment(pauseTimes(benchmark).some(at => isWithin(at, chart)) ? `  ${glyphs.pause} JVM pauses` : '', 'warn'),
	], width);
}

function placeOf(at: number, {from, stepMs, points}: Chart, width: number): number {
	const span = Math.max(1, (points.length - 1) * stepMs);
	return Math.max(0, Math.min(width - 1, Math.round((at - from) / span * (width - 1))));
}

function isWithin(at: number, {from, stepMs, points}: Chart): boolean {
	return at >= from && at <= from + ((points.length - 1) * stepMs);
}

function timeAxis({chart, benchmark}: PictureView, width: number, glyphs: Glyphs): readonly Line[] {
	const ruler = Array.from({length: width}, () => segment(glyphs.horizontal, 'faint'));
	const words = Array.from({length: width}, () => ' ');
	const end = chart.from + ((chart.points.length - 1) * chart.stepMs);
	for (const {phase, at} of benchmark.phases.filter(entered => entered.at <= end).toSorted((one, other) => Number(other.phase === 'measuring') - Number(one.phase === 'measuring'))) {
		const place = placeOf(at, chart, width);
		ruler[place] = segment(glyphs.unicode ? '┬' : '+', 'faint');
		const word = phaseWords(phase);
		// Where names would run into one another, the phase that is measured keeps its own.
		if (place + word.length + 1 < width && words.slice(Math.max(0, place - 1), place + word.length + 1).every(cell => cell === ' ')) {
			words.splice(place, word.length, ...word);
		}
	}

	for (const at of pauseTimes(benchmark)) {
		if (isWithin(at, chart)) {
			ruler[placeOf(at, chart, width)] = segment(glyphs.pause, 'warn');
		}
	}

	const times = Array.from({length: width}, () => ' ');
	const steps = Math.max(1, Math.floor(width / 20));
	for (let step = 0; step <= steps; step++) {
		const place = Math.round(step * (width - 1) / steps);
		const text = secondsWords((end - chart.from) * step / steps);
		times.splice(Math.min(place, width - text.length), text.length, ...text);
	}

	const indent = ' '.repeat(axisWidth);
	return [
		[segment(indent), ...merged([segment(glyphs.unicode ? '└' : '+', 'faint'), ...ruler])],
		[segment(`${indent} `), segment(times.join(''), 'muted')],
		[segment(`${indent} `), segment(words.join(''), 'accent')],
	];
}

function secondsWords(ms: number): string {
	return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : shortTime(ms);
}

function marked(row: Line, cell: number): Line {
	let at = 0;
	return row.flatMap(part => {
		const start = at;
		at += part.text.length;
		const place = cell - start;
		return place < 0 || place >= part.text.length
			? [part]
			: [
				{...part, text: part.text.slice(0, place)}, {...part, text: part.text.slice(place, place + 1), found: true}, {...part, text: part.text.slice(place + 1)},
			];
	});
}
