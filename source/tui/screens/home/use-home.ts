import {useEffect, useState} from 'react';
import {listSuites, newestFirst} from '../../../results/list-suites.ts';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {missingOf, type Missing} from '../../../results/missing.ts';
import {openResults} from '../../../results/open-results.ts';
import {type Triage, triageBenchmark} from '../../../results/triage.ts';
import {type BrowserOptions, type RunnableSuite} from '../../open-browser.ts';

/** A run that was made lately and, where it did not go well, why, and what is missing. */
export type RecentRun = {readonly suite: ListedSuite; readonly missing?: Missing; readonly triage?: Triage};

export type HomeData = {
	/** What needs a person first. */
	readonly recent: readonly RecentRun[];
	readonly isListing: boolean;
	readonly runnable: readonly RunnableSuite[];
	readonly isLooking: boolean;
};

const shownRuns = 8;
const pollMs = 3000;

/** What the start screen shows, as it becomes known; read again and again while something runs. */
export function useHome({roots, runnable, clock = Date.now}: BrowserOptions, isActive: boolean): HomeData {
	const [data, setData] = useState<HomeData>({recent: [], isListing: true, runnable: [], isLooking: runnable !== undefined});
	const isLive = isActive && data.recent.some(({suite}) => suite.status === 'running');
	useEffect(() => {
		const abort = new AbortController();
		const read = async () => {
			const recent = await recentRuns(roots, clock(), abort.signal);
			if (!abort.signal.aborted) {
				setData(before => ({...before, recent, isListing: false}));
			}
		};

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
	}, [roots, clock, isLive]);
	useEffect(() => {
		let isOver = false;
		const look = async () => {
			for await (const suites of runnable?.() ?? []) {
				if (isOver) {
					return;
				}

				setData(before => ({...before, runnable: [...before.runnable, ...suites]}));
			}

			setData(before => ({...before, isLooking: false}));
		};

		void look();
		return () => {
			isOver = true;
		};
	}, [runnable]);
	return data;
}

async function recentRuns(roots: readonly string[], now: number, signal: AbortSignal): Promise<readonly RecentRun[]> {
	const suites = new Map<string, ListedSuite>();
	try {
		for await (const batch of listSuites(roots, {now, signal})) {
			for (const suite of batch) {
				suites.set(suite.path, suite);
			}
		}
	} catch {
		// A root that is not there yet has no runs.
		return [];
	}

	const newest = newestFirst([...suites.values()].filter(({status}) => status !== undefined)).slice(0, shownRuns);
	const recent = await Promise.all(newest.map(async suite => withCause(suite, now)));
	return recent.toSorted((one, other) => Number(needsPerson(other.suite)) - Number(needsPerson(one.suite)));
}

export function needsPerson({status}: ListedSuite): boolean {
	return status === 'failed' || status === 'interrupted';
}

async function withCause(suite: ListedSuite, now: number): Promise<RecentRun> {
	if (!needsPerson(suite)) {
		return {suite};
	}

	try {
		const {run} = await openResults(suite.path, '/', {now});
		const failed = run?.benchmarks.find(({status}) => status === 'failed');
		return run ? {suite, missing: missingOf(run), ...(failed && {triage: await triageBenchmark(run, failed)})} : {suite};
	} catch {
		return {suite};
	}
}
