/*
A key press as one name: `j`, `G`, `/`, `ctrl-d`, `shift-tab`, `up`, `enter`, `esc`, `space`. The keymap is written in these.
*/
import {type Key} from 'ink';

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'page-up'],
	['pageDown', 'page-down'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies ReadonlyArray<readonly [keyof Key, string]>;

/** The names of what was pressed: several where keys came in one piece, as a fast typist's or a slow line's do. */
export function keyNames(input: string, key: Key): readonly string[] {
	if (key.eventType === 'release') {
		return [];
	}

	if (key.tab) {
		return [key.shift ? 'shift-tab' : 'tab'];
	}

	const special = named.find(([property]) => key[property]);
	if (special) {
		return [special[1]];
	}

	if (key.ctrl) {
		return [`ctrl-${input === ' ' ? 'space' : input}`];
	}

	return key.meta ? [`alt-${input}`] : [...input].map(character => nameOfCharacter(character));
}

function nameOfCharacter(character: string): string {
	switch (character) {
		case ' ': {
			return 'space';
		}

		case '\t': {
			return 'tab';
		}

		case '\r':
		case '\n': {
			return 'enter';
		}

		default: {
			return character;
		}
	}
}
