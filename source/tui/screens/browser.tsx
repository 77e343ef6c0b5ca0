import {Box, useWindowSize} from 'ink';
import {useEffect, useMemo, useState} from 'react';
import {isTooSmall, TooSmall} from '../components/too-small.tsx';
import {useKeys} from '../hooks/use-keys.ts';
import {type BrowserEnd, type BrowserOptions} from '../open-browser.ts';
import {BrowserContext} from './context.ts';
import {HomeScreen} from './home/home-screen.tsx';
import {LaterScreen, loadInnerScreens} from './later-screen.tsx';
import {type Navigation, type Place, type ScreenSize} from './place.ts';
import {SuitesScreen} from './suites/suites-screen.tsx';

// A list is on the terminal, and has begun to fill, by then.
const laterMs = 300;

type BrowserProps = {
	readonly options: BrowserOptions;
	readonly onEnd: (end: BrowserEnd) => void;
};

/**
The screens of the browser as a stack: the top one is shown and has the keyboard, those below keep what they had read and
where their cursor was.
*/
export function Browser({options, onEnd}: BrowserProps) {
	const {columns, rows} = useWindowSize();
	const [places, setPlaces] = useState<readonly Place[]>([options.start]);
	const [context] = useState(() => ({options, onEnd}));
	const navigation = useMemo((): Navigation => ({
		isTop: places.length === 1,
		open(place) {
			setPlaces(before => [...before, place]);
		},
		back() {
			if (places.length === 1) {
				onEnd({kind: 'quit'});
			} else {
				setPlaces(before => before.slice(0, -1));
			}
		},
	}), [onEnd, places.length]);
	useEffect(() => {
		const timer = setTimeout(() => {
			void loadInnerScreens();
		}, laterMs);
		return () => {
			clearTimeout(timer);
		};
	}, []);
	if (isTooSmall(columns, rows)) {
		return <Small columns={columns} rows={rows} onQuit={navigation.back}/>;
	}

	return (
		<BrowserContext value={context}>
			<Box flexDirection='column' width={columns} height={rows}>
				{places.map((place, depth) => (
					// A place's depth is what it is: nothing is put in between.
					<Screen key={depth} place={place} navigation={navigation} isActive={depth === places.length - 1} columns={columns} rows={rows}/>
				))}
			</Box>
		</BrowserContext>
	);
}

type ScreenProps = ScreenSize & {readonly place: Place; readonly navigation: Navigation; readonly isActive: boolean};

function Screen({place, ...rest}: ScreenProps) {
	switch (place.kind) {
		case 'suites': {
			return <SuitesScreen {...rest}/>;
		}

		case 'home': {
			return <HomeScreen {...rest}/>;
		}

		case 'suite':
		case 'benchmark':
		case 'plot':
		case 'compare':
		case 'plan': {
			return <LaterScreen {...rest} place={place}/>;
		}
	}
}

function Small({columns, rows, onQuit}: ScreenSize & {readonly onQuit: () => void}) {
	useKeys(['general'], command => {
		if (command === 'quit' || command === 'interrupt') {
			onQuit();
		}
	});
	return <TooSmall columns={columns} rows={rows}/>;
}
