import {type Dispatch} from 'react';
import {type Asked} from '../page.tsx';
import {type SuiteAction, type SuiteState} from './suite-state.ts';
import {type TableSearch} from './use-row-search.ts';

/** What a person is asked in a suite's table: by a line, or by a dialog. */
export type Asking = 'search' | 'filter' | 'columns' | 'again';

type Answering = {
	readonly dispatch: Dispatch<SuiteAction>;
	readonly rowSearch: TableSearch;
	/** Ends the question. */
	readonly close: () => void;
};

/** The line in which a search or a filter is typed; both show at once what they do. */
export function askedOf(asking: Asking | undefined, {where, problem, rows, set, isMissing}: SuiteState, {dispatch, rowSearch: {search, isSearching}, close}: Answering): Asked | undefined {
	switch (asking) {
		case 'search': {
			return {
				sign: '/', note: () => isSearching ? '…' : (isMissing ? 'no row' : ''), onChange: search,
				onSubmit(typed) {
					search(typed);
					close();
				},
				onCancel() {
					search('');
					close();
				},
			};
		}

		case 'filter': {
			const filter = (typed: string) => {
				dispatch({type: 'filtered', where: typed});
			};

			return {
				sign: '&', text: where, note: () => problem ?? `${rows.length} of ${set.rows.length}`, onChange: filter,
				onSubmit(typed) {
					filter(typed);
					close();
				},
				onCancel() {
					filter('');
					close();
				},
			};
		}

		case 'columns':
		case 'again':
		case undefined: {
			return undefined;
		}
	}
}
