import {type Dispatch, useEffect, useRef, useState} from 'react';
import {filterRows} from './row-filter.ts';
import {type SuiteAction, type SuiteState} from './suite-state.ts';

export type TableFilter = {
	/** It is not yet known what matches. */
	readonly isFiltering: boolean;
	/** Shows the rows alone that fulfil an expression; an empty one shows all. */
	readonly filter: (where: string) => void;
	/** Ends a filter that is not through yet. */
	readonly stop: () => void;
};

/** The filter of a table of a suite; a newer one ends the older. */
export function useRowFilter({set, where: last, problem}: SuiteState, dispatch: Dispatch<SuiteAction>): TableFilter {
	const end = useRef<{readonly where: string; readonly stop: () => void}>(undefined);
	const [isFiltering, setIsFiltering] = useState(false);
	const stop = () => {
		end.current?.stop();
		end.current = undefined;
		setIsFiltering(false);
	};

	// Of another table, or of none any more.
	useEffect(() => () => {
		end.current?.stop();
		end.current = undefined;
		setIsFiltering(false);
	}, [set]);

	return {
		isFiltering,
		stop,
		filter(where) {
			if (where === (end.current ? end.current.where : last) && problem === undefined) {
				return;
			}

			stop();
			let hasEnded = false;
			try {
				const cancel = filterRows({set, where, onEnd(rows) {
					hasEnded = true;
					end.current = undefined;
					setIsFiltering(false);
					dispatch({type: 'filtered', where, selected: {set, rows}});
				}});
				if (!hasEnded) {
					end.current = {where, stop: cancel};
					setIsFiltering(true);
				}
			} catch {
				// What is wrong with it, the state says.
				dispatch({type: 'filtered', where});
			}
		},
	};
}
