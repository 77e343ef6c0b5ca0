import {useCallback} from 'react';
import {distinctLabels, withoutRepeats} from '../../results/distinct-labels.ts';
import {openResults} from '../../results/open-results.ts';
import {type ResultSet} from '../../results/result-set.ts';
import {type Reading, useRead} from './use-read.ts';

/** The results of some runs, each once, by labels that tell them apart. */
export function useSets(paths: readonly string[]): Reading<readonly ResultSet[]> {
	return useRead(useCallback(async () => distinctLabels(withoutRepeats(await Promise.all(paths.map(async path => openResults(path, '/')))).sets), [paths]));
}
