/*
A table of results as a person looks at it: columns chosen, rows filtered and sorted, repetitions of equal inputs folded
into their mean and standard deviation.
*/
import {parseExpression} from '../core/expression.ts';
import {type Json} from '../core/json.ts';
import {meanOf, sampleDeviation} from '../core/sample.ts';
import {chosenColumns, differingInputs, keyOf} from './columns.ts';
import {findField} from './field-name.ts';
import {fieldNames, isFigure, type ResultRow, type ResultSet} from './result-set.ts';
import {compareKeys, sortKey} from './value-order.ts';

export type TableOptions = {
	/** As `chosenColumns` takes them. */
	readonly columns?: readonly string[];
	/** An expression over any field, `num_clients > 10 && workload.name == "StringWorkload"`. */
	readonly where?: string;
	/** The rows that fulfil it, where they are known. */
	readonly rows?: readonly number[];
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

type ViewColumn = {readonly name: string; readonly kind: 'input' | 'output'; readonly isNumeric: boolean};
export type TableView = {readonly columns: readonly ViewColumn[]; readonly rows: readonly ViewRow[]; readonly isFolded: boolean};

/**
The view of a set of results.

@throws BenchError `usage` on a field or an expression that is none.
*/
export function tableView(set: ResultSet, {columns: choice, where, rows: known, sort = [], fold = false}: TableOptions = {}): TableView {
	const rows = known ?? selectedRows(set, where);
	const names = chosenColumns(set, choice, rows);
	const groups = fold ? repetitions(set, rows) : rows.map(row => [row]);
	const outputs = new Set(set.outputs);
	const readers = names.map(name => cellReader(set, name, outputs.has(name)));
	return {
		columns: names.map(name => ({name, kind: outputs.has(name) ? 'output' as const : 'input' as const, isNumeric: hasNumber(set, name, rows)})),
		rows: sorted(set, groups, sort).map(members => new LazyRow(set, members, readers)),
		isFolded: groups.some(members => members.length > 1),
	};
}

const looked = 100;

// A number mostly comes soon; only where it does not, all of the column is read, and that once.
function hasNumber(set: ResultSet, name: string, rows: readonly number[]): boolean {
	if (rows.slice(0, looked).some(row => typeof set.value(name, row) === 'number')) {
		return true;
	}

	const values = rows.length > looked ? set.values(name) : [];
	return rows.slice(looked).some(row => typeof values[row] === 'number');
}

/** Of tens of thousands of rows a screen shows forty: a row is worked out when it is looked at. */
class LazyRow implements ViewRow {
	readonly members: readonly number[];
	readonly #set: ResultSet;
	readonly #readers: readonly CellReader[];
	#cells: readonly ViewCell[] | undefined;

	constructor(set: ResultSet, members: readonly number[], readers: readonly CellReader[]) {
		this.#set = set;
		this.members = members;
		this.#readers = readers;
	}

	get id(): string {
		return this.members.map(row => this.#set.rows[row]!.id).join(', ');
	}

	get status(): ViewRow['status'] {
		return worst(this.members.map(row => this.#set.rows[row]!.status));
	}

	get cells(): readonly ViewCell[] {
		this.#cells ??= this.#readers.map(read => read(this.members));
		return this.#cells;
	}
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
	// Groups are split input by input: no further input is read once each row stands alone.
	let groups: Grouping = {groupOf: new Int32Array(rows.length), count: Math.min(1, rows.length)};
	for (const name of differingInputs(set, rows)) {
		if (groups.count === rows.length) {
			break;
		}

		groups = split(groups, rows, kindsOf(set, name));
	}

	if (groups.count === rows.length) {
		return rows.map(row => [row]);
	}

	const members = Array.from({length: groups.count}, (): number[] => []);
	for (const [place, row] of rows.entries()) {
		members[groups.groupOf[place]!]!.push(row);
	}

	return members;
}

/** The group of each row, by its place; groups are numbered in the order of their first rows. */
type Grouping = {readonly groupOf: Int32Array; readonly count: number};

function split({groupOf}: Grouping, rows: readonly number[], {kindOf, count: kinds}: Kinds): Grouping {
	const found = new Map<number, number>();
	const finer = new Int32Array(rows.length);
	for (const [place, row] of rows.entries()) {
		const key = (groupOf[place]! * kinds) + kindOf[row]!;
		let group = found.get(key);
		if (group === undefined) {
			group = found.size;
			found.set(key, group);
		}

		finer[place] = group;
	}

	return {groupOf: finer, count: found.size};
}

/** A number for each value of a column, the same for the same input. */
type Kinds = {readonly kindOf: Int32Array; readonly count: number};

const kindsOfSets = new WeakMap<ResultSet, Map<string, Kinds>>();

// Kept: rows are grouped anew at each key of a filter.
function kindsOf(set: ResultSet, name: string): Kinds {
	const known = kindsOfSets.get(set) ?? new Map<string, Kinds>();
	kindsOfSets.set(set, known);
	let kinds = known.get(name);
	if (!kinds) {
		const numbers = new Map<string, number>();
		const kindOf = Int32Array.from(set.values(name), value => {
			const key = keyOf(value);
			const number = numbers.get(key) ?? numbers.size;
			numbers.set(key, number);
			return number;
		});
		kinds = {kindOf, count: numbers.size};
		known.set(name, kinds);
	}

	return kinds;
}

type CellReader = (members: readonly number[]) => ViewCell;

function cellReader(set: ResultSet, name: string, isOutput: boolean): CellReader {
	if (!isOutput) {
		return ([first = 0]) => ({value: set.value(name, first), isInput: true});
	}

	const absent = isFigure(name) ? -1 : undefined;
	return members => {
		const [first = 0] = members;
		if (members.length === 1) {
			return {value: set.value(name, first)};
		}

		// Cell by cell: whoever goes through a table row by row is not to wait at the first one for all columns.
		const measured = members.map(row => set.value(name, row)).filter(value => typeof value === 'number' && !Number.isNaN(value) && value !== absent).map(Number);
		return {value: measured.length === 0 ? set.value(name, first) : meanOf(measured), deviation: sampleDeviation(measured), count: measured.length};
	};
}

function sorted(set: ResultSet, groups: ReadonlyArray<readonly number[]>, sort: readonly string[]): ReadonlyArray<readonly number[]> {
	if (sort.length === 0) {
		return groups;
	}

	const names = fieldNames(set);
	const outputs = new Set(set.outputs);
	const orders = sort.map(word => {
		const name = findField(word.replace(/^[+-]/, ''), names);
		// All of the column is wanted: read at once, it costs less than cell by cell.
		set.values(name);
		const read = cellReader(set, name, outputs.has(name));
		return {isDescending: word.startsWith('-'), keys: new Map(groups.map(members => [members, sortKey(read(members).value)]))};
	});
	return groups.toSorted((one, other) => {
		for (const {isDescending, keys} of orders) {
			const order = compareKeys(keys.get(one), keys.get(other), isDescending);
			if (order !== 0) {
				return order;
			}
		}

		return 0;
	});
}

const severity: ReadonlyArray<ResultRow['status']> = ['failed', 'interrupted', 'running', 'waiting', 'finished'];

function worst(statuses: ReadonlyArray<ResultRow['status']>): ResultRow['status'] {
	return severity.find(status => statuses.includes(status)) ?? 'finished';
}
