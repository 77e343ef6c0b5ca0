/*
A table of results as a person looks at it: columns chosen, rows filtered and sorted, repetitions of equal inputs folded
into their mean and standard deviation.
*/
import {parseDuration} from '../core/duration.ts';
import {parseExpression} from '../core/expression.ts';
import {type Json} from '../core/json.ts';
import {meanOf, sampleDeviation} from '../core/sample.ts';
import {chosenColumns, differingInputs, keyOf} from './columns.ts';
import {findField} from './field-name.ts';
import {fieldNames, isFigure, numbersOf, type ResultRow, type ResultSet} from './result-set.ts';

export type TableOptions = {
	/** As `chosenColumns` takes them. */
	readonly columns?: readonly string[];
	/** An expression over any field, `num_clients > 10 && workload.name == "StringWorkload"`. */
	readonly where?: string;
	/** A field, with `-` in front for descending; rows of equal values keep their order. */
	readonly sort?: readonly string[];
	/** Whether repetitions of equal inputs are one row. */
	readonly fold?: boolean;
};

/** A number over `count` repetitions is their mean, with the sample standard deviation; NaN of one. */
export type ViewCell = {readonly value: Json | undefined; readonly deviation?: number; readonly count?: number; readonly isInput?: boolean};

export type ViewRow = {
	/** The rows of the set that it stands for, more than one where repetitions are folded. */
	readonly members: readonly number[];
	/** `001`, or `001, 004` for repetitions. */
	readonly id: string;
	/** Of its members: `failed` where one of them is. */
	readonly status: ResultRow['status'];
	/** As many as columns. */
	readonly cells: readonly ViewCell[];
};

export type ViewColumn = {readonly name: string; readonly kind: 'input' | 'output'; readonly isNumeric: boolean};
export type TableView = {readonly columns: readonly ViewColumn[]; readonly rows: readonly ViewRow[]; readonly isFolded: boolean};

/**
The view of a set of results.

@throws BenchError `usage` on a field or an expression that is none.
*/
export function tableView(set: ResultSet, {columns: choice, where, sort = [], fold = false}: TableOptions = {}): TableView {
	const rows = selectedRows(set, where);
	const names = chosenColumns(set, choice, rows);
	const groups = fold ? repetitions(set, rows) : rows.map(row => [row]);
	const outputs = new Set(set.outputs);
	const cellsOf = new Map(names.map(name => [name, cellReader(set, name, outputs.has(name))]));
	return {
		columns: names.map(name => ({name, kind: outputs.has(name) ? 'output' as const : 'input' as const, isNumeric: rows.some(row => typeof set.values(name)[row] === 'number')})),
		rows: sorted(set, groups, sort).map(members => ({
			members,
			id: members.map(row => set.rows[row]!.id).join(', '),
			status: worst(members.map(row => set.rows[row]!.status)),
			cells: names.map(name => cellsOf.get(name)!(members)),
		})),
		isFolded: groups.some(members => members.length > 1),
	};
}

/**
The rows that fulfil an expression; all without one.

@throws BenchError `usage` naming the place in the expression.
*/
export function selectedRows(set: ResultSet, where?: string): readonly number[] {
	const all = [...set.rows.keys()];
	if (where === undefined || where.trim() === '') {
		return all;
	}

	const predicate = parseExpression<number>(where, fieldNames(set), (row, name) => set.values(name)[row]);
	return all.filter(row => predicate(row));
}

/** Rows of equal inputs together, in the order of their first. */
export function repetitions(set: ResultSet, rows: readonly number[]): ReadonlyArray<readonly number[]> {
	const inputs = differingInputs(set, rows).map(name => set.values(name));
	const groups = new Map<string, number[]>();
	for (const row of rows) {
		const key = inputs.map(values => keyOf(values[row])).join('\n');
		const group = groups.get(key);
		if (group) {
			group.push(row);
		} else {
			groups.set(key, [row]);
		}
	}

	return [...groups.values()];
}

function cellReader(set: ResultSet, name: string, isOutput: boolean): (members: readonly number[]) => ViewCell {
	const values = set.values(name);
	if (!isOutput) {
		return ([first = 0]) => ({value: values[first], isInput: true});
	}

	const numbers = isFigure(name) ? numbersOf(set, name) : values.map(value => typeof value === 'number' ? value : NaN);
	return members => {
		if (members.length === 1) {
			return {value: values[members[0]!]};
		}

		const measured = members.map(row => numbers[row]!).filter(value => !Number.isNaN(value));
		return {value: measured.length === 0 ? values[members[0]!] : meanOf(measured), deviation: sampleDeviation(measured), count: measured.length};
	};
}

function sorted(set: ResultSet, groups: ReadonlyArray<readonly number[]>, sort: readonly string[]): ReadonlyArray<readonly number[]> {
	const names = fieldNames(set);
	const outputs = new Set(set.outputs);
	const orders = sort.map(word => {
		const isDescending = word.startsWith('-');
		const name = findField(word.replace(/^[+-]/, ''), names);
		const read = cellReader(set, name, outputs.has(name));
		return {isDescending, read};
	});
	return groups.toSorted((one, other) => {
		for (const {isDescending, read} of orders) {
			const order = compareValues(read(one).value, read(other).value, isDescending);
			if (order !== 0) {
				return order;
			}
		}

		return 0;
	});
}

// What is missing comes last, whichever the direction.
function compareValues(one: Json | undefined, other: Json | undefined, isDescending: boolean): number {
	const [left, right] = [sortKey(one), sortKey(other)];
	if (left === undefined || right === undefined) {
		return Number(left === undefined) - Number(right === undefined);
	}

	const order = typeof left === typeof right ? Number(left > right) - Number(left < right) : Number(typeof left === 'string') - Number(typeof right === 'string');
	return isDescending ? -order : order;
}

function sortKey(value: Json | undefined): number | string | undefined {
	if (value === undefined || value === null || typeof value === 'number') {
		return value ?? undefined;
	}

	if (typeof value !== 'string') {
		return keyOf(value);
	}

	try {
		return /^\d/.test(value) ? parseDuration(value) : value;
	} catch {
		return value;
	}
}

const severity: ReadonlyArray<ResultRow['status']> = ['failed', 'interrupted', 'running', 'waiting', 'finished'];

function worst(statuses: ReadonlyArray<ResultRow['status']>): ResultRow['status'] {
	return severity.find(status => statuses.includes(status)) ?? 'finished';
}
