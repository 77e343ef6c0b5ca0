import {Box} from 'ink';
import {useState} from 'react';
import {framed} from '../../components/dialog.tsx';
import {Rows} from '../../components/rows.tsx';
import {useKeys} from '../../hooks/use-keys.ts';
import {useLook} from '../../look.ts';
import {type Line, segment} from '../../text/line.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {clampCursor, windowOn} from '../../text/window.ts';
import {Footer} from '../../components/footer.tsx';
import {selectedLine} from '../row-style.ts';

type ChooserProps = {
	readonly choice: ReadonlyArray<{readonly name: string; readonly isShown: boolean}>;
	readonly width: number;
	readonly height: number;
	readonly onAccept: (names: readonly string[]) => void;
	readonly onCancel: () => void;
};

/** Every field, with those that are columns marked. */
export function ColumnChooser({choice, width, height, onAccept, onCancel}: ChooserProps) {
	const {glyphs} = useLook();
	const [shown, setShown] = useState<ReadonlySet<string>>(() => new Set(choice.filter(({isShown}) => isShown).map(({name}) => name)));
	const [cursor, setCursor] = useState(0);
	const room = Math.max(1, height - 5);
	useKeys(['chooser', 'moving', 'general'], command => {
		if (isMoving(command)) {
			setCursor(clampCursor(cursor + stepOf(command, room), choice.length));
		} else {
			switch (command) {
				case 'toggle': {
					const names = new Set(shown);
					const name = choice[cursor]?.name ?? '';
					if (!names.delete(name)) {
						names.add(name);
					}

					setShown(names);
					setCursor(clampCursor(cursor + 1, choice.length));

					break;
				}

				case 'accept': {
					onAccept(choice.map(({name}) => name).filter(name => shown.has(name)));

					break;
				}

				case 'back':
				case 'quit':
				case 'interrupt': {
					onCancel();

					break;
				}
 // No default
			}
		}
	});
	const {from, to} = windowOn({length: choice.length, height: room, cursor, from: Math.max(0, cursor - Math.floor(room / 2))});
	const inner = Math.min(width - 4, Math.max(40, ...choice.map(({name}) => name.length + 8)));
	const lines = choice.slice(from, to).map(({name}, index): Line => {
		const line = [segment(shown.has(name) ? ` ${glyphs.done} ` : ' '.repeat(3), 'good'), segment(name, shown.has(name) ? 'plain' : 'muted')];
		return from + index === cursor ? selectedLine(line, inner) : line;
	});
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Box width={width} height={height - 1} alignItems='center' justifyContent='center'>
				<Rows lines={framed(lines, inner, glyphs.unicode, `Columns: ${shown.size} of ${choice.length}`)} width={inner + 2}/>
			</Box>
			<Footer isInner places={['chooser', 'general']} without={['palette', 'help']} width={width}/>
		</Box>
	);
}
