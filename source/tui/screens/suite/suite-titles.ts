import {plainText} from '../../../logs/styled-text.ts';
import {type ResultSet} from '../../../results/result-set.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {type SuiteState} from './suite-state.ts';

/** The suite, its run, and what became of it. */
export function titleOf({run, name}: ResultSet): Line {
	const words = run ? [segment(plainText(run.suite), 'plain', {bold: true}), segment(`  ${run.word ?? ''}`, 'muted')] : [segment(plainText(name), 'plain', {bold: true})];
	// Before the suite, as in lists: there no cut takes it away.
	const rehearsal = run?.args['engine'] === 'rehearsal' ? [segment('rehearsal ', 'warn')] : [];
	return run ? [...rehearsal, ...words, segment(`  ${run.status}`, run.status === 'failed' ? 'bad' : (run.status === 'finished' ? 'good' : 'warn'))] : words;
}

/** How many benchmarks there are, and show. */
export function rightOf({rows, set}: SuiteState): Line {
	const things = `${set.rows.length} benchmark${set.rows.length === 1 ? '' : 's'}`;
	const failed = set.rows.filter(({status}) => status === 'failed').length;
	return [
		...(failed > 0 ? [segment(`${failed} failed  `, 'bad')] : []),
		segment(rows.length === set.rows.length ? things : `${rows.length} row${rows.length === 1 ? '' : 's'} of ${things}`, 'muted'),
	];
}

/** Where the cursor is, or what is the matter. */
export function statusOf({problem, isMissing, search, where, set, row, rows}: SuiteState, isSearching: boolean): Line {
	if (problem !== undefined) {
		return lineOf(plainText(problem), 'warn');
	}

	if (isSearching || isMissing) {
		return isSearching ? lineOf(`Looking for ${plainText(search)} …`, 'muted') : lineOf(`No row with ${plainText(search)}.`, 'warn');
	}

	const place = rows.length > 0 ? `${row + 1}/${rows.length}` : '';
	const [warning] = set.warnings;
	return [
		segment(place, 'faint'),
		segment(where === '' ? '' : `  only ${where}`, 'muted'),
		segment(
			warning === undefined ? '' : `  ${plainText(warning)}${set.warnings.length > 1 ? `, and ${set.warnings.length - 1} more` : ''}`,
			'warn',
		),
	];
}
