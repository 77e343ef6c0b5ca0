import {type CompareOptions, compareResults} from '../results/compare.ts';
import {rehearsalNotes} from '../results/rehearsal-notes.ts';
import {type ResultSet} from '../results/result-set.ts';
import {compareText} from './compare-text.ts';

/**
A comparison of runs, as `benchdeck compare` prints it for a width, after what is to be known of its figures.

@throws BenchError `usage` where nothing can be compared so.
*/
export function comparisonOf(baseline: ResultSet, contenders: readonly ResultSet[], options: CompareOptions, columns: number): string {
	const notes = rehearsalNotes([baseline, ...contenders]).map(note => `Note: ${note}.\n`).join('');
	const text = compareText(baseline, compareResults(baseline, contenders, options), {format: 'text', width: columns});
	return notes === '' ? text : `${notes}\n${text}`;
}
