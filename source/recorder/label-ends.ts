import {type OrderedFigures} from './walk-rows.ts';
import {eachRowGroup, type RowSource} from './row-groups.ts';

/** How a label's rows end. */
export type LabelEnd = {
	/** Nanoseconds after the analysis' base. */
	lastStop: number;
	/** Requests that start at the label's last start. */
	startedAtLast: number;
	/** Requests whose answer had not come before the label's last start. */
	unansweredAtLast: number;
};

/** What was under way when the last row of each label started; by the labels' indices. */
export function labelEnds(source: RowSource, ordered: ReadonlyMap<number, OrderedFigures>): ReadonlyMap<number, LabelEnd> {
	const ends = new Map([...ordered.keys()].map((label): [number, LabelEnd] => [label, {lastStop: -Infinity, startedAtLast: 0, unansweredAtLast: 0}]));
	eachRowGroup(source, ({label, rows, starts, stops, counts}) => {
		const end = ends.get(label)!;
		const {lastStart} = ordered.get(label)!;
		let {lastStop, startedAtLast, unansweredAtLast} = end;
		for (let row = 0; row < rows; row++) {
			const stop = stops[row]!;
			lastStop = Math.max(stop, lastStop);
			startedAtLast += starts[row] === lastStart ? counts[row]! : 0;
			unansweredAtLast += stop >= lastStart ? counts[row]! : 0;
		}

		Object.assign(end, {lastStop, startedAtLast, unansweredAtLast} satisfies LabelEnd);
	});
	return ends;
}
