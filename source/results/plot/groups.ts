import {differingInputs, keyOf} from '../columns.ts';
import {findField} from '../field-name.ts';
import {fieldNames, type ResultSet} from '../result-set.ts';
import {selectedRows} from '../table-view.ts';

export type PlotOptions = {
	readonly x: string | undefined;
	readonly y: string | undefined;
	readonly groupBy: readonly string[];
	/** Expressions over rows; one that begins with a run's label or word and a colon is about that run alone. */
	readonly where: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly logX: boolean;
	readonly logY: boolean;
};

export type PlotGroup = {
	readonly set: ResultSet;
	/** What the legend says. */
	readonly name: string;
	readonly rows: readonly number[];
};

/**
The rows of some sets that finished and fit, a group for each run and each combination of the fields to group by.

@throws BenchError `usage` on a field or an expression that is none.
*/
export function groupRows(sets: readonly ResultSet[], {groupBy, where, labels}: PlotOptions): readonly PlotGroup[] {
	const byWord = groupBy.map(word => fieldIn(sets, word));
	return sets.flatMap(set => {
		const fitting = where.map(text => new Set(selectedRows(set, conditionFor(set, text, sets))));
		const rows = [...set.rows.keys()].filter(row => set.rows[row]!.status === 'finished' && fitting.every(fits => fits.has(row)));
		const fields = byWord.flatMap(fieldOf => fieldOf(set) ?? []);
		const groups = new Map<string, number[]>();
		for (const row of rows) {
			const name = fields.map(field => `${field} ${keyOf(set.values(field)[row])}`).join(', ');
			groups.set(name, [...groups.get(name) ?? [], row]);
		}

		const run = labelOf(set.label, labels);
		return [...groups].map(([group, members]): PlotGroup => {
			const name = group === '' ? run : (sets.length > 1 ? `${run}, ${group}` : group);
			return {set, name: labels[name] ?? labels[group] ?? labels[group.split(' ').at(-1)!] ?? name, rows: members};
		});
	});
}

// Protocols differ in their inputs: what one of the runs has may group that one alone.
function fieldIn(sets: readonly ResultSet[], word: string): (set: ResultSet) => string | undefined {
	const having = sets.filter(set => fieldNames(set).some(name => name === word || name.endsWith(`.${word}`)));
	const fields = having.length === 0
		? [findField(word, sets.flatMap(set => fieldNames(set)))]
		: having.map(set => findField(word, fieldNames(set)));
	return set => fields[having.indexOf(set)];
}

/** `coupled: num_clients <= 500` is a condition for `coupled`, and none for the others. */
function conditionFor(set: ResultSet, text: string, sets: readonly ResultSet[]): string | undefined {
	const [name = ''] = text.split(':', 1);
	if (name === text || sets.every(({label}) => !isCalled(label, name))) {
		return text;
	}

	return isCalled(set.label, name) ? text.slice(name.length + 1) : undefined;
}

/** `{HAOS: 'Ours'}` names the run whose word begins so. */
function labelOf(label: string, labels: Readonly<Record<string, string>>): string {
	const key = Object.keys(labels).find(name => isCalled(label, name));
	return key === undefined ? label : labels[key]!;
}

function isCalled(label: string, name: string): boolean {
	return label === name || (/^[A-Z]{10}$/.test(label) && name !== '' && label.startsWith(name.toUpperCase()));
}

/** What else varies inside a group beside the fields that are accounted for: what a mean is over that is no repetition. */
export function hiddenVariation({set, rows}: PlotGroup, shown: ReadonlySet<string>): readonly string[] {
	const clients = new Set(['num_client_procs', 'num_clients_per_proc', 'num_warmup_clients_per_proc']);
	return differingInputs(set, rows).filter(name => !shown.has(name) && !(shown.has('num_clients') && clients.has(name)));
}
