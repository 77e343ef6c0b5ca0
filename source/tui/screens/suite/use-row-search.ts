import {type Dispatch, useEffect, useRef, useState} from 'react';
import {parseQuery} from '../../../logs/query.ts';
import {searchRows} from './row-search.ts';
import {type SuiteAction, type SuiteState} from './suite-state.ts';

export type TableSearch = {
	/** It is not yet known where. */
	readonly isSearching: boolean;
	/** Looks for a text from the cursor's row on; an empty one ends the search. */
	readonly search: (text: string) => void;
	/** To the next row that matches, or the one before. */
	readonly again: (step: 1 | -1) => void;
	/** Ends a search that has not found anything yet: a person has gone on. */
	readonly stop: () => void;
};

/** The search in a table of a suite; a newer one ends the older. */
export function useRowSearch({rows, row, search: last}: SuiteState, dispatch: Dispatch<SuiteAction>, height: number): TableSearch {
	const end = useRef<() => void>(undefined);
	const [isSearching, setIsSearching] = useState(false);
	const stop = () => {
		end.current?.();
		end.current = undefined;
		setIsSearching(false);
	};

	const start = (text: string, from: number, step: 1 | -1) => {
		stop();
		if (text === '' || rows.length === 0) {
			return;
		}

		let hasEnded = false;
		const cancel = searchRows({
			rows, query: parseQuery(text), from, step,
			onEnd(found) {
				hasEnded = true;
				setIsSearching(false);
				dispatch({type: 'found', rows, index: found, height});
			},
		});
		if (!hasEnded) {
			end.current = cancel;
			setIsSearching(true);
		}
	};

	// Other rows than those that are searched, or none any more.
	useEffect(() => () => {
		end.current?.();
		end.current = undefined;
		setIsSearching(false);
	}, [rows]);

	return {
		isSearching,
		search(text) {
			dispatch({type: 'searched', text});
			start(text, row, 1);
		},
		again(step) {
			start(last, row + step, step);
		},
		stop,
	};
}
