import {useState} from 'react';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {lineOf, segment} from '../../text/line.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {type PaletteEntry} from '../../text/palette.ts';
import {clampCursor, windowOn} from '../../text/window.ts';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {suiteShortcut} from '../suites/suites-lines.ts';
import {type HomeItem, homeItems, homeLines} from './home-lines.ts';
import {useHome} from './use-home.ts';

/** The start screen: what ran last, what went wrong first, and what can be run. */
export function HomeScreen({navigation, isActive, columns, rows}: ScreenProps) {
	const {glyphs} = useLook();
	const {options, onEnd} = useBrowser();
	const data = useHome(options, isActive);
	const [wanted, setWanted] = useState(0);
	const [message, setMessage] = useState('');
	const items = homeItems(data);
	const cursor = clampCursor(wanted, items.length);
	const item = items[cursor];
	const height = rows - pageRows;
	const {lines, at} = homeLines(data, cursor, {glyphs, width: columns});
	const {from, to} = windowOn({length: lines.length, height, cursor: at, from: Math.max(0, at - Math.floor(height / 2))});
	const open = (one: HomeItem) => {
		navigation.open(one.kind === 'run' ? {kind: 'suite', path: one.run.suite.path} : {kind: 'plan', suite: one.suite.name});
	};

	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['home', 'moving']}
			title={[segment('home', 'plain', {bold: true}), segment(`  ${options.roots.join(', ')}`, 'muted')]} status={lineOf(message, 'accent')}
			shortcuts={() => items.map((one): Shortcut => ({...shortcutOf(one), take() {
				open(one);
			}}))}
			onCommand={command => {
				setMessage('');
				if (isMoving(command)) {
					setWanted(clampCursor(cursor + stepOf(command, height), items.length));
					return;
				}

				switch (command) {
					case 'open': {
						if (item) {
							open(item);
						}

						break;
					}

					case 'resume': {
						if (item?.kind === 'run' && item.run.canResume) {
							onEnd({kind: 'resume', directories: [item.run.suite.path]});
						} else {
							setMessage(whyNotResumed(item));
						}

						break;
					}

					case 'all-suites': {
						navigation.open({kind: 'suites'});
						break;
					}
				}
			}}
		>
			<Rows lines={lines.slice(from, to)} width={columns} height={height}/>
		</Page>
	);
}

function shortcutOf(item: HomeItem): PaletteEntry {
	return item.kind === 'run' ? suiteShortcut(item.run.suite) : {kind: 'place', name: item.suite.name, detail: 'the plan of this suite', keys: []};
}

function whyNotResumed(item: HomeItem | undefined): string {
	if (item?.kind !== 'run') {
		return 'Enter shows the plan, and runs it from there.';
	}

	const {status} = item.run.suite;
	return status === 'failed' || status === 'interrupted' ? 'Nothing in its directory says how it was started; run its suite by name.' : 'Nothing is missing of it.';
}
