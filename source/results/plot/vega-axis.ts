import {type TextWidth} from './figure-font.ts';
import {type PlotAxis, type PlotData} from './plot-data.ts';
import {fontSize} from './vega-style.ts';

// Thousands as `150k` where the axis goes to tens of them; small numbers as they are.
const labelOf = (high: number, small: string) => high >= 10_000 ? `datum.value >= 1000 ? format(datum.value, "~s") : ${small}` : small;
// How far a log axis goes beyond its data.
const margin = 1.3;

/** The ticks of an axis over some values: of a logarithmic one its powers of ten, with 2 and 5 between them where those are few. */
export function axisOf({isLog}: PlotAxis, values: ReadonlyArray<number | string>) {
	const [low, high] = logDomain(values);
	if (!isLog || !(low < high)) {
		return {tickCount: 5, labelExpr: labelOf(high / margin, 'datum.label')};
	}

	const powers = Array.from({length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1}, (_, step) => Math.floor(Math.log10(low)) + step);
	const ticks = (digits: readonly number[]) => powers.flatMap(power => digits.map(digit => Number(`${digit}e${power}`))).filter(tick => tick >= low && tick <= high);
	const finest = ticks([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	const chosen = [ticks([1]), ticks([1, 2, 5])].find(some => some.length > 2) ?? finest;
	return {...(chosen.length > 1 ? {values: chosen} : {tickCount: 5}), labelExpr: labelOf(high, 'format(datum.value, "~r")')};
}

/** A curve reads from zero; a logarithmic scale has none, and neither has what is not positive a place on it. */
export function scaleOf({isLog}: PlotAxis, {kind}: PlotData, values: ReadonlyArray<number | string>) {
	const domain = logDomain(values);
	// Of a single second there is nothing but its start.
	const isOnlyZero = values.every(value => value === 0);
	return isLog
		? {type: 'log' as const, nice: false, ...(domain[0] < domain[1] && {domain})}
		: {zero: kind !== 'cdf', nice: true, ...(isOnlyZero && {domain: [0, 1]})};
}

/** No spread goes below what an axis shows: where the figures are not negative, below zero. */
export function floorOf({isLog}: PlotAxis, values: ReadonlyArray<number | string>): number {
	return isLog ? logDomain(values)[0] : (values.every(value => Number(value) >= 0) ? 0 : -Infinity);
}

function logDomain(values: ReadonlyArray<number | string>): [low: number, high: number] {
	const positive = values.filter(value => typeof value === 'number' && value > 0).map(Number);
	const low = positive.reduce((least, value) => Math.min(least, value), Infinity);
	const high = positive.reduce((most, value) => Math.max(most, value), -Infinity);
	return [low / margin, high * margin];
}

// Points: what axis and title of y take beside the plot, and the most that a slanted name takes.
const besides = 48;
const longest = 90;

/** The names below bars: side by side where they fit; numbers with some left out, texts slanted. */
export function categoryLabels(categories: readonly string[], width: number, textWidth: TextWidth) {
	const widest = Math.min(longest, Math.max(0, ...categories.map(category => textWidth(category, fontSize))));
	const step = (width - besides) / Math.max(1, categories.length);
	const isWide = widest + 2 > step;
	const isSlanted = isWide && categories.some(category => category.trim() === '' || Number.isNaN(Number(category)));
	const slant = {labelOverlap: step > fontSize + 1 ? false : 'greedy' as const, labelAngle: -40, labelAlign: 'right' as const, labelBaseline: 'top' as const, labelLimit: longest};
	return {axis: {labelOverlap: 'greedy' as const, labelAngle: 0, ...(isSlanted && slant)}, height: isSlanted ? Math.round(widest * 0.65) : 0};
}

/** A title that is longer than its axis, before its unit. */
export function inTwoLines(title: string): string[] {
	const at = title.lastIndexOf(' (');
	return at === -1 ? [title] : [title.slice(0, at), title.slice(at + 1)];
}
