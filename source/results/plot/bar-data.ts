import {meanOf, sampleDeviation} from '../../core/sample.ts';
import {differingInputs, keyOf} from '../columns.ts';
import {numbersOf, type ResultSet} from '../result-set.ts';
import {orderedCategories} from '../value-order.ts';
import {axisField, axisTitle, defaultAxes} from './axis.ts';
import {groupRows, type PlotGroup, type PlotOptions} from './groups.ts';
import {clientFields, hiddenInputs, type LineNote, missingNote, mixedNote, noteTexts} from './hidden-inputs.ts';
import {type PlotData, type PlotPoint, type PlotSeries} from './plot-data.ts';

/**
Bars of a figure: x is an input (by default the first that differs within a group), a bar the mean of what ran with its value.

@throws BenchError `usage` where a run has no such fields.
*/
export function barData(sets: readonly ResultSet[], options: PlotOptions): PlotData {
	const y = options.y ?? defaultAxes.x;
	const chosen = groupRows(sets, options);
	const x = options.x ?? firstThatDiffers(chosen);
	const notes: LineNote[] = [];
	const mixed = new Set<string>();
	const groups = chosen.map(group => {
		const column = x === undefined ? undefined : group.set.values(axisField(group.set, x));
		const figures = numbersOf(group.set, axisField(group.set, y));
		const rows = group.rows.filter(row => Number.isFinite(figures[row]));
		if (rows.length < group.rows.length) {
			notes.push(missingNote(group.name, group.rows.length - rows.length));
		}

		const hidden = x === undefined || !column ? [] : hiddenInputs(group, axisField(group.set, x), [...Map.groupBy(rows, row => keyOf(column[row])).values()], options.groupBy);
		if (hidden.length > 0) {
			for (const name of hidden) {
				mixed.add(name);
			}

			notes.push(mixedNote(group.name, x!, hidden, {groupBy: options.groupBy, mark: 'bar'}));
		}

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
	return {
		kind: 'bar',
		x: {field: x ?? 'run', title: x ?? 'run', isLog: false, categories},
		y: {field: y, title: axisTitle(y), isLog: options.logY},
		series,
		notes: [...noteTexts(notes), ...(options.logX ? ['bars stand side by side, so x cannot be logarithmic'] : [])],
		...(mixed.size > 0 && {mixed: [...mixed]}),
	};
}

// That warm-up clients come first among the inputs of a sweep over clients is not what it is about.
function firstThatDiffers(groups: readonly PlotGroup[]): string | undefined {
	const [first] = groups.flatMap(({set, rows}) => differingInputs(set, rows));
	const isOfClients = first !== undefined && clientFields.has(first) && groups.every(({set}) => set.derived.includes('num_clients'));
	return isOfClients ? 'num_clients' : first;
}
