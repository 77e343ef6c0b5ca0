import {type Asked} from '../page.tsx';
import {type SuiteState} from './suite-state.ts';
import {type TableFilter} from './use-row-filter.ts';
import {type TableSearch} from './use-row-search.ts';

/** What a person is asked in a suite's table: by a line, or by a dialog. */
export type Asking = 'search' | 'filter' | 'columns' | 'again';

type Answering = {
	readonly rowSearch: TableSearch;
	readonly rowFilter: TableFilter;
	/** Ends the question. */
	readonly close: () => void;
};

/** The line in which a search or a filter is typed; both show at once what they do. */
export function askedOf(asking: Asking | undefined, {where, problem, rows, set, isMissing}: SuiteState, {rowSearch, rowFilter, close}: Answering): Asked | undefined {
	const {search, isSearching} = rowSearch;
	const {filter, isFiltering} = rowFilter;
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
			return {
				sign: '&', text: where, note: () => isFiltering ? '…' : problem ?? `${rows.length} of ${set.rows.length}`, onChange: filter,
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
