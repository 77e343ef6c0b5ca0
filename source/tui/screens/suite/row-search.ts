/*
A search in a table, in slices: two million cells take a while, and keys are to be answered meanwhile.
*/
import {type Query} from '../../../logs/query.ts';
import {cellText} from '../../../results/cell-text.ts';
import {inSlices} from './in-slices.ts';
import {type ShownRow} from './suite-state.ts';

type RowSearch = {
	readonly rows: readonly ShownRow[];
	readonly query: Query;
	/** The row that is looked at first; beyond an end it goes on at the other. */
	readonly from: number;
	readonly step: 1 | -1;
	/** Called once, with the index of the first row that matches, or undefined where none does. */
	readonly onEnd: (found: number | undefined) => void;
	/**
	Ms, as of a clock that never goes back.

	@default performance.now
	*/
	readonly clock?: () => number;
};

/**
Looks for a row. The first slice is at once, so that a small table is searched before this returns; between slices the event
loop has its turn.

@returns What ends the search without an answer.
*/
export function searchRows({rows, query, from, step, onEnd, clock = () => performance.now()}: RowSearch): () => void {
	const {length} = rows;
	let tried = 0;
	return inSlices(() => {
		const index = (((from + (tried * step)) % length) + length) % length;
		if (tried === length || matches(rows[index]!, query)) {
			onEnd(tried === length ? undefined : index);
			return false;
		}

		tried++;
		return true;
	}, clock);
}

function matches({row: {id, cells}}: ShownRow, query: Query): boolean {
	return query.test(id) || cells.some(cell => query.test(cellText(cell)));
}
