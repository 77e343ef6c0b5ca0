import {meanOf, sampleDeviation} from '../../core/sample.ts';
import {differingInputs, keyOf} from '../columns.ts';
import {numbersOf, type ResultSet} from '../result-set.ts';
import {axisField, axisTitle} from './axis.ts';
import {groupRows, type PlotOptions} from './groups.ts';
import {type PlotData, type PlotPoint, type PlotSeries} from './plot-data.ts';

const defaultY = 'start_throughput_1s.p90';

/**
Bars of a figure: x is an input (by default the first that differs), a bar the mean of what ran with its value.

@throws BenchError `usage` where a run has no such fields.
*/
export function barData(sets: readonly ResultSet[], options: PlotOptions): PlotData {
	const y = options.y ?? defaultY;
	const [first] = sets.flatMap(set => differingInputs(set));
	const x = options.x ?? first;
	const series = groupRows(sets, options).map((group): PlotSeries => {
		const values = numbersOf(group.set, axisField(group.set, y));
		const categories = x === undefined ? group.rows.map(() => group.set.label) : group.rows.map(row => keyOf(group.set.values(axisField(group.set, x))[row]));
		const byCategory = new Map<string, number[]>();
		for (const [place, row] of group.rows.entries()) {
			if (!Number.isNaN(values[row])) {
				byCategory.set(categories[place]!, [...byCategory.get(categories[place]!) ?? [], values[row]!]);
			}
		}

		return {name: group.name, knee: undefined, points: [...byCategory].map(([category, sample]): PlotPoint => {
			const deviation = sampleDeviation(sample);
			const isOne = Number.isNaN(deviation);
			return {
				x: category,
				y: meanOf(sample),
				low: isOne ? undefined : meanOf(sample) - deviation,
				high: isOne ? undefined : meanOf(sample) + deviation,
				count: sample.length,
				clients: undefined,
				xDeviation: undefined,
			};
		})};
	}).filter(({points}) => points.length > 0);
	return {kind: 'bar', x: {field: x ?? 'run', title: x ?? 'run', isLog: false}, y: {field: y, title: axisTitle(y), isLog: options.logY}, series, notes: []};
}
