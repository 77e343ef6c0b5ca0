import {Box, useWindowSize} from 'ink';
import {useEffect, useState, useSyncExternalStore} from 'react';
import {RunStore} from '../../store/run-store.ts';
import {Footer} from '../components/footer.tsx';
import {Rows} from '../components/rows.tsx';
import {isTooSmall, TooSmall} from '../components/too-small.tsx';
import {useKeys} from '../hooks/use-keys.ts';
import {type ConsoleEnd, type ConsoleOptions} from '../open-console.ts';
import {lineOf} from '../text/line.ts';

export function ConsoleScreen({options, onEnd}: {readonly options: ConsoleOptions; readonly onEnd: (end: ConsoleEnd) => void}) {
	const {columns, rows} = useWindowSize();
	const [store] = useState(() => new RunStore({follow: listener => options.sources.follow(listener)}));
	useEffect(() => () => {
		store.close();
	}, [store]);
	const state = useSyncExternalStore(store.subscribe, store.state);
	useKeys(['general'], command => {
		if (command === 'quit' || command === 'interrupt') {
			onEnd({kind: state.outcome === undefined ? 'detached' : 'quit'});
		}
	});
	if (isTooSmall(columns, rows)) {
		return <TooSmall columns={columns} rows={rows}/>;
	}

	return (
		<Box flexDirection='column' width={columns} height={rows}>
			<Rows lines={[lineOf(` benchdeck  ${state.name}`)]} width={columns} height={rows - 1}/>
			<Footer places={['console', 'general']} width={columns}/>
		</Box>
	);
}
