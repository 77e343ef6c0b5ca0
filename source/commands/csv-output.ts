import {type Json} from '../core/json.ts';
import {csvRow} from '../directory/csv-text.ts';
import {printable} from './printable.ts';

/** CSV for stdout: a heading, then rows. What is missing is an empty cell; control characters do not reach the terminal. */
export function csvOutput(columns: readonly string[], rows: ReadonlyArray<ReadonlyArray<Json | undefined>>): string {
	return [columns, ...rows].map(row => csvRow(row.map(value => printable(cellOf(value))))).join('');
}

function cellOf(value: Json | undefined): string {
	if (value === undefined || value === null) {
		return '';
	}

	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
