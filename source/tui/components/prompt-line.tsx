import {segment} from '../text/line.ts';
import {type Prompt, typeInto} from '../text/prompt.ts';
import {useKeyPress} from '../terminal/key-queue.tsx';
import {Rows} from './rows.tsx';

type PromptLineProps = {
	/** What it stands behind: `/`, `&`, `:`. */
	readonly sign: string;
	readonly prompt: Prompt;
	readonly width: number;
	/** What stands behind the text: how many match, what is wrong with it. */
	readonly note?: string;
	/** What is typed must not show. */
	readonly isHidden?: boolean;
	readonly onChange: (prompt: Prompt) => void;
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
	/** Up, down and tab, where the prompt chooses from a list. */
	readonly onMove?: (step: 1 | -1) => void;
};

/** A line to type into; while it is shown it has the keyboard. */
export function PromptLine({sign, prompt, width, note = '', isHidden = false, onChange, onSubmit, onCancel, onMove}: PromptLineProps) {
	useKeyPress(({input, key}) => {
		if (key.return) {
			onSubmit(prompt.text);
			return;
		}

		if (onMove && (key.upArrow || key.downArrow || key.tab)) {
			onMove(key.upArrow || (key.tab && key.shift) ? -1 : 1);
			return;
		}

		const next = typeInto(prompt, input, key);
		if (next === undefined) {
			onCancel();
		} else {
			onChange(next);
		}
	});
	const {cursor} = prompt;
	const text = isHidden ? '*'.repeat(prompt.text.length) : prompt.text;
	const line = [
		segment(` ${sign}`, 'accent', {bold: true}),
		segment(text.slice(0, cursor)),
		segment(text.slice(cursor, cursor + 1) || ' ', 'plain', {found: true}),
		segment(text.slice(cursor + 1)),
		segment(note === '' ? '' : `  ${note}`, 'muted'),
	];
	return <Rows lines={[line]} width={width}/>;
}
