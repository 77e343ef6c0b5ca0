import {Box} from 'ink';
import {useState} from 'react';
import {useKeys} from '../hooks/use-keys.ts';
import {type Binding} from '../keys/binding.ts';
import {bindingGroups, type KeyPlace, shownKey} from '../keys/keymap.ts';
import {useLook} from '../look.ts';
import {type Line, lineOf, segment, spread} from '../text/line.ts';
import {isMoving, stepOf} from '../text/move.ts';
import {windowOn} from '../text/window.ts';
import {wrapWords} from '../text/wrap-words.ts';
import {Footer} from './footer.tsx';
import {Rows} from './rows.tsx';

type HelpProps = {
	readonly places: readonly KeyPlace[];
	/** Commands that do nothing here and now. */
	readonly without?: readonly string[];
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** All keys that hold on a screen, by group; scrolls where they do not fit. */
export function Help({places, without = [], width, height, onClose}: HelpProps) {
	const {glyphs} = useLook();
	const [from, setFrom] = useState(0);
	const lines = helpLines(places, without, width, glyphs.unicode);
	const room = height - 2;
	useKeys(['moving', 'general'], command => {
		if (isMoving(command)) {
			setFrom(Math.max(0, Math.min(Math.max(0, lines.length - room), from + stepOf(command, room))));
		} else if (command !== 'suspend' && command !== 'palette') {
			onClose();
		}
	});
	const shown = windowOn({length: lines.length, height: room, cursor: from, from});
	// Keys below the edge are found only by whoever knows that there are some.
	const isWhole = lines.length <= room;
	const [down, up] = glyphs.unicode ? ['↓', '↑'] : ['down', 'up'];
	const position = `${from === 0 ? down : (shown.to >= lines.length ? up : `${up} ${down}`)} ${from + 1}-${shown.to} of ${lines.length} `;
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Rows lines={[spread([segment(' Keys', 'plain', {bold: true}), segment('  what they do here', 'muted')], isWhole ? [] : [segment(position, 'muted')], width)]} width={width}/>
			<Rows lines={lines.slice(from, shown.to)} width={width} height={room}/>
			<Footer isInner places={['moving', 'general']} without={['palette']} width={width}/>
		</Box>
	);
}

function helpLines(places: readonly KeyPlace[], without: readonly string[], width: number, unicode: boolean): readonly Line[] {
	const groups = bindingGroups(places).map(({title, bindings}) => ({
		title,
		entries: folded(bindings.filter(({command}) => !without.includes(command)), unicode),
	}));
	const keysWidth = Math.max(16, ...groups.flatMap(({entries}) => entries.map(({keys}) => keys.length))) + 2;
	return groups.filter(({entries}) => entries.length > 0).flatMap(({title, entries}): readonly Line[] => [
		[],
		lineOf(`  ${title}`, 'accent', {bold: true}),
		...entries.flatMap(({keys, help}) => wrapWords(help, width - keysWidth - 3).map((row, nth): Line => [
			segment(`  ${(nth === 0 ? keys : '').padEnd(keysWidth)}`, 'plain', {bold: true}), segment(row, 'muted'),
		])),
	]);
}

type Entry = {readonly keys: string; readonly help: string};

// Nine processes are one line, unless a person has given one of them another key: what else there is should be found at a glance.
function folded(bindings: readonly Binding[], unicode: boolean): readonly Entry[] {
	const numbered = bindings.filter(({command, keys}) => /^pane-\d$/.test(command) && keys.length === 1 && keys[0] === command.slice(-1));
	const [first, last] = [numbered[0], numbered.at(-1)];
	const isFolded = first !== undefined && last !== undefined && numbered.length === 9;
	return bindings.flatMap((binding): readonly Entry[] => {
		if (isFolded && binding === first) {
			return [{keys: `${shownKeys(first, unicode)} ${unicode ? '…' : '-'} ${shownKeys(last, unicode)}`, help: `${first.help} ${unicode ? '…' : '-'} ${shownKeys(last, unicode)}`}];
		}

		return isFolded && numbered.includes(binding) ? [] : [{keys: shownKeys(binding, unicode), help: binding.help}];
	});
}

function shownKeys({keys}: Binding, unicode: boolean): string {
	return keys.map(key => shownKey(key, unicode)).join(' ');
}
