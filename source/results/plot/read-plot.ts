import {BenchError} from '../../core/errors.ts';
import {type ResultSet} from '../result-set.ts';
import {barData} from './bar-data.ts';
import {cdfData, timeData} from './curve-data.ts';
import {type PlotOptions} from './groups.ts';
import {ltData} from './lt-data.ts';
import {type PlotData, type PlotKind} from './plot-data.ts';

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

	const data = await dataOf(kind, sets, options);
	if (data.series.length === 0) {
		const labels = sets.map(({label}) => label).join(', ');
		const condition = options.where.length === 0 ? '' : ` and fits ${options.where.join(' and ')}`;
		throw new BenchError('usage', `There is nothing to draw: no finished benchmark of ${labels} has ${data.x.field} and ${data.y.field}${condition}.`);
	}

	return data;
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
