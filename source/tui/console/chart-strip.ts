import {type Glyphs} from '../glyphs.ts';
import {fitLine, hueOf, type Line, segment, type Tone} from '../text/line.ts';
import {isFigure, shortMs, shortNumber} from '../text/quantity.ts';
import {sparkline} from '../text/sparkline.ts';
import {textWidth} from '../text/width.ts';
import {type Chart} from './live-charts.ts';
import {type ChartFigure, type ChartReading} from './metric-spec.ts';

type StripView = {
	readonly charts: readonly Chart[];
	/** Undefined for a benchmark that is over: how old its samples are says nothing. */
	readonly now: number | undefined;
	/** The chosen time, where one is. */
	readonly at?: number;
	readonly width: number;
	readonly height: number;
};

// A course that is narrower than this says nothing; what stands behind it makes room.
const leastCourse = 12;

// What stands behind the course, from the widest to the narrowest: the first that leaves it room is shown.
type Tail = 'others' | 'range' | 'span' | 'origin' | 'basis' | 'source';
const tailChoices: ReadonlyArray<readonly Tail[]> = [
	['others', 'range', 'origin'], ['others', 'range', 'basis'], ['others', 'range', 'source'], ['others', 'span', 'source'], ['span', 'source'], ['others', 'span'], ['others'], [],
];
const changing: ReadonlySet<Tail> = new Set(['others', 'range', 'span']);
const tailTones = {others: 'plain', range: 'muted', span: 'muted', origin: 'faint', basis: 'faint', source: 'faint'} as const satisfies Record<Tail, Tone>;

/** A row for each figure: its name, where it stands, its course, its range, and where it comes from. */
export function chartStripLines({charts, now, at, width, height}: StripView, glyphs: Glyphs): readonly Line[] {
	const rows = charts.slice(0, height).map((chart, place) => {
		const reading = readingAt(chart, at);
		const values = firstValues(chart);
		return {
			chart, values, place,
			main: figureWords(reading?.figures[0]),
			others: reading?.figures.slice(1).map(figure => figureWords(figure)).join('  ') ?? '',
			range: rangeWords(values, reading?.figures[0]),
			span: spanWords(values, reading?.figures[0], glyphs),
			origin: at === undefined ? originWords(reading, now) : 'at the chosen time',
			basis: at === undefined ? reading?.origin ?? '' : 'at the chosen time',
			source: at === undefined ? reading?.source ?? '' : 'chosen time',
		};
	});
	const shown = rows.filter(({chart}) => chart.reason === undefined);
	const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(text => textWidth(text)));
	const nameWidth = Math.min(24, widest(rows.map(({chart}) => chart.name)));
	const mainWidth = widest(shown.map(({main}) => steady(main)));
	const widthOf = (tail: Tail) => widest(shown.map(row => changing.has(tail) ? steady(row[tail]) : row[tail]));
	const head = nameWidth + mainWidth + 5;
	const needed = (tails: readonly Tail[]) => tails.map(tail => widthOf(tail)).reduce((sum, one) => sum + (one > 0 ? one + 2 : 0), 0);
	const tails = tailChoices.find(choice => head + leastCourse + needed(choice) <= width - 1) ?? [];
	const courseWidth = Math.max(0, width - 1 - head - needed(tails));
	const columns = tails.map(tail => ({tail, wide: widthOf(tail)})).filter(({wide}) => wide > 0);
	return rows.map((row): Line => {
		const name: Line = [...fitLine([segment(` ${row.chart.name}`, 'muted')], nameWidth + 1, glyphs.ellipsis), segment('  ')];
		if (row.chart.reason !== undefined) {
			return fitLine([...name, segment(row.chart.reason, 'faint')], width, glyphs.ellipsis);
		}

		return fitLine(
			[
				...name,
				...fitLine([segment(row.main, 'plain', {bold: true})], mainWidth),
				segment('  '),
				...course(row.values, courseWidth, hueOf(row.place), glyphs, markOf(row.chart, at)),
				...columns.flatMap(({tail, wide}): Line => [segment('  '), ...fitLine([segment(row[tail], tailTones[tail])], wide)]),
			],
			width,
			glyphs.ellipsis,
		);
	});
}

// As wide as it is with numbers of most digits: columns stand still while figures change.
function steady(text: string): string {
	return text.replaceAll(/(?<![\w.])\d[\d.]*[GMk]?/g, number => number.padEnd('0.096'.length));
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

	if (figure.unit === 'ms') {
		return `${figure.name} ${shortMs(figure.value)}`;
	}

	const value = shortNumber(figure.value);
	return figure.unit === '/s' ? `${value}/s` : `${figure.name === 'sum' ? '' : `${figure.name} `}${value}${figure.unit === '' ? '' : ` ${figure.unit}`}`;
}

/** The least and the greatest value. */
function rangeWords(values: ReadonlyArray<number | undefined>, figure: ChartFigure | undefined): string {
	const known = values.filter(value => isFigure(value));
	const print = figure?.unit === 'ms' ? shortMs : shortNumber;
	return known.length === 0 ? '' : `min ${print(Math.min(...known))}  max ${print(Math.max(...known))}`;
}

/** Both in fewer cells: `7191–39.4k`, `0.05–0.12 ms`. */
function spanWords(values: ReadonlyArray<number | undefined>, figure: ChartFigure | undefined, glyphs: Glyphs): string {
	const known = values.filter(value => isFigure(value));
	if (known.length === 0) {
		return '';
	}

	const [least, greatest] = [Math.min(...known), Math.max(...known)].map(value => (figure?.unit === 'ms' ? shortMs(value) : shortNumber(value)));
	const unit = / \S+$/.exec(greatest!)?.[0] ?? '';
	return `${unit !== '' && least!.endsWith(unit) ? least!.slice(0, -unit.length) : least!}${glyphs.unicode ? '–' : ' to '}${greatest!}`;
}

function originWords(reading: ChartReading | undefined, now: number | undefined): string {
	if (!reading) {
		return '';
	}

	const age = now === undefined ? Infinity : Math.max(0, (now - reading.lastAt) / 1000);
	const series = reading.series > 1 ? `, ${reading.series} series` : '';
	// Always there while the benchmark runs: an age that came and went would move the columns beside it.
	return `${reading.origin}${series}${age < 3600 ? `, ${age < 10 ? age.toFixed(1) : Math.round(age)} s ago` : ''}`;
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
