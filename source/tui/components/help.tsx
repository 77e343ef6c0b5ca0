import {Box} from 'ink';
import {useState} from 'react';
import {useKeys} from '../hooks/use-keys.ts';
import {bindingsIn, type KeyPlace, keymap, shownKey} from '../keys/keymap.ts';
import {useLook} from '../look.ts';
import {type Line, lineOf, segment} from '../text/line.ts';
import {isMoving, stepOf} from '../text/move.ts';
import {windowOn} from '../text/window.ts';
import {Footer} from './footer.tsx';
import {Rows} from './rows.tsx';

type HelpProps = {
	readonly places: readonly KeyPlace[];
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** All keys that hold on a screen, by group; scrolls where they do not fit. */
export function Help({places, width, height, onClose}: HelpProps) {
	const {glyphs} = useLook();
	const [from, setFrom] = useState(0);
	const lines = helpLines(places, width, glyphs.unicode);
	const room = height - 2;
	useKeys(['moving', 'general'], command => {
		if (isMoving(command)) {
			setFrom(Math.max(0, Math.min(Math.max(0, lines.length - room), from + stepOf(command, room))));
		} else if (command !== 'suspend' && command !== 'palette') {
			onClose();
		}
	});
	const shown = windowOn({length: lines.length, height: room, cursor: from, from});
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Rows lines={[[segment(' Keys', 'plain', {bold: true}), segment('  what they do here', 'muted')]]} width={width}/>
			<Rows lines={lines.slice(from, shown.to)} width={width} height={room}/>
			<Footer places={['moving', 'general']} without={['palette']} width={width}/>
		</Box>
	);
}

// Two columns where there is room for them.
function helpLines(places: readonly KeyPlace[], width: number, unicode: boolean): readonly Line[] {
	const all = places.flatMap((place, index): readonly Line[] => {
		const bindings = bindingsIn(places.slice(0, index + 1)).filter(binding => (keymap[place].bindings as readonly unknown[]).includes(binding));
		return bindings.length === 0
			? []
			: [
				[],
				lineOf(`  ${keymap[place].title}`, 'accent', {bold: true}),
				...bindings.map(({keys, help}): Line => [segment(`  ${keys.map(key => shownKey(key, unicode)).join(' ').padEnd(18)}`, 'plain', {bold: true}), segment(help, 'muted')]),
			];
	});
	return width > 0 ? all : [];
}
