import {BenchError} from '../../core/errors.ts';
import {keyOf} from '../columns.ts';
import {findField} from '../field-name.ts';
import {fieldNames, type ResultSet} from '../result-set.ts';
import {compareValues} from '../value-order.ts';
import {fittingRows, isCalled} from '../run-conditions.ts';

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
	/** Of a single run by a single field whose values are numbers: the field as it is called, and its value. */
	readonly shade?: {readonly title: string; readonly value: number};
};

/**
The rows of some sets that finished and fit, a group for each run and each combination of the fields to group by.

@throws BenchError `usage` on a field or an expression that is none, and where two groups would have one name.
*/
export function groupRows(sets: readonly ResultSet[], options: PlotOptions): readonly PlotGroup[] {
	const groups = namedGroups(sets, options);
	const names = groups.map(({name}) => name);
	const twice = names.find((name, place) => names.indexOf(name) !== place);
	if (twice !== undefined) {
		throw new BenchError('usage', `Two lines would be called "${twice}"; give each a name of its own with --label.`);
	}

	return groups;
}

function namedGroups(sets: readonly ResultSet[], {groupBy, where, labels}: PlotOptions): readonly PlotGroup[] {
	const byWord = groupBy.map(word => fieldIn(sets, word));
	return sets.flatMap(set => {
		const rows = fittingRows(set, where, sets).filter(row => set.rows[row]!.status === 'finished');
		const fields = byWord.flatMap(fieldOf => fieldOf(set) ?? []);
		const shortNames = new Map(fields.map(field => [field, shortName(field, fields)]));
		const groups = new Map<string, number[]>();
		for (const row of rows) {
			const name = fields.map(field => `${shortNames.get(field)!} ${keyOf(set.values(field)[row])}`).join(', ');
			groups.set(name, [...groups.get(name) ?? [], row]);
		}

		const run = labelOf(set.label, labels);
		const ordered = [...groups].toSorted(([, [one]], [, [other]]) => fields.reduce((order, field) => order || compareValues(set.values(field)[one!], set.values(field)[other!]), 0));
		return ordered.map(([group, members]): PlotGroup => {
			const inRun = (text: string) => group === '' ? run : (sets.length > 1 ? `${run}, ${text}` : text);
			// A label may name the whole line, or only what its fields are: then the run still stands before it.
			const value = fields.length === 1 && sets.length === 1 ? set.values(fields[0]!)[members[0]!] : undefined;
			const shade = typeof value === 'number' && Number.isFinite(value) ? {title: shortNames.get(fields[0]!)!, value} : undefined;
			return {set, ...(shade && {shade}), name: labels[inRun(group)] ?? inRun(labels[group] ?? labels[group.split(' ').at(-1)!] ?? group), rows: members};
		});
	});
}

// The end of a name says what it is; where two end alike it is said whole.
function shortName(field: string, fields: readonly string[]): string {
	const short = field.slice(field.lastIndexOf('.') + 1);
	return fields.some(other => other !== field && other.endsWith(`.${short}`)) || fields.includes(short) ? field : short;
}

// Protocols differ in their inputs: what one of the runs has may group that one alone.
function fieldIn(sets: readonly ResultSet[], word: string): (set: ResultSet) => string | undefined {
	const having = sets.filter(set => fieldNames(set).some(name => name === word || name.endsWith(`.${word}`)));
	const fields = having.length === 0
		? [findField(word, sets.flatMap(set => fieldNames(set)))]
		: having.map(set => findField(word, fieldNames(set)));
	return set => fields[having.indexOf(set)];
}

/** `{HAOS: 'Ours'}` names the run whose word begins so. */
function labelOf(label: string, labels: Readonly<Record<string, string>>): string {
	const key = Object.keys(labels).find(name => isCalled(label, name));
	return key === undefined ? label : labels[key]!;
}
