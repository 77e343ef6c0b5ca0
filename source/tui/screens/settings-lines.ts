import {bindingsIn, type KeyPlace, shownKey} from '../keys/keymap.ts';
import {type Line, lineWidth, segment} from '../text/line.ts';

/** What a screen is set to: the command that changes it, and its value as people read it. */
export type Setting = {readonly command: string; readonly label: string; readonly value: string; /** A person's own choice. */ readonly isSet: boolean};

const gap = ' '.repeat(3);

/** Settings with their keys, in as many lines as they need; a value that is longer than a line is cut. */
export function settingsLines(settings: readonly Setting[], place: KeyPlace, width: number, unicode: boolean): readonly Line[] {
	const bindings = bindingsIn([place, 'searching']);
	const lines: Line[] = [];
	for (const {command, label, value, isSet} of settings) {
		const key = bindings.find(binding => binding.command === command)?.keys[0];
		const piece: Line = [
			...(key === undefined ? [] : [segment(`${shownKey(key, unicode)} `, 'accent', {bold: true})]),
			segment(label === '' ? '' : `${label} `, 'muted'),
			segment(value, isSet ? 'plain' : 'muted', {bold: isSet}),
		];
		const last = lines.at(-1);
		if (last && lineWidth(last) + gap.length + lineWidth(piece) <= width) {
			lines[lines.length - 1] = [...last, segment(gap), ...piece];
		} else {
			lines.push(piece);
		}
	}

	return lines;
}
