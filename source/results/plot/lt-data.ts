/*
Latency against throughput: a line per group, a point per number of clients, the mean of what ran with as many. Against an
input, a point per value of that input.
*/
import {meanOf, sampleDeviation} from '../../core/sample.ts';
import {differingInputs, keyOf} from '../columns.ts';
import {numbersOf, type ResultSet} from '../result-set.ts';
import {compareValues} from '../value-order.ts';
import {axisField, axisTitle, defaultAxes} from './axis.ts';
import {groupRows, type PlotGroup, type PlotOptions} from './groups.ts';
import {hiddenInputs, type LineNote, loadField, missingNote, mixedNote, noteTexts} from './hidden-inputs.ts';
import {kneeOf} from './knee.ts';
import {type PlotData, type PlotPoint, type PlotSeries} from './plot-data.ts';

/**
The curves of some runs.

@throws BenchError `usage` where a run has no such fields.
*/
export function ltData(sets: readonly ResultSet[], options: PlotOptions): PlotData {
	const {x = defaultAxes.x, y = defaultAxes.y, logX, logY} = options;
	const notes: LineNote[] = [];
	const mixed = new Set<string>();
	const groups = groupRows(sets, options);
	const series = groups.map((group): PlotSeries => {
		const [xField, yField] = [axisField(group.set, x), axisField(group.set, y)];
		const [xs, ys] = [numbersOf(group.set, xField), numbersOf(group.set, yField)];
		const load = loadField(group);
		// What is swept along x is never averaged away.
		const swept = [...group.set.inputs, ...group.set.derived].includes(xField) ? xField : load;
		const bySwept = new Map<string, number[]>();
		let missing = 0;
		for (const row of group.rows) {
			if (!Number.isFinite(xs[row]) || !Number.isFinite(ys[row])) {
				missing++;
			} else {
				const key = swept === undefined ? pointKey(group, row) : keyOf(group.set.values(swept)[row]);
				bySwept.set(key, [...bySwept.get(key) ?? [], row]);
			}
		}

		if (missing > 0) {
			notes.push(missingNote(group.name, missing));
		}

		// A curve goes from little load to much; where the load is not known, from little throughput to much.
		const steps = swept === undefined ? undefined : group.set.values(swept);
		const averaged = [...bySwept.values()].toSorted(([one], [other]) => compareValues(steps?.[one!], steps?.[other!]));
		const hidden = swept === undefined ? [] : hiddenInputs(group, swept, averaged, options.groupBy);
		if (hidden.length > 0) {
			for (const name of hidden) {
				mixed.add(name);
			}

			notes.push(mixedNote(group.name, swept!, hidden, {groupBy: options.groupBy, mark: 'line'}));
		}

		const means = averaged.map((rows): PlotPoint => {
			const [px, py] = [rows.map(row => xs[row]!), rows.map(row => ys[row]!)];
			const deviation = sampleDeviation(py);
			const clients = swept === load ? steps?.[rows[0]!] : undefined;
			return {
				x: meanOf(px),
				y: meanOf(py),
				low: Number.isNaN(deviation) ? undefined : meanOf(py) - deviation,
				high: Number.isNaN(deviation) ? undefined : meanOf(py) + deviation,
				count: rows.length,
				clients: typeof clients === 'number' ? clients : undefined,
				xDeviation: rows.length > 1 ? sampleDeviation(px) : undefined,
			};
		});
		const points = steps ? means : means.toSorted((one, other) => Number(one.x) - Number(other.x));
		return {name: group.name, ...(group.shade && {shade: group.shade.value}), points, knee: swept === xField ? undefined : kneeOf(points.map(point => ({x: Number(point.x), y: point.y})))};
	}).filter(({points}) => points.length > 0);
	const title = groups.every(({shade}) => shade) ? groups[0]?.shade?.title : undefined;
	return {
		kind: 'lt',
		x: {field: x, title: axisTitle(x), isLog: logX},
		y: {field: y, title: axisTitle(y), isLog: logY},
		series,
		notes: noteTexts(notes),
		...(mixed.size > 0 && {mixed: [...mixed]}),
		...(title !== undefined && {shadeTitle: title}),
	};
}

// Without a number of clients, repetitions of equal inputs are a point.
function pointKey({set, rows}: PlotGroup, row: number): string {
	return differingInputs(set, rows).map(name => keyOf(set.values(name)[row])).join('\n');
}
