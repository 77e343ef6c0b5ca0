import {useEffect, useEffectEvent, useState} from 'react';
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

/** What the start screen shows, as it becomes known; looked at again and again while it is shown. */
export function useHome({roots, runnable, clock = Date.now}: BrowserOptions, isActive: boolean): HomeData {
	const [data, setData] = useState<HomeData>({recent: [], isListing: true, runnable: [], isLooking: runnable !== undefined});
	const read = useEffectEvent(async () => {
		// The frame is drawn before the code that reads results is there.
		const {recentRuns} = await import('../../../results/recent-runs.ts');
		// A root that is not there yet has no runs.
		return recentRuns(roots, shownRuns, clock(), data.recent).catch(() => []);
	});
	useEffect(() => {
		if (!isActive) {
			return;
		}

		let isOver = false;
		let timer: NodeJS.Timeout;
		const look = async () => {
			const recent = await read();
			if (!isOver) {
				setData(before => (isSame(before.recent, recent) && !before.isListing ? before : {...before, recent, isListing: false}));
				timer = setTimeout(wake, pollMs);
			}
		};

		const wake = () => {
			void look();
		};

		wake();
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	}, [isActive]);
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

function isSame(one: readonly RecentRun[], other: readonly RecentRun[]): boolean {
	return one.length === other.length && one.every((run, place) => run === other[place] || JSON.stringify(run) === JSON.stringify(other[place]));
}
