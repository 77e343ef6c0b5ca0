/*
What a person has set of a comparison, and how a screen says it.
*/
import {type CompareOptions} from '../../../results/compare.ts';
import {parseRenamings} from '../../../results/rename-fields.ts';
import {type ResultSet} from '../../../results/result-set.ts';
import {type Setting} from '../settings-lines.ts';

/** As typed; a text that is empty is the usual. */
export type CompareChoice = {
	/** The place of the baseline among the runs. */
	readonly baseline: number;
	readonly on: string;
	readonly map: string;
	readonly figures: string;
	/** Conditions, between semicolons. */
	readonly where: string;
};

export const usualComparison: CompareChoice = {baseline: 0, on: '', map: '', figures: '', where: ''};

/** The options that a choice is. */
export function compareOptions({on, map, figures, where}: CompareChoice): CompareOptions {
	const metrics = splitText(figures, ',');
	return {on: splitText(on, ','), renamings: parseRenamings(splitText(map, ',')), where: splitText(where, ';'), ...(metrics.length > 0 && {metrics})};
}

/** What is typed as several texts. */
export function splitText(text: string, separator: ',' | ';'): readonly string[] {
	return text.split(separator).map(part => part.trim()).filter(part => part !== '');
}

export function compareSettings({baseline, on, map, figures, where}: CompareChoice, sets: readonly ResultSet[]): readonly Setting[] {
	const typed = (command: string, label: string, text: string, usual: string): Setting => ({command, label, value: text === '' ? usual : text, isSet: text !== ''});
	return [
		{command: 'baseline', label: 'baseline', value: sets[baseline]?.label ?? '', isSet: baseline > 0},
		typed('match-on', 'match on', on, 'what both vary'),
		typed('map', 'map', map, 'nothing'),
		typed('figures', 'figures', figures, 'the main ones'),
		typed('filter', 'rows', where, 'all'),
	];
}
