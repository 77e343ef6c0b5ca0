/*
Keys one at a time. What a fast typist, a paste or a slow line sends comes in one piece; each key of it is for the screen
that the one before has led to (`/word`, Enter). So keys wait in line, and each is handed on once React has drawn what the
last one did.
*/
import {useInput, type Key} from 'ink';
import {createContext, type ReactNode, useContext, useEffectEvent, useLayoutEffect, useState} from 'react';
import {keyNames} from '../keys/key-name.ts';

type KeyPress = {
	/** As the keymap names it: `j`, `ctrl-d`, `enter`. */
	readonly name: string;
	/** What it types, where it types something. */
	readonly input: string;
	readonly key: Key;
};

type Handler = (press: KeyPress) => void;

class KeyQueue {
	readonly handlers = new Set<Handler>();
	readonly #waiting: KeyPress[] = [];
	#isBusy = false;

	push(presses: readonly KeyPress[]): void {
		this.#waiting.push(...presses);
		if (!this.#isBusy) {
			void this.#drain();
		}
	}

	async #drain(): Promise<void> {
		this.#isBusy = true;
		for (let press = this.#waiting.shift(); press; press = this.#waiting.shift()) {
			for (const handler of this.handlers) {
				handler(press);
			}

			// React's scheduler works in immediates: one for the render, one for what the render brings about. Also after the last
			// of a piece, for the next piece may be there before them.
			for (let turn = 0; turn < 3; turn++) {
				await immediate();
			}
		}

		this.#isBusy = false;
	}
}

const KeyQueueContext = createContext<KeyQueue | undefined>(undefined);

/** Reads the keyboard for all that is in it. */
export function KeyboardProvider({children}: {readonly children: ReactNode}) {
	const [queue] = useState(() => new KeyQueue());
	useInput((input, key) => {
		const names = keyNames(input, key);
		const characters = names.length > 1 ? [...input] : [input];
		queue.push(names.map((name, place) => ({name, input: name.length > 1 && name !== 'space' && !key.ctrl && !key.meta ? '' : characters[place] ?? '', key: keyOf(name, key)})));
	});
	return <KeyQueueContext value={queue}>{children}</KeyQueueContext>;
}

/** Calls back with each key while it is active; only what is on the screen is to listen. */
export function useKeyPress(onPress: (press: KeyPress) => void, isActive = true): void {
	const queue = useContext(KeyQueueContext);
	const handle = useEffectEvent(onPress);
	useLayoutEffect(() => {
		if (!isActive || !queue) {
			return;
		}

		const handler: Handler = press => {
			handle(press);
		};

		queue.handlers.add(handler);
		return () => {
			queue.handlers.delete(handler);
		};
	}, [queue, isActive]);
}

// Enter and tab within a piece are keys of their own.
function keyOf(name: string, key: Key): Key {
	return name === 'enter' ? {...key, return: true} : (name === 'tab' ? {...key, tab: true} : key);
}

async function immediate(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}
