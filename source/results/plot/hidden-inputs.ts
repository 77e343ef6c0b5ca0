/*
What a mean hides: inputs that vary among the benchmarks behind a point or a bar, which so are no repetitions.
*/
import {differingInputs, keyOf} from '../columns.ts';
import {fieldNames} from '../result-set.ts';
import {type PlotGroup} from './groups.ts';

/** What together makes the number of clients. */
export const clientFields: ReadonlySet<string> = new Set(['num_client_procs', 'num_clients_per_proc', 'num_warmup_clients_per_proc']);

/** How many closed loops sent, whatever the harness calls it. */
export function loadField({set}: PlotGroup): string | undefined {
	const names = fieldNames(set);
	return ['num_clients', 'clients', 'num_client_procs', 'threads', 'concurrency', 'connections', 'rate', 'load'].find(name => names.includes(name));
}

/** Inputs that are averaged over, beside what is swept along x and what is grouped by. */
export function hiddenInputs(group: PlotGroup, swept: string, averaged: ReadonlyArray<readonly number[]>, groupBy: readonly string[]): readonly string[] {
	const load = loadField(group);
	const shown = new Set([swept, load ?? swept, ...groupBy]);
	// However many inputs make the number of clients, it is one field.
	const others = differingInputs(group.set, group.rows).filter(name => !shown.has(name) && !clientFields.has(name));
	const varied = load === undefined || load === swept ? others : [load, ...others];
	return varied.filter(name => averaged.some(rows => new Set(rows.map(row => keyOf(group.set.values(name)[row]))).size > 1));
}

/** What is to be known of a line. */
export type LineNote = {readonly line: string; readonly text: string};

/** Tells what is hidden, with the flag that shows it beside what is grouped by already. */
export function mixedNote(line: string, swept: string, hidden: readonly string[], {groupBy, mark}: {readonly groupBy: readonly string[]; readonly mark: 'line' | 'bar'}): LineNote {
	const vary = `${hidden.join(', ')} var${hidden.length === 1 ? 'ies' : 'y'}`;
	const what = mark === 'line' ? 'points' : 'benchmarks';
	return {line, text: `${what} of equal ${swept} are averaged, though ${vary}; --group-by ${quoted([...groupBy, ...hidden].join(','))} draws a ${mark} for each`};
}

/** Tells how many benchmarks have nothing to draw. */
export function missingNote(line: string, missing: number): LineNote {
	return {line, text: `${missing} benchmark${missing === 1 ? ' has' : 's have'} no such figures and ${missing === 1 ? 'is' : 'are'} left out`};
}

/** What holds for many lines is told once. */
export function noteTexts(notes: readonly LineNote[]): readonly string[] {
	return [...Map.groupBy(notes, ({text}) => text)].map(([text, alike]) => {
		const names = alike.map(({line}) => line);
		return `${names.length < 3 ? names.join(' and ') : `${names[0]!} and ${names.length - 1} more`}: ${text}`;
	});
}

function quoted(word: string): string {
	return /^[\w,\-.:]+$/.test(word) ? word : `'${word}'`;
}
