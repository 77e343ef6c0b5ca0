/*
A screen on a terminal: the alternate buffer, raw keys, one element. Whatever ends it (an answer, a thrown error, TERM,
HUP), the terminal is as it was before. The stream that Ink writes to is a stand-in, so that a change of size reaches Ink
only after the old frame is gone: a frame drawn relative to one that the terminal has moved would be garbled. It also says
when what was painted (painter.ts) is gone.
*/
import process from 'node:process';
import {render, type Instance} from 'ink';
import {createElement, type ReactNode} from 'react';
import {messageOf} from '../../core/errors.ts';
import {type Look, LookProvider, lookFor} from '../look.ts';
import {KeyboardProvider} from './key-queue.tsx';
import {Painter} from './painter.ts';
import {ScreenContext, type ScreenControl} from './screen-control.ts';

export type ScreenOptions = {
	readonly stdin?: NodeJS.ReadStream;
	readonly stdout?: NodeJS.WriteStream;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** `dark`, `light`, `plain`, or `auto`. */
	readonly theme?: string;
	/** Listens for TERM and HUP; a test that has no process of its own leaves it out. */
	readonly signals?: boolean;
	/** @default Ink's `INK_SCREEN_READER` */
	readonly screenReader?: boolean;
};

/** How a screen ended: with an answer, by a signal, or by an error (which is thrown). */
type ScreenEnd<Answer> = {readonly kind: 'answered'; readonly answer: Answer} | {readonly kind: 'signalled'; readonly signal: 'SIGTERM' | 'SIGHUP'};

/**
Shows an element until it ends the screen; `show` gets what ends it.

@throws whatever a component throws, after the terminal is restored
*/
export async function openScreen<Answer>(show: (end: (answer: Answer) => void) => ReactNode, options: ScreenOptions = {}): Promise<ScreenEnd<Answer>> {
	const {stdin = process.stdin, stdout = process.stdout, env = process.env, theme, signals = true} = options;
	const screenReader = options.screenReader ?? env['INK_SCREEN_READER'] === 'true';
	const look: Look = lookFor(env, theme);
	let end: ScreenEnd<Answer> | undefined;
	let instance: Instance | undefined;
	const finish = (how: ScreenEnd<Answer>) => {
		end ??= how;
		painter.pause();
		instance?.unmount();
	};

	const painter = new Painter({
		write: text => stdout.write(text),
		rows: () => stdout.rows,
		onDrain(callback) {
			stdout.once('drain', callback);
		},
	});
	const stand = standIn(stdout, painter, () => {
		instance?.clear();
	});
	const control: ScreenControl = {
		stdout, look, screenReader, env, painter: screenReader ? undefined : painter,
		write(text) {
			stdout.write(text);
		},
	};
	const onSignal = (signal: 'SIGTERM' | 'SIGHUP') => {
		finish({kind: 'signalled', signal});
	};

	// What a key's handler throws is no component's error: it, too, is thrown once the terminal is restored.
	const onUncaught = (error: unknown) => {
		instance?.unmount(error instanceof Error ? error : new Error(messageOf(error)));
	};

	if (signals) {
		process.on('SIGTERM', onSignal);
		process.on('SIGHUP', onSignal);
		process.on('uncaughtException', onUncaught);
		process.on('unhandledRejection', onUncaught);
	}

	// A terminal that is gone says so on its streams; that is no reason for a stack.
	const onGone = () => {
		finish({kind: 'signalled', signal: 'SIGHUP'});
	};

	stdin.on('error', onGone);
	stdin.on('end', onGone);
	stdout.on('error', onGone);
	try {
		const element = createElement(ScreenContext, {value: control}, createElement(LookProvider, {value: look}, createElement(KeyboardProvider, null, show(answer => {
			finish({kind: 'answered', answer});
		}))));
		instance = render(element, {
			stdin, stdout: stand.stream, exitOnCtrlC: false, alternateScreen: !screenReader, incrementalRendering: true, maxFps: inkFps, interactive: true, patchConsole: true,
			isScreenReaderEnabled: screenReader,
		});
		await instance.waitUntilExit();
		return end ?? {kind: 'signalled', signal: 'SIGTERM'};
	} catch (error) {
		throw error instanceof Error ? error : new Error(messageOf(error));
	} finally {
		stand.close();
		stdin.off('error', onGone);
		stdin.off('end', onGone);
		process.off('SIGTERM', onSignal);
		process.off('SIGHUP', onSignal);
		process.off('uncaughtException', onUncaught);
		process.off('unhandledRejection', onUncaught);
		stdin.unref?.();
	}
}

const enterAlternate = '\u{1B}[?1049h';
const leaveAlternate = '\u{1B}[?1049l';
// Frames of Ink's own: all that they hold is the size of the screen.
const inkFps = 4;

// What Ink writes to: the terminal, except that it learns of a new size when the old frame is gone.
function standIn(stdout: NodeJS.WriteStream, painter: Painter, clear: () => void): {readonly stream: NodeJS.WriteStream; close(): void} {
	const listeners = new Set<() => void>();
	const stream = new Proxy(stdout, {
		get(target, property) {
			if (property === 'on' || property === 'off') {
				return (event: string, listener: () => void) => {
					if (event === 'resize') {
						listeners[property === 'on' ? 'add' : 'delete'](listener);
					} else {
						target[property](event, listener);
					}

					return stream;
				};
			}

			if (property === 'write') {
				return (text: string, ...rest: ReadonlyArray<() => void>) => {
					if (text.includes(leaveAlternate)) {
						painter.pause();
					} else if (text.includes(enterAlternate)) {
						painter.resume();
					} else {
						painter.invalidate();
					}

					// The cursor stands where the shell, or a key typed ahead, has left it; a frame begins in the corner.
					return target.write(text === enterAlternate ? `${text}\u{1B}[2J\u{1B}[H` : text, ...rest);
				};
			}

			const own: unknown = Reflect.get(target, property, target);
			return typeof own === 'function' ? own.bind(target) as unknown : own;
		},
	});
	const onResize = () => {
		clear();
		stdout.write('\u{1B}[H\u{1B}[2J');
		painter.wiped();
		for (const listener of listeners) {
			listener();
		}
	};

	stdout.on('resize', onResize);
	return {
		stream,
		close() {
			stdout.off('resize', onResize);
		},
	};
}
