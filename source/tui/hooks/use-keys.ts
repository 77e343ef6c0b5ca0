import {useInput} from 'ink';
import {keyNames} from '../keys/key-name.ts';
import {commandOf, type CommandOf, type KeyPlace} from '../keys/keymap.ts';

/**
Calls back with the commands of the keys pressed, as the keymap has them in these places (the most particular first).
*/
export function useKeys<Place extends KeyPlace>(places: readonly Place[], onCommand: (command: CommandOf<Place>) => void, isActive = true): void {
	useInput((input, key) => {
		for (const name of keyNames(input, key)) {
			const command = commandOf(name, places);
			if (command !== undefined) {
				onCommand(command);
			}
		}
	}, {isActive});
}
