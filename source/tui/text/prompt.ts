/*
A line that a person types into: `/word`, `:command`. Text and cursor are plain state; Ink's cursor is not needed.
*/
import {type Key} from 'ink';

export type Prompt = {readonly text: string; readonly cursor: number};

export const emptyPrompt: Prompt = {text: '', cursor: 0};

/** The prompt after a key press, as a shell's line editor does it; undefined where Escape, or Backspace on nothing, leaves it. */
export function typeInto({text, cursor}: Prompt, input: string, key: Key): Prompt | undefined {
	if (key.escape || (key.ctrl && (input === 'c' || input === 'g'))) {
		return undefined;
	}

	if (key.backspace || key.delete) {
		return text === '' ? undefined : {text: text.slice(0, Math.max(0, cursor - 1)) + text.slice(cursor), cursor: Math.max(0, cursor - 1)};
	}

	if (key.leftArrow || (key.ctrl && input === 'b')) {
		return {text, cursor: Math.max(0, cursor - 1)};
	}

	if (key.rightArrow || (key.ctrl && input === 'f')) {
		return {text, cursor: Math.min(text.length, cursor + 1)};
	}

	if (key.home || (key.ctrl && input === 'a')) {
		return {text, cursor: 0};
	}

	if (key.end || (key.ctrl && input === 'e')) {
		return {text, cursor: text.length};
	}

	if (key.ctrl && input === 'u') {
		return {text: text.slice(cursor), cursor: 0};
	}

	if (key.ctrl && input === 'w') {
		const kept = text.slice(0, cursor).replace(/\S*\s*$/, '');
		return {text: kept + text.slice(cursor), cursor: kept.length};
	}

	// What was pasted is text, its control characters are not.
	const typed = key.ctrl || key.meta ? '' : input.replaceAll(/\p{Control}/gu, '');
	return {text: text.slice(0, cursor) + typed + text.slice(cursor), cursor: cursor + typed.length};
}
