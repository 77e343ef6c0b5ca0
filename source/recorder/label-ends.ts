import {eachTimedRowGroup, type RowSource} from './row-groups.ts';

/** How a label's rows end. */
export type LabelEnd = {
	/** Nanoseconds after the analysis' base. */
	readonly lastStop: number;
	/** Requests that start at the label's last start. */
	readonly startedAtLast: number;
	/** Requests whose answer had not come before the label's last start. */
	readonly unansweredAtLast: number;
};

/** What was under way when the last row of each label started; by the labels' indices. */
export function labelEnds(source: RowSource, lastStarts: ReadonlyMap<number, number>): ReadonlyMap<number, LabelEnd> {
	const earliest = Math.min(...lastStarts.values());
	// Rows of earlier blocks were answered before any label's last start. Only a clock that was set back hides the last stop in them.
	const late = endsOf({...source, blocks: source.blocks.filter(block => block.lastStop + block.shift >= earliest)}, lastStarts);
	return [...lastStarts].every(([label, lastStart]) => late.get(label)!.lastStop >= lastStart) ? late : endsOf(source, lastStarts);
}

function endsOf(source: RowSource, lastStarts: ReadonlyMap<number, number>): ReadonlyMap<number, LabelEnd> {
	const ends = new Map([...lastStarts.keys()].map((label): [number, LabelEnd] => [label, {lastStop: -Infinity, startedAtLast: 0, unansweredAtLast: 0}]));
	eachTimedRowGroup(source, ({label, rows, starts, stops, counts}) => {
		const lastStart = lastStarts.get(label)!;
		let {lastStop, startedAtLast, unansweredAtLast} = ends.get(label)!;
		for (let row = 0; row < rows; row++) {
			const stop = stops[row]!;
			lastStop = Math.max(stop, lastStop);
			startedAtLast += starts[row] === lastStart ? counts[row]! : 0;
			unansweredAtLast += stop >= lastStart ? counts[row]! : 0;
		}

		ends.set(label, {lastStop, startedAtLast, unansweredAtLast});
	});
	return ends;
}
