import {BenchError} from '../../core/errors.ts';
import {type ResultSet} from '../result-set.ts';
import {barData} from './bar-data.ts';
import {cdfData, timeData} from './curve-data.ts';
import {type PlotOptions} from './groups.ts';
import {ltData} from './lt-data.ts';
import {type PlotData, type PlotKind, type PlotPoint, type PlotSeries, shadeOf} from './plot-data.ts';

const mostTold = 26;

/** The axes that are what the kind of a plot says. */
export const fixedAxes: Readonly<Record<'x' | 'y', readonly PlotKind[]>> = {x: ['time', 'cdf'], y: ['cdf']};

/**
The data of a plot.

@throws BenchError `usage` on a field or an expression that is none, and where nothing is left to draw.
*/
export async function readPlot(kind: PlotKind, sets: readonly ResultSet[], options: PlotOptions): Promise<PlotData> {
	for (const axis of ['x', 'y'] as const) {
		if (options[axis] !== undefined && fixedAxes[axis].includes(kind)) {
			throw new BenchError('usage', `A plot of the kind ${kind} has its own ${axis}; --${axis} is for ${axis === 'x' ? 'lt and bar' : 'lt, bar and time'}.`);
		}
	}

	const data = aboveZero(await dataOf(kind, sets, options));
	if (data.series.length === 0) {
		const labels = sets.map(({label}) => label).join(', ');
		const condition = options.where.length === 0 ? '' : ` and fits ${options.where.join(' and ')}`;
		throw new BenchError('usage', `There is nothing to draw: no finished benchmark of ${labels} has ${data.x.field} and ${data.y.field}${condition}.`);
	}

	const count = data.series.length;
	const shade = shadeOf(data);
	const remedy = shade === undefined ? 'choose some with --where' : `a figure in a file (-o) colours them by ${shade}; or choose some with --where`;
	return count > mostTold ? {...data, notes: [...data.notes, `${count} lines are more than can be told apart; ${remedy}`]} : data;
}

/** A logarithmic axis has no place for what is not above zero: it is left out, and told. */
function aboveZero(data: PlotData): PlotData {
	const flags = (['x', 'y'] as const).filter(axis => data[axis].isLog);
	const hasPlace = (point: PlotPoint) => flags.every(axis => Number(point[axis]) > 0);
	const left = data.series.map(line => ({...line, left: line.points.filter(point => !hasPlace(point)).length})).filter(line => line.left > 0);
	if (left.length === 0) {
		return data;
	}

	const series = data.series.map((line): PlotSeries => {
		const points = line.points.filter(point => hasPlace(point));
		const knee = line.knee === undefined ? -1 : points.indexOf(line.points[line.knee]!);
		return {...line, points, knee: knee === -1 ? undefined : knee};
	}).filter(({points}) => points.length > 0);
	const axes = flags.join(' and ');
	if (series.length === 0) {
		throw new BenchError('usage', `There is nothing to draw: nothing is above zero, which a log axis (${axes}) needs; leave out ${flags.map(axis => `--log-${axis}`).join(' and ')}.`);
	}

	const mark = data.kind === 'bar' ? 'bar' : 'point';
	const notes = left.map(({name, left: count}) =>
		`${name}: ${count === 1 ? `1 ${mark} is` : `${count} ${mark}s are`} not above zero and ${count === 1 ? 'has' : 'have'} no place on a logarithmic axis (${axes})`);
	return {...data, series, notes: [...data.notes, ...notes]};
}

async function dataOf(kind: PlotKind, sets: readonly ResultSet[], options: PlotOptions): Promise<PlotData> {
	switch (kind) {
		case 'lt': {
			return ltData(sets, options);
		}

		case 'bar': {
			return barData(sets, options);
		}

		case 'time': {
			return timeData(sets, options);
		}

		case 'cdf': {
			return cdfData(sets, options);
		}
	}
}
