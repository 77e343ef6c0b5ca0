/*
Which row of results.csv belongs to which benchmark: rows say so by their inputs only. Rows stand in the order in which
benchmarks finished, and a benchmark that failed has none.
*/
import {latencyFigures, throughputFigures} from '../core/figures.ts';
import {type Json, type JsonObject} from '../core/json.ts';
import {leavesOf, nest, parseCell} from './cell.ts';
import {type ResultsTable} from './results-table.ts';

export type Candidate = {
	/** Undefined where its input.json cannot be read. */
	readonly input: JsonObject | undefined;
	/** Whether it looks finished: of several equal inputs those come first. */
	readonly looksFinished: boolean;
};

export type RowMatch = {
	/** The row of each candidate, by its index; undefined for those without one. */
	readonly rows: ReadonlyArray<readonly string[] | undefined>;
	/** Numbers, from 1, of rows that belong to none. */
	readonly unmatched: readonly number[];
};

/** Gives each row the first benchmark with its input, then the rows that are left to benchmarks whose input is unknown, in order. */
export function matchRows(table: ResultsTable, candidates: readonly Candidate[]): RowMatch {
	// How a harness prints a list is its own affair.
	const inputs = inputColumns(table.columns, candidates).filter(({isList}) => !isList);
	const keyOfRow = (row: readonly string[]) => JSON.stringify(inputs.map(({place}) => parseCell(row[place]!)));
	const waiting = new Map<string, number[]>();
	for (const index of byLikelihood(candidates)) {
		const {input} = candidates[index]!;
		if (!input) {
			continue;
		}

		const leaves = new Map(leavesOf(input));
		const key = JSON.stringify(inputs.map(({name}) => canonical(leaves.get(name))));
		waiting.set(key, [...waiting.get(key) ?? [], index]);
	}

	const unknown = byLikelihood(candidates).filter(index => candidates[index]!.input === undefined);
	const rows: Array<readonly string[] | undefined> = Array.from({length: candidates.length});
	const rest: number[] = [];
	for (const [place, row] of table.rows.entries()) {
		const index = inputs.length > 0 ? waiting.get(keyOfRow(row))?.shift() : undefined;
		if (index === undefined) {
			rest.push(place);
		} else {
			rows[index] = row;
		}
	}

	const unmatched: number[] = [];
	for (const place of rest) {
		const index = unknown.shift();
		if (index === undefined) {
			unmatched.push(place + 1);
		} else {
			rows[index] = table.rows[place];
		}
	}

	return {rows, unmatched};
}

export type SplitRow = {readonly input: JsonObject; readonly output: JsonObject};

/** Splits rows into two halves, nested: the columns that are inputs of some benchmark, and the others. */
export function rowSplitter({columns}: ResultsTable, candidates: readonly Candidate[]): (row: readonly string[]) => SplitRow {
	const known = new Set(inputColumns(columns, candidates).map(({name}) => name));
	const inputs = known.size > 0 ? known : guessedInputs(columns);
	return row => {
		const leaves = columns.map((name, place) => [name, parseCell(row[place]!)] as const);
		return {input: nest(leaves.filter(([name]) => inputs.has(name))), output: nest(leaves.filter(([name]) => !inputs.has(name)))};
	};
}

type Column = {readonly name: string; readonly place: number; readonly isList: boolean};

function inputColumns(columns: readonly string[], candidates: readonly Candidate[]): readonly Column[] {
	const leaves = candidates.flatMap(({input}) => input ? leavesOf(input) : []);
	const names = new Set(leaves.map(([name]) => name));
	const lists = new Set(leaves.filter(([, value]) => Array.isArray(value)).map(([name]) => name));
	return columns.map((name, place) => ({name, place, isList: lists.has(name)})).filter(({name}) => names.has(name));
}

// Without any input.json: figures have well-known names, and inputs come before them.
function guessedInputs(columns: readonly string[]): ReadonlySet<string> {
	const figures = [...latencyFigures.map(name => `latency.${name}`), ...throughputFigures.map(name => `start_throughput_1s.${name}`)];
	const first = columns.findIndex(name => figures.some(figure => name === figure || name.endsWith(`.${figure}`)));
	return new Set(columns.slice(0, Math.max(0, first)));
}

// JSON.stringify puts 1 and 1.0, and null and nothing, on one key.
function canonical(value: Json | undefined): Json {
	return typeof value === 'string' ? parseCell(value) : value ?? null;
}

function byLikelihood(candidates: readonly Candidate[]): number[] {
	const all = [...candidates.keys()];
	return [...all.filter(index => candidates[index]!.looksFinished), ...all.filter(index => !candidates[index]!.looksFinished)];
}
