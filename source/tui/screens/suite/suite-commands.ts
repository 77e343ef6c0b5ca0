import {type Dispatch} from 'react';
import {type CommandOf} from '../../keys/keymap.ts';
import {isMoving} from '../../text/move.ts';
import {type BrowserControl} from '../context.ts';
import {type Navigation} from '../place.ts';
import {type Asking} from './suite-asked.ts';
import {type SuiteAction, type SuiteState} from './suite-state.ts';
import {type TableSearch} from './use-row-search.ts';

type CommandsOptions = Pick<BrowserControl, 'onEnd'> & {
	readonly dispatch: Dispatch<SuiteAction>;
	readonly rowSearch: TableSearch;
	readonly navigation: Navigation;
	/** Rows of the table that show. */
	readonly page: number;
	readonly ask: (what: Asking | undefined) => void;
	readonly toggleTriage: () => void;
};

/** What keys do in a suite's table. */
export function suiteCommands(state: SuiteState, {dispatch, rowSearch, navigation, onEnd, page, ask, toggleTriage}: CommandsOptions): (command: CommandOf<'suite' | 'moving' | 'searching'>) => void {
	const {set} = state;
	const current = state.rows[state.row];
	return command => {
		if (isMoving(command)) {
			rowSearch.stop();
			dispatch({type: 'moved', command, height: page});
			return;
		}

		switch (command) {
			case 'open': {
				if (current?.kind === 'folded' || current?.kind === 'opened') {
					dispatch({type: 'toggled-row'});
				} else if (current && set.run) {
					navigation.open({kind: 'benchmark', path: set.path, id: current.row.id});
				} else if (!state.hasDetails) {
					dispatch({type: 'toggled-details'});
				}

				break;
			}

			case 'columns':
			case 'search':
			case 'filter': {
				ask(command);
				break;
			}

			case 'again': {
				ask(set.run ? command : undefined);
				break;
			}

			case 'next-match':
			case 'previous-match': {
				rowSearch.again(command === 'next-match' ? 1 : -1);
				break;
			}

			case 'sort': {
				dispatch({type: 'sorted'});
				break;
			}

			case 'hide': {
				dispatch({type: 'hid'});
				break;
			}

			case 'freeze': {
				dispatch({type: 'froze'});
				break;
			}

			case 'fold': {
				dispatch({type: 'folded'});
				break;
			}

			case 'details': {
				dispatch({type: 'toggled-details'});
				break;
			}

			case 'triage': {
				toggleTriage();
				break;
			}

			case 'plot': {
				navigation.open({kind: 'plot', paths: [set.path]});
				break;
			}

			case 'live': {
				if (set.run?.state) {
					onEnd({kind: 'attach', directory: set.path});
				}

				break;
			}
		}
	};
}
