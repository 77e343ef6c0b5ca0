/*
Conditions over the rows of several runs: an expression holds for all of them, `coupled: num_clients <= 500` for the run of
that label, or of a word that begins so, alone.
*/
import {type ResultSet} from './result-set.ts';
import {selectedRows} from './table-view.ts';

/**
The rows of one of some sets that fit all conditions.

@throws BenchError `usage` on a field or an expression that is none.
*/
export function fittingRows(set: ResultSet, conditions: readonly string[], sets: readonly ResultSet[]): readonly number[] {
	const fitting = conditions.map(text => new Set(selectedRows(set, conditionFor(set, text, sets))));
	return [...set.rows.keys()].filter(row => fitting.every(fits => fits.has(row)));
}

/**
A set of the rows that fit alone.

@throws BenchError `usage` on a field or an expression that is none.
*/
export function narrowed(set: ResultSet, conditions: readonly string[], sets: readonly ResultSet[]): ResultSet {
	const rows = fittingRows(set, conditions, sets);
	return rows.length === set.rows.length
		? set
		: {...set, rows: rows.map(row => set.rows[row]!), values: name => rows.map(row => set.values(name)[row]), value: (name, row) => set.value(name, rows[row]!)};
}

/** Whether a person means a run of this label: by the label, or by the beginning of its word. */
export function isCalled(label: string, name: string): boolean {
	return label === name || (/^[A-Z]{10}$/.test(label) && name !== '' && label.startsWith(name.toUpperCase()));
}

function conditionFor(set: ResultSet, text: string, sets: readonly ResultSet[]): string | undefined {
	const [name = ''] = text.split(':', 1);
	if (name === text || sets.every(({label}) => !isCalled(label, name))) {
		return text;
	}

	return isCalled(set.label, name) ? text.slice(name.length + 1) : undefined;
}
