import {type Json} from '../core/json.ts';
import {fieldNames, isMeasured, type ResultSet} from './result-set.ts';
import {findFields} from './field-name.ts';

const maxFallback = 4;
const looked = 100;

/** The inputs that differ between rows; a row whose input is lost differs in nothing that is known. */
export function differingInputs(set: ResultSet, rows: readonly number[] = [...set.rows.keys()]): readonly string[] {
	if (rows.length === 0) {
		return [];
	}

	return set.inputs.filter(name => {
		const known = rows.find(row => set.value(name, row) !== undefined);
		const first = known === undefined ? undefined : set.value(name, known);
		const isOther = (value: Json | undefined) => value !== undefined && value !== first && keyOf(value) !== keyOf(first);
		// What differs mostly does so soon; only of the others all of the column is read.
		if (rows.slice(0, looked).some(row => isOther(set.value(name, row)))) {
			return true;
		}

		const values = set.values(name);
		return rows.some(row => isOther(values[row]));
	});
}

/** Median latency and the 90th percentile of throughput, of each label that was recorded: what suites' summaries show; else the first outputs. */
export function mainOutputs(set: ResultSet): readonly string[] {
	const main = set.outputs.filter(name => /(?:^|\.)(?:latency\.median_ms|start_throughput_1s\.p90)$/.test(name));
	const recorded = main.filter(name => set.rows.some((_, row) => isMeasured(name, set.value(name, row))));
	return recorded.length > 0 ? recorded : (main.length > 0 ? main : set.outputs.slice(0, maxFallback));
}

/**
The columns that a table shows.

@param choice Names or patterns (`latency.*`); those with `+` come to the usual ones, those with `-` go. Without any, the
inputs that differ and the main outputs.
@param rows Those that are shown: what differs is about them.
@throws BenchError `usage` on a name that is none.
*/
export function chosenColumns(set: ResultSet, choice: readonly string[] = [], rows?: readonly number[]): readonly string[] {
	const names = fieldNames(set);
	const isChange = (word: string) => /^[+-]/.test(word);
	const named = choice.filter(word => !isChange(word)).flatMap(word => findFields(word, names));
	const usual = named.length > 0 ? named : [...differingInputs(set, rows), ...mainOutputs(set)];
	const added = choice.filter(word => word.startsWith('+')).flatMap(word => findFields(word.slice(1), names));
	const shown = new Set([...usual, ...added]);
	for (const name of choice.filter(word => word.startsWith('-')).flatMap(word => findFields(word.slice(1), names))) {
		shown.delete(name);
	}

	return [...shown];
}

/** Two values are the same input where this text is. */
export function keyOf(value: Json | undefined): string {
	return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}
