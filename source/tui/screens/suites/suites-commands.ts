import {type Dispatch} from 'react';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {type CommandOf} from '../../keys/keymap.ts';
import {isMoving} from '../../text/move.ts';
import {type Navigation} from '../place.ts';
import {type Asking} from './suites-asked.ts';
import {type SuitesAction} from './suites-state.ts';

type CommandsOptions = {
	readonly current: ListedSuite | undefined;
	/** Paths of the suites that are marked, else of the one under the cursor. */
	readonly chosen: readonly string[];
	readonly dispatch: Dispatch<SuitesAction>;
	readonly navigation: Navigation;
	/** Rows of the list that show. */
	readonly page: number;
	readonly ask: (what: Asking | undefined) => void;
	readonly say: (message: string) => void;
	readonly copy: (text: string) => void;
};

/** What keys do in the list of suites. */
export function suitesCommands({current, chosen, dispatch, navigation, page, ask, say, copy}: CommandsOptions): (command: CommandOf<'suites' | 'moving' | 'searching'>) => void {
	return command => {
		say('');
		if (isMoving(command)) {
			dispatch({type: 'moved', command, height: page});
			return;
		}

		switch (command) {
			case 'search':
			case 'filter': {
				ask(command);
				break;
			}

			case 'again': {
				ask(chosen.length > 0 ? command : undefined);
				break;
			}

			case 'next-match':
			case 'previous-match': {
				dispatch({type: 'went-to-match', step: command === 'next-match' ? 1 : -1, height: page});
				break;
			}

			case 'open': {
				if (current) {
					navigation.open({kind: 'suite', path: current.path});
				}

				break;
			}

			case 'mark': {
				dispatch({type: 'marked', height: page});
				break;
			}

			case 'compare': {
				if (chosen.length > 1) {
					navigation.open({kind: 'compare', paths: chosen});
				} else {
					say('Mark two suites or more with space, the baseline first.');
				}

				break;
			}

			case 'plot': {
				if (chosen.length > 0) {
					navigation.open({kind: 'plot', paths: chosen});
				}

				break;
			}

			case 'sort': {
				dispatch({type: 'sorted'});
				break;
			}

			case 'reverse': {
				dispatch({type: 'reversed'});
				break;
			}

			case 'copy-path': {
				if (current) {
					copy(current.path);
					say('Copied the path, through OSC 52.');
				}

				break;
			}
		}
	};
}
