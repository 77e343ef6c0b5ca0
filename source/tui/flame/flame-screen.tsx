import {Box, useWindowSize} from 'ink';
import {useState} from 'react';
import {type Flame} from '../../core/flame-tree.ts';
import {Footer} from '../components/footer.tsx';
import {Help} from '../components/help.tsx';
import {PromptLine} from '../components/prompt-line.tsx';
import {Rows} from '../components/rows.tsx';
import {useKeys} from '../hooks/use-keys.ts';
import {type KeyPlace} from '../keys/keymap.ts';
import {segment, spread} from '../text/line.ts';
import {emptyPrompt, type Prompt} from '../text/prompt.ts';
import {findFlame, flameLines, flameStatus, type FlameMove, flameView, moveFlame} from './flame-view.ts';

type FlameScreenProps = {readonly flame: Flame; readonly title: string; readonly unit: string; readonly onEnd: (answer: 'quit') => void};

const places = ['flame', 'moving', 'searching', 'general'] as const satisfies readonly KeyPlace[];
/** What leads nowhere in a picture that its cursor scrolls. */
const without = ['filter', 'palette', 'end', 'half-page-down', 'half-page-up', 'page-down', 'page-up'];
const moves: readonly string[] = ['up', 'down', 'left', 'right', 'zoom', 'wider', 'start'] satisfies readonly FlameMove[];
/** Header, status, footer. */
const frameRows = 3;

/** A flame graph that a person walks through: zoom into frames, search names. */
export function FlameScreen({flame, title, unit, onEnd}: FlameScreenProps) {
	const {columns, rows} = useWindowSize();
	const [view, setView] = useState(() => flameView(flame));
	const [prompt, setPrompt] = useState<Prompt>();
	const [isHelping, setIsHelping] = useState(false);
	useKeys(places, command => {
		if (moves.includes(command)) {
			setView(moveFlame(view, command as FlameMove));
		} else {
			switch (command) {
				case 'search': {
					setPrompt(emptyPrompt);

					break;
				}

				case 'next-match':
				case 'previous-match': {
					setView(findFlame(view, command === 'next-match' ? 1 : -1));

					break;
				}

				case 'help': {
					setIsHelping(true);

					break;
				}

				default: {if (command === 'back' && view.zoom > 0) {
					setView(moveFlame(view, 'wider'));
				} else if (command === 'quit' || command === 'interrupt') {
					onEnd('quit');
				}}
			}
		}
	}, prompt === undefined && !isHelping);
	if (isHelping) {
		return (
			<Help
				places={places} without={without} width={columns} height={rows}
				onClose={() => {
					setIsHelping(false);
				}}
			/>
		);
	}

	return (
		<Box flexDirection='column' width={columns} height={rows}>
			<Rows lines={[spread([segment(` ${title}`, 'plain', {bold: true})], [segment(`${flame.value.toLocaleString('en')} ${unit} `, 'muted')], columns)]} width={columns}/>
			<Rows lines={flameLines(view, columns, rows - frameRows)} width={columns} height={rows - frameRows}/>
			{prompt === undefined
				? <Rows lines={[[segment(` ${flameStatus(view, unit)}`)]]} width={columns}/>
				: (
					<PromptLine
						sign='/' prompt={prompt} width={columns}
						onChange={setPrompt}
						onSubmit={text => {
							setPrompt(undefined);
							setView(findFlame({...view, search: text}, 1));
						}}
						onCancel={() => {
							setPrompt(undefined);
						}}
					/>
				)}
			<Footer places={places} first={['zoom', 'wider', 'search']} without={without} width={columns}/>
		</Box>
	);
}
