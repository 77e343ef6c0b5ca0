import {useReducer, useState} from 'react';
import {plainText} from '../../../logs/styled-text.ts';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {Dialog} from '../../components/dialog.tsx';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {useScreen} from '../../terminal/screen-control.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {isMoving} from '../../text/move.ts';
import {useBrowser} from '../context.ts';
import {copySequence} from '../copy.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {suiteShortcut, suitesLines} from './suites-lines.ts';
import {currentSuite, emptySuites, reduceSuites, shownSuites, type SuitesState} from './suites-state.ts';
import {useChanges, useListing} from './use-suites.ts';

/** The suites in the roots: listed at once, filled in as they are read, running ones live. */
export function SuitesScreen({navigation, isActive, columns, rows}: ScreenProps) {
	const {glyphs} = useLook();
	const {options: {roots, clock = Date.now}, onEnd} = useBrowser();
	const screen = useScreen();
	const [state, dispatch] = useReducer(reduceSuites, emptySuites);
	const [asking, setAsking] = useState<'search' | 'filter' | 'again'>();
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

	const asked: Asked | undefined = asking !== undefined && asking !== 'again'
		? {
			sign: asking === 'search' ? '/' : '&',
			text: asking === 'filter' ? state.filter : '',
			note: asking === 'filter' ? () => `${shownSuites(state).length} of ${state.suites.size}` : undefined,
			onChange(text) {
				dispatch(asking === 'search' ? {type: 'searched', text, height: page} : {type: 'filtered', text});
			},
			onSubmit(text) {
				dispatch(asking === 'search' ? {type: 'searched', text, height: page} : {type: 'filtered', text});
				close();
			},
			onCancel() {
				dispatch(asking === 'search' ? {type: 'searched', text: '', height: page} : {type: 'filtered', text: ''});
				close();
			},
		}
		: undefined;
	const answer = (kind: 'resume' | 'again') => () => {
		onEnd({kind, directories: chosen});
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
			asked={asked}
			dialog={
				asking === 'again' && (
					<Dialog
						question={chosen.length === 1 ? 'Run this suite?' : `Run these ${chosen.length} suites, one after another?`}
						notes={chosen.map(path => path.slice(path.lastIndexOf('/') + 1))}
						width={columns}
						height={rows}
						choices={[
							{key: 'm', label: 'what is missing or failed', take: answer('resume')},
							{key: 'a', label: 'all of it again, in a new directory', take: answer('again')},
						]}
						onCancel={close}
					/>
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
			onCommand={command => {
				setMessage('');
				if (isMoving(command)) {
					dispatch({type: 'moved', command, height: page});
					return;
				}

				switch (command) {
					case 'search':
					case 'filter': {
						setAsking(command);
						break;
					}

					case 'again': {
						setAsking(chosen.length > 0 ? command : undefined);
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
							setMessage('Mark two suites or more with space, the baseline first.');
						}

						break;
					}

					case 'plot': {
						if (chosen.length > 0) {
							navigation.open({kind: 'plot', paths: chosen});
						}

						break;
					}

					case 'sort':
					case 'reverse': {
						dispatch({type: command === 'sort' ? 'sorted' : 'reversed'});
						break;
					}

					case 'copy-path': {
						if (current) {
							screen?.write(copySequence(current.path));
							setMessage('Copied the path, through OSC 52.');
						}

						break;
					}
				}
			}}
		>
			<Rows lines={suitesLines(state, {glyphs, width: columns, height})} width={columns} height={height} />
		</Page>
	);
}

function rightOf({suites, isComplete, marked}: SuitesState): Line {
	const running = [...suites.values()].filter(({status}) => status === 'running').length;
	return [
		...(marked.length > 0 ? [segment(`${marked.length} marked  `, 'accent')] : []),
		...(running > 0 ? [segment(`${running} running  `, 'accent')] : []),
		segment(`${suites.size} suite${suites.size === 1 ? '' : 's'}${isComplete ? '' : ', reading …'}`, 'muted'),
	];
}

function statusOf({search, filter, problem}: SuitesState, current: ListedSuite | undefined, message: string): Line {
	if (message !== '') {
		return lineOf(message, 'accent');
	}

	const parts = [filter === '' ? '' : `only ${filter}`, search === '' ? '' : `/${search}`].filter(part => part !== '');
	if (problem !== undefined || parts.length > 0) {
		return problem === undefined ? lineOf(parts.join('  '), 'faint') : lineOf(problem, 'warn');
	}

	// A narrow list has little room for notes.
	const remark = current?.problem ?? current?.note;
	return [segment(current?.name ?? '', 'faint'), ...(remark === undefined ? [] : [segment(`  ${plainText(remark)}`, current?.problem === undefined ? 'muted' : 'warn')])];
}
