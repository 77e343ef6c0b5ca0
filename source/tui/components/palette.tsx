import {useState} from 'react';
import {type Binding} from '../keys/binding.ts';
import {useLook} from '../look.ts';
import {type PaletteEntry, paletteEntries, paletteLines} from '../text/palette.ts';
import {emptyPrompt} from '../text/prompt.ts';
import {PromptLine} from './prompt-line.tsx';
import {Rows} from './rows.tsx';

/** What a palette offers beside the commands of the keys: a place to go to. */
export type Shortcut = PaletteEntry & {readonly take: () => void};

type PaletteProps = {
	/** What the keys do here and now. */
	readonly bindings: readonly Binding[];
	readonly shortcuts: readonly Shortcut[];
	readonly width: number;
	/** The list and the line under it. */
	readonly height: number;
	readonly onCommand: (command: string) => void;
	readonly onClose: () => void;
};

/** Everything that can be done here, by name: a list, and under it what is typed to narrow it. */
export function Palette({bindings, shortcuts, width, height, onCommand, onClose}: PaletteProps) {
	const {glyphs} = useLook();
	const [prompt, setPrompt] = useState(emptyPrompt);
	const [wanted, setWanted] = useState(0);
	const entries = paletteEntries(bindings, shortcuts, prompt.text);
	const choice = Math.max(0, Math.min(wanted, entries.length - 1));
	const take = () => {
		const entry = entries[choice];
		onClose();
		if (entry && 'take' in entry) {
			entry.take();
		} else if (entry) {
			onCommand(entry.name);
		}
	};

	return (
		<>
			<Rows lines={paletteLines(entries, choice, {width, height: height - 1}, glyphs)} width={width} height={height - 1}/>
			<PromptLine
				sign=':' prompt={prompt} width={width} note={`${entries.length} of everything`}
				onChange={next => {
					setPrompt(next);
					setWanted(0);
				}}
				onMove={step => {
					setWanted(Math.max(0, Math.min(entries.length - 1, choice + step)));
				}}
				onSubmit={take} onCancel={onClose}
			/>
		</>
	);
}
