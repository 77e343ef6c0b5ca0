import {compareResults} from '../results/compare.ts';
import {distinctLabels} from '../results/distinct-labels.ts';
import {openResults} from '../results/open-results.ts';
import {compareText} from './compare-text.ts';

/** A comparison of runs with the first of them, as `benchdeck compare` prints it for a width. */
export async function comparisonOf(paths: readonly string[], columns: number): Promise<string> {
	const [baseline, ...contenders] = distinctLabels(await Promise.all(paths.map(async run => openResults(run, '/'))));
	return compareText(baseline!, compareResults(baseline!, contenders, {}), {format: 'text', width: columns});
}
