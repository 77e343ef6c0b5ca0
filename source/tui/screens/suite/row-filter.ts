/*
A filter of a table, in slices: a column of tens of thousands of cells takes a while to be read, and keys are to be answered
meanwhile.
*/
import {parseExpression} from '../../../core/expression.ts';
import {type Json} from '../../../core/json.ts';
import {fieldNames, type ResultSet} from '../../../results/result-set.ts';
import {inSlices} from './in-slices.ts';

type RowFilter = {
	readonly set: ResultSet;
	/** An expression over its fields. */
	readonly where: string;
	/** Called once, with the rows that fulfil it. */
	readonly onEnd: (rows: readonly number[]) => void;
	/**
	Ms, as of a clock that never goes back.

	@default performance.now
	*/
	readonly clock?: () => number;
};

type Column = {readonly cells: Array<Json | undefined>; readonly isRead: Uint8Array};

// What was read stays read: a person types an expression key by key, and changes it.
const columnsOf = new WeakMap<ResultSet, Map<string, Column>>();

/**
Looks for the rows of a table that fulfil an expression. The first slice is at once, so that a small table is filtered before
this returns; between slices the event loop has its turn.

@returns What ends it without an answer.
@throws BenchError `usage` naming the place in the expression.
*/
export function filterRows({set, where, onEnd, clock = () => performance.now()}: RowFilter): () => void {
	const {length} = set.rows;
	const predicate = where.trim() === '' ? () => true : parseExpression<number>(where, fieldNames(set), (row, name) => cellOf(set, name, row));
	const found: number[] = [];
	let row = 0;
	return inSlices(() => {
		if (row === length) {
			onEnd(found);
			return false;
		}

		if (predicate(row)) {
			found.push(row);
		}

		row++;
		return true;
	}, clock);
}

function cellOf(set: ResultSet, name: string, row: number): Json | undefined {
	const columns = columnsOf.get(set) ?? new Map<string, Column>();
	columnsOf.set(set, columns);
	const column = columns.get(name) ?? {cells: Array.from({length: set.rows.length}), isRead: new Uint8Array(set.rows.length)};
	columns.set(name, column);
	if (column.isRead[row] === 0) {
		column.cells[row] = set.value(name, row);
		column.isRead[row] = 1;
	}

	return column.cells[row];
}
