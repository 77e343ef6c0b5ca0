import {useEffect, useEffectEvent} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {listChanges, listSuites} from '../../../results/list-suites.ts';
import {type SuitesAction, type SuitesState} from './suites-state.ts';

const pollMs = 2000;
// A look that takes a second is followed by twenty of rest.
const restShare = 20;

/** Lists the roots, once. */
export function useListing(roots: readonly string[], clock: () => number, dispatch: (action: SuitesAction) => void): void {
	useEffect(() => {
		const abort = new AbortController();
		const read = async () => {
			try {
				for await (const suites of listSuites(roots, {now: clock(), signal: abort.signal})) {
					if (abort.signal.aborted) {
						return;
					}

					dispatch({type: 'listed', suites});
				}

				dispatch({type: 'completed'});
			} catch (error) {
				dispatch({type: 'completed', problem: messageOf(error)});
			}
		};

		void read();
		return () => {
			abort.abort();
		};
	}, [roots, clock, dispatch]);
}

/** Looks again and again for what is new, runs, or has gone, while somebody looks; seldom where the disk is slow. */
export function useChanges(state: SuitesState, roots: readonly string[], clock: () => number, isActive: boolean, dispatch: (action: SuitesAction) => void): void {
	const look = useEffectEvent(async () => {
		const {changed, gone} = await listChanges(roots, state.suites, clock());
		if (changed.length > 0) {
			dispatch({type: 'listed', suites: changed});
		}

		if (gone.length > 0) {
			dispatch({type: 'vanished', paths: gone});
		}
	});
	const isWatching = isActive && state.isComplete;
	useEffect(() => {
		if (!isWatching) {
			return;
		}

		let timer: NodeJS.Timeout;
		let isOver = false;
		const tick = async () => {
			const from = performance.now();
			// A disk that is away for a while is asked again.
			await look().catch(() => undefined);
			if (!isOver) {
				timer = setTimeout(wake, Math.max(pollMs, restShare * (performance.now() - from)));
			}
		};

		const wake = () => {
			void tick();
		};

		timer = setTimeout(wake, pollMs);
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	}, [isWatching]);
}
