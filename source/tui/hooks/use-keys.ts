import {commandOf, type CommandOf, type KeyPlace} from '../keys/keymap.ts';
import {useKeyPress} from '../terminal/key-queue.tsx';

/**
Calls back with the commands of the keys pressed, as the keymap has them in these places (the most particular first).
*/
export function useKeys<Place extends KeyPlace>(places: readonly Place[], onCommand: (command: CommandOf<Place>) => void, isActive = true): void {
	useKeyPress(({name}) => {
		const command = commandOf(name, places);
		if (command !== undefined) {
			onCommand(command);
		}
	}, isActive);
}
