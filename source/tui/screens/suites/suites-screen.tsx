import {useReducer, useState} from 'react';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {useScreen} from '../../terminal/screen-control.ts';
import {segment} from '../../text/line.ts';
import {AgainDialog} from '../again-dialog.tsx';
import {useBrowser} from '../context.ts';
import {copySequence} from '../copy.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {type Asking, askedOf} from './suites-asked.ts';
import {suitesCommands} from './suites-commands.ts';
import {suiteShortcut, suitesLines} from './suites-lines.ts';
import {currentSuite, emptySuites, reduceSuites, shownSuites} from './suites-state.ts';
import {rightOf, statusOf} from './suites-titles.ts';
import {useChanges, useListing} from './use-suites.ts';

/** The suites in the roots: listed at once, filled in as they are read, running ones live. */
export function SuitesScreen({navigation, isActive, columns, rows}: ScreenProps) {
	const {glyphs} = useLook();
	const {options: {roots, clock = Date.now}} = useBrowser();
	const screen = useScreen();
	const [state, dispatch] = useReducer(reduceSuites, emptySuites);
	const [asking, setAsking] = useState<Asking>();
	const [message, setMessage] = useState('');
	useListing(roots, clock, dispatch);
	useChanges(state, roots, clock, isActive, dispatch);

	const height = rows - pageRows;
	const page = height - 1;
	const current = currentSuite(state);
	const chosen = state.marked.length > 0 ? state.marked : (current ? [current.path] : []);
	const close = () => {
		setAsking(undefined);
	};

	return (
		<Page
			columns={columns}
			rows={rows}
			isActive={isActive}
			navigation={navigation}
			places={['suites', 'moving', 'searching']}
			first={['open', 'mark', 'compare', 'plot', 'again', 'search', 'filter', 'sort']}
			title={[segment('suites', 'plain', {bold: true}), segment(`  ${roots.join(', ')}`, 'muted')]}
			right={rightOf(state)}
			status={statusOf(state, current, message)}
			asked={askedOf(asking, state, {dispatch, page, close})}
			dialog={
				asking === 'again' && (
					<AgainDialog directories={chosen} width={columns} height={rows} onCancel={close}/>
				)
			}
			shortcuts={() =>
				shownSuites(state).map((suite): Shortcut => ({
					...suiteShortcut(suite),
					take() {
						navigation.open({kind: 'suite', path: suite.path});
					},
				}))
			}
			onBack={() => {
				const hasMore = state.marked.length > 0 || state.filter !== '';
				dispatch({type: 'unmarked'});
				dispatch({type: 'filtered', text: ''});
				return hasMore;
			}}
			onCommand={suitesCommands({current, chosen, dispatch, navigation, page, ask: setAsking, say: setMessage, copy(text) {
				screen?.write(copySequence(text));
			}})}
		>
			<Rows lines={suitesLines(state, {glyphs, width: columns, height})} width={columns} height={height} />
		</Page>
	);
}
