/*
Results as a table, wherever they come from: a suite directory of either program, or a results.csv that lies about alone.
Tables, comparisons and plots ask it by column, so that a file of two million cells costs what is looked at.
*/
import {type Json} from '../core/json.ts';
import {latencyFigures, throughputFigures} from '../core/figures.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';

export type ResultRow = {
	/** `001`: the benchmark, or the row of a loose file. */
	readonly id: string;
	readonly status: RunBenchmark['status'];
};

export type ResultSet = {
	/** Absolute: a suite directory, or a file. */
	readonly path: string;
	/** Its last part. */
	readonly name: string;
	/** The run's unique word; undefined for a loose file and where the directory was renamed. */
	readonly word: string | undefined;
	/** What legends and headings call it, short: the word, else the file's name without its ending. */
	readonly label: string;
	/** Undefined for a loose file. */
	readonly run: Run | undefined;
	/** Dotted names, in the order of the columns. */
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	/** Worked out from inputs: `num_clients`, where the inputs say it as a product. */
	readonly derived: readonly string[];
	readonly rows: readonly ResultRow[];
	/** A column, as long as `rows`; `id` and `status` too. Undefined where a row has no such value, null where it is NaN or None. */
	values(name: string): ReadonlyArray<Json | undefined>;
	/** One cell of `values(name)`, without the rest of the column. */
	value(name: string, row: number): Json | undefined;
	/** What is missing or damaged, one sentence each. */
	readonly warnings: readonly string[];
};

/** Every name that `values` knows. */
export function fieldNames({inputs, outputs, derived}: ResultSet): readonly string[] {
	return ['id', 'status', ...inputs, ...derived, ...outputs];
}

const figure = new RegExp(String.raw`(?:^|\.)(?:latency\.(?:${latencyFigures.join('|')})|(?:start|stop)_throughput_\d+s\.(?:${throughputFigures.join('|')}))$`);

/** Whether a column is one of the well-known figures, of any label and window. */
export function isFigure(name: string): boolean {
	return figure.test(name);
}

/** Whether a value is a number that was measured: the -1.0 of a label that nobody recorded is none. */
export function isMeasured(name: string, value: Json | undefined): value is number {
	return typeof value === 'number' && !Number.isNaN(value) && !(value === -1 && isFigure(name));
}

/** A column as numbers; NaN where there is none. */
export function numbersOf(set: ResultSet, name: string): readonly number[] {
	const absent = isFigure(name) ? -1 : undefined;
	return set.values(name).map(value => typeof value === 'number' && value !== absent ? value : NaN);
}
