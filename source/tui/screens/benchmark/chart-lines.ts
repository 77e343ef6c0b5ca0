import {type ViewedPhase} from '../../../results/benchmark-view.ts';
import {type OverTime, type TimeSeries} from '../../../results/over-time.ts';
import {type Glyphs} from '../../glyphs.ts';
import {hueOf, type Line, lineOf, segment, spread} from '../../text/line.ts';
import {shortNumber} from '../../text/quantity.ts';
import {chartLines, type ChartSeries, phaseStrip, type TimeRange, valueAt} from '../../text/time-chart.ts';

export type ChartsLook = {
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
	const legend = toned.flatMap((one): Line => {
		const value = look.cursor === undefined ? undefined : valueAt(one, look.cursor);
		const known = one.values.filter(each => Number.isFinite(each));
		const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
		const shown = value ?? mean;
		return [
			segment(`  ${look.glyphs.live} ${one.name} `, one.tone),
			segment(Number.isFinite(shown) ? `${shortNumber(shown)}${unit}` : '-'),
			segment(value === undefined ? ' mean' : ' here', 'faint'),
		];
	});
	return [spread([segment(` ${name}`, 'plain', {bold: true}), ...legend], [segment(`${note} `, 'faint')], look.width), ...chartLines(toned, look)];
}
