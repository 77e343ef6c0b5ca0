import {type PlotAxis, type PlotData} from './plot-data.ts';

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
	const [whole, finer] = [ticks([1]), ticks([1, 2, 5])];
	return {values: whole.length > 2 ? whole : finer, labelExpr: labelOf(high, 'format(datum.value, "~r")')};
}

/** A curve reads from zero; a logarithmic scale has none, and neither has what is not positive a place on it. */
export function scaleOf({isLog}: PlotAxis, {kind}: PlotData, values: ReadonlyArray<number | string>) {
	const domain = logDomain(values);
	return isLog ? {type: 'log' as const, nice: false, ...(domain[0] < domain[1] && {domain})} : {zero: kind !== 'cdf', nice: true};
}

function logDomain(values: ReadonlyArray<number | string>): [low: number, high: number] {
	const positive = values.filter(value => typeof value === 'number' && value > 0).map(Number);
	const low = positive.reduce((least, value) => Math.min(least, value), Infinity);
	const high = positive.reduce((most, value) => Math.max(most, value), -Infinity);
	return [low / margin, high * margin];
}
