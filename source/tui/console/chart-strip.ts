import {type Glyphs} from '../glyphs.ts';
import {fitLine, hueOf, type Line, lineWidth, segment} from '../text/line.ts';
import {isFigure, shortNumber} from '../text/quantity.ts';
import {sparkline} from '../text/sparkline.ts';
import {type Chart} from './live-charts.ts';
import {type ChartFigure, type ChartReading} from './metric-spec.ts';

export type StripView = {
	readonly charts: readonly Chart[];
	readonly now: number;
	/** The chosen time, where one is. */
	readonly at?: number;
	readonly width: number;
	readonly height: number;
};

/** A row for each figure: its name, where it stands, its course, its range, and where it comes from. */
export function chartStripLines({charts, now, at, width, height}: StripView, glyphs: Glyphs): readonly Line[] {
	const shown = charts.slice(0, height);
	const nameWidth = Math.max(10, ...shown.map(({name}) => Math.min(24, name.length)));
	return shown.map((chart, place): Line => {
		const name = segment(` ${chart.name.slice(0, nameWidth).padEnd(nameWidth)} `, 'muted');
		if (chart.reason !== undefined) {
			return fitLine([name, segment(chart.reason, 'faint')], width, glyphs.ellipsis);
		}

		const reading = readingAt(chart, at);
		const values = firstValues(chart);
		const current = reading?.figures[0];
		const main = segment(figureWords(current).padEnd(width < 100 ? 15 : 18), 'plain', {bold: true});
		const others = reading?.figures.slice(1).map(figure => figureWords(figure)).join('  ') ?? '';
		const range = rangeWords(values, current);
		const origin = at === undefined ? originWords(reading, now) : 'at the chosen time';
		const tail: Line = [segment(others === '' ? `  ${range}` : `  ${others}`, 'plain'), ...(width < 110 ? [] : [segment(`  ${others === '' ? '' : `${range}  `}${origin} `, 'faint')])];
		const tailWidth = Math.max(lineWidth(tail), width < 110 ? 26 : Math.min(64, Math.floor(width * 0.42)));
		const room = Math.max(8, width - lineWidth([name, main]) - tailWidth - 1);
		return fitLine([name, main, ...course(values, room, hueOf(place), glyphs, markOf(chart, at)), ...tail], width, glyphs.ellipsis);
	});
}

/** The reading at a time, or the last there is. */
export function readingAt({points, from, stepMs}: Chart, at: number | undefined): ChartReading | undefined {
	return at === undefined ? points.findLast(point => point !== undefined) : points[Math.max(0, Math.min(points.length - 1, Math.round((at - from) / stepMs)))];
}

/** The first figure of each point. */
export function firstValues({points}: Chart): ReadonlyArray<number | undefined> {
	return points.map(point => point?.figures[0]?.value);
}

/** `p50 0.09 ms`, `16.4k req/s`. */
export function figureWords(figure: ChartFigure | undefined): string {
	if (!figure) {
		return '–';
	}

	const value = shortNumber(figure.value);
	return figure.unit === '/s' ? `${value}/s` : `${figure.name === 'sum' ? '' : `${figure.name} `}${value}${figure.unit === '' ? '' : ` ${figure.unit}`}`;
}

/** The least and the greatest value. */
export function rangeWords(values: ReadonlyArray<number | undefined>, figure: ChartFigure | undefined): string {
	const known = values.filter(value => isFigure(value));
	const unit = figure?.unit === 'ms' ? ' ms' : '';
	return known.length === 0 ? '' : `min ${shortNumber(Math.min(...known))}${unit}  max ${shortNumber(Math.max(...known))}${unit}`;
}

function originWords(reading: ChartReading | undefined, now: number): string {
	if (!reading) {
		return '';
	}

	const age = (now - reading.lastAt) / 1000;
	const series = reading.series > 1 ? `, ${reading.series} series` : '';
	return `${reading.origin}${series}${age > 0 && age < 3600 ? `, ${age < 10 ? age.toFixed(1) : Math.round(age)} s ago` : ''}`;
}

/** Values squeezed into a number of cells, each the mean of what falls into it. */
export function squeezed(values: ReadonlyArray<number | undefined>, cells: number): ReadonlyArray<number | undefined> {
	if (values.length <= cells) {
		return values;
	}

	return Array.from({length: cells}, (_, cell) => {
		const part = values.slice(Math.floor(cell * values.length / cells), Math.max(Math.floor(cell * values.length / cells) + 1, Math.floor((cell + 1) * values.length / cells)))
			.filter(value => isFigure(value));
		return part.length === 0 ? undefined : part.reduce((sum, value) => sum + value, 0) / part.length;
	});
}

function markOf({points, from, stepMs}: Chart, at: number | undefined): number | undefined {
	return at === undefined ? undefined : Math.max(0, Math.min(points.length - 1, Math.round((at - from) / stepMs)));
}

function course(values: ReadonlyArray<number | undefined>, width: number, tone: ReturnType<typeof hueOf>, glyphs: Glyphs, mark: number | undefined): Line {
	const cells = squeezed(values, width);
	const bars = [...sparkline(cells, glyphs).padEnd(width)];
	if (mark === undefined) {
		return [segment(bars.join(''), tone)];
	}

	const place = Math.min(bars.length - 1, values.length <= width ? mark : Math.floor(mark * width / values.length));
	return [segment(bars.slice(0, place).join(''), tone), segment(bars[place] ?? ' ', tone, {found: true}), segment(bars.slice(place + 1).join(''), tone)];
}
