import {useEffect} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {listSuites} from '../../../results/list-suites.ts';
import {readFacts} from '../../../results/read-facts.ts';
import {type SuitesAction, type SuitesState} from './suites-state.ts';

const pollMs = 2000;

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

/** Reads running suites again and again, while somebody looks. */
export function useLive(state: SuitesState, clock: () => number, isActive: boolean, dispatch: (action: SuitesAction) => void): void {
	const running = [...state.suites.values()].filter(({status}) => status === 'running').map(({path}) => path).join('\n');
	useEffect(() => {
		if (running === '' || !isActive) {
			return;
		}

		const timer = setInterval(() => {
			const read = async () => {
				dispatch({type: 'listed', suites: await Promise.all(running.split('\n').map(async path => readFacts(path, clock())))});
			};

			void read();
		}, pollMs);
		return () => {
			clearInterval(timer);
		};
	}, [running, isActive, clock, dispatch]);
}
