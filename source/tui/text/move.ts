/*
Cursor and scroll as one rule: the moving commands of the keymap change a position in a list or a text.
*/
import {type MovingCommand} from '../keys/common-keys.ts';

/** How far a command moves, in rows, on a page of a height; ±Infinity goes to the end, 0 for sideways. */
export function stepOf(command: MovingCommand, height: number): number {
	const page = Math.max(1, height - 1);
	switch (command) {
		case 'down': {
			return 1;
		}

		case 'up': {
			return -1;
		}

		case 'half-page-down': {
			return Math.max(1, Math.floor(height / 2));
		}

		case 'half-page-up': {
			return -Math.max(1, Math.floor(height / 2));
		}

		case 'page-down': {
			return page;
		}

		case 'page-up': {
			return -page;
		}

		case 'start': {
			return -Infinity;
		}

		case 'end': {
			return Infinity;
		}

		case 'left':
		case 'right': {
			return 0;
		}
	}
}

const moving: ReadonlySet<string> = new Set<MovingCommand>(['up', 'down', 'left', 'right', 'half-page-up', 'half-page-down', 'page-up', 'page-down', 'start', 'end']);

export function isMoving(command: string): command is MovingCommand {
	return moving.has(command);
}
