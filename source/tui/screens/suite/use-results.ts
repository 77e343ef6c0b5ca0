import {useEffect, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {openResults} from '../../../results/open-results.ts';
import {type ResultSet} from '../../../results/result-set.ts';
import {type Triage, triageRun} from '../../../results/triage.ts';

type ReadResults = {
	readonly set?: ResultSet;
	readonly triages: readonly Triage[];
	readonly problem?: string;
};

const pollMs = 2000;

/** The results of a suite directory or a loose file; those of a run that goes on are read again and again. */
export function useResults(path: string, clock: () => number, isActive: boolean): ReadResults {
	const [results, setResults] = useState<ReadResults>({triages: []});
	const isLive = results.set?.run?.status === 'running' && isActive;
	useEffect(() => {
		const abort = new AbortController();
		const read = async () => {
			try {
				const set = await openResults(path, '/', {now: clock()});
				if (!abort.signal.aborted) {
					setResults(before => ({...before, set}));
				}

				const triages = set.run ? await triageRun(set.run) : [];
				if (!abort.signal.aborted) {
					setResults({set, triages});
				}
			} catch (error) {
				if (!abort.signal.aborted) {
					setResults({triages: [], problem: messageOf(error)});
				}
			}
		};

		// A poll reads anew after a while, the first time at once.
		const timer = isLive
			? setInterval(() => {
				void read();
			}, pollMs)
			: undefined;
		if (!isLive) {
			void read();
		}

		return () => {
			abort.abort();
			clearInterval(timer);
		};
	}, [path, clock, isLive]);
	return results;
}
