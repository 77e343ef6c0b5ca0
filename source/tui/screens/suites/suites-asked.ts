import {type Dispatch} from 'react';
import {type Asked} from '../page.tsx';
import {shownSuites, type SuitesAction, type SuitesState} from './suites-state.ts';

/** What a person is asked in the list of suites: by a line, or by a dialog. */
export type Asking = 'search' | 'filter' | 'again';

type Answering = {
	readonly dispatch: Dispatch<SuitesAction>;
	/** Rows of the list that show. */
	readonly page: number;
	/** Ends the question. */
	readonly close: () => void;
};

/** The line in which a search or a filter is typed; both show at once what they do. */
export function askedOf(asking: Asking | undefined, state: SuitesState, {dispatch, page, close}: Answering): Asked | undefined {
	if (asking !== 'search' && asking !== 'filter') {
		return undefined;
	}

	const apply = (text: string) => {
		dispatch(asking === 'search' ? {type: 'searched', text, height: page} : {type: 'filtered', text});
	};

	return {
		sign: asking === 'search' ? '/' : '&',
		text: asking === 'filter' ? state.filter : '',
		note: asking === 'filter' ? () => `${shownSuites(state).length} of ${state.suites.size}` : undefined,
		onChange: apply,
		onSubmit(text) {
			apply(text);
			close();
		},
		onCancel() {
			apply('');
			close();
		},
	};
}
