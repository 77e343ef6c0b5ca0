import {useEffect, useState} from 'react';
import {type RecentRun} from '../../../results/recent-runs.ts';
import {type BrowserOptions, type RunnableSuite} from '../../open-browser.ts';

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
			// The frame is drawn before the code that reads results is there.
			const {recentRuns} = await import('../../../results/recent-runs.ts');
			// A root that is not there yet has no runs.
			const recent = await recentRuns(roots, shownRuns, clock()).catch(() => []);
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
