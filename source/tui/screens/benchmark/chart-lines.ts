import {type ViewedPhase} from '../../../results/benchmark-view.ts';
import {type OverTime, type TimeSeries} from '../../../results/over-time.ts';
import {type Glyphs} from '../../glyphs.ts';
import {captioned, hueOf, type Line, lineOf, segment} from '../../text/line.ts';
import {isFigure, shortNumber} from '../../text/quantity.ts';
import {chartLines, type ChartSeries, phaseStrip, type TimeRange, valueAt} from '../../text/time-chart.ts';

type ChartsLook = {
	readonly glyphs: Glyphs;
	readonly width: number;
	/** Rows of each picture. */
	readonly height: number;
	readonly range: TimeRange;
	readonly phases: readonly ViewedPhase[];
	/** When JVMs stood still, epoch ms. */
	readonly pauses?: readonly number[];
	readonly cursor?: number;
};

/** Throughput above latency above the phases, one cursor through all. */
export function chartsLines(charts: OverTime | undefined, note: string, {phases, pauses = [], ...look}: ChartsLook): readonly Line[] {
	const strip = phaseStrip(phases, {...look, pauses});
	const marks = pauses.length === 0 ? '' : `, ${look.glyphs.pause} JVM pauses`;
	return charts
		? [...figure('throughput', '/s', charts.throughput, charts.origin + marks, look), ...figure('latency', ' ms', charts.latency, note, look), strip]
		: [lineOf(` ${note}`, 'muted'), strip];
}

/** Rows that `chartsLines` takes with pictures of a height. */
export function chartsRows(height: number): number {
	return (2 * (height + 1)) + 1;
}

function figure(name: string, unit: string, series: readonly TimeSeries[], note: string, look: Omit<ChartsLook, 'phases' | 'pauses'>): readonly Line[] {
	if (series.length === 0) {
		return [lineOf(` ${name}: none was recorded`, 'muted'), ...Array.from({length: look.height}, (): Line => [])];
	}

	const toned = series.map((one, place): ChartSeries => ({...one, tone: hueOf(place)}));
	const legend = toned.flatMap((one): Line => [segment(`  ${look.glyphs.live} ${shortName(one.name, name)}`, one.tone), segment(figureOf(one, unit, look))]);
	const what = look.cursor === undefined ? (unit === '/s' ? ' mean' : '') : ' here';
	return [
		captioned([segment(` ${name}`, 'plain', {bold: true}), segment(what, 'faint'), ...legend], [segment(`${note} `, 'faint')], look.width, look.glyphs.ellipsis),
		...chartLines(toned, look),
	];
}

// The caption has said the name of the figure.
function shortName(name: string, caption: string): string {
	return name === caption ? '' : `${name.startsWith(`${caption} `) ? name.slice(caption.length + 1) : name} `;
}

// The value at the cursor. Without one the mean of rates or, for percentiles have no mean, the least and the greatest of a latency.
function figureOf(series: ChartSeries, unit: string, {cursor, glyphs}: Pick<ChartsLook, 'cursor' | 'glyphs'>): string {
	if (cursor !== undefined) {
		const value = valueAt(series, cursor);
		return isFigure(value) ? `${shortNumber(value)}${unit}` : '-';
	}

	const known = series.values.filter(value => isFigure(value));
	if (known.length === 0) {
		return '-';
	}

	if (unit === '/s') {
		return `${shortNumber(known.reduce((sum, each) => sum + each, 0) / known.length)}${unit}`;
	}

	const [least, greatest] = [Math.min(...known), Math.max(...known)].map(value => shortNumber(value));
	return least === greatest ? `${least}${unit}` : `${least}${glyphs.unicode ? '–' : '-'}${greatest}${unit}`;
}
