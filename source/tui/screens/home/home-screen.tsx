import {useState} from 'react';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {lineOf, segment} from '../../text/line.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {clampCursor, windowOn} from '../../text/window.ts';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
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
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['home', 'moving']} without={['palette']}
			title={[segment('home', 'plain', {bold: true}), segment(`  ${options.roots.join(', ')}`, 'muted')]} status={lineOf(message, 'accent')}
			onCommand={command => {
				setMessage('');
				if (isMoving(command)) {
					setWanted(clampCursor(cursor + stepOf(command, height), items.length));
					return;
				}

				switch (command) {
					case 'open': {
						if (item?.kind === 'run') {
							navigation.open({kind: 'suite', path: item.run.suite.path});
						} else if (item) {
							navigation.open({kind: 'plan', suite: item.suite.name});
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

function whyNotResumed(item: HomeItem | undefined): string {
	if (item?.kind !== 'run') {
		return 'Enter shows the plan, and runs it from there.';
	}

	const {status} = item.run.suite;
	return status === 'failed' || status === 'interrupted' ? 'Nothing in its directory says how it was started; run its suite by name.' : 'Nothing is missing of it.';
}
