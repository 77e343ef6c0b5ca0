import {meanOf, sampleDeviation} from '../../core/sample.ts';
import {differingInputs, keyOf} from '../columns.ts';
import {numbersOf, type ResultSet} from '../result-set.ts';
import {orderedCategories} from '../value-order.ts';
import {axisField, axisTitle, defaultAxes} from './axis.ts';
import {groupRows, type PlotOptions} from './groups.ts';
import {type PlotData, type PlotPoint, type PlotSeries} from './plot-data.ts';

/**
Bars of a figure: x is an input (by default the first that differs), a bar the mean of what ran with its value.

@throws BenchError `usage` where a run has no such fields.
*/
export function barData(sets: readonly ResultSet[], options: PlotOptions): PlotData {
	const y = options.y ?? defaultAxes.x;
	const [first] = sets.flatMap(set => differingInputs(set));
	const x = options.x ?? first;
	const groups = groupRows(sets, options).map(group => {
		const column = x === undefined ? undefined : group.set.values(axisField(group.set, x));
		const figures = numbersOf(group.set, axisField(group.set, y));
		const rows = group.rows.filter(row => !Number.isNaN(figures[row]));
		return {name: group.name, bars: rows.map(row => ({category: column ? column[row] : group.set.label, figure: figures[row]!}))};
	});
	const categories = orderedCategories(groups.flatMap(({bars}) => bars.map(({category}) => category)));
	const series = groups.map(({name, bars}): PlotSeries => {
		const byCategory = Map.groupBy(bars, ({category}) => keyOf(category));
		return {name, knee: undefined, points: categories.filter(category => byCategory.has(category)).map((category): PlotPoint => {
			const sample = byCategory.get(category)!.map(({figure}) => figure);
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
	return {kind: 'bar', x: {field: x ?? 'run', title: x ?? 'run', isLog: false, categories}, y: {field: y, title: axisTitle(y), isLog: options.logY}, series, notes: []};
}
