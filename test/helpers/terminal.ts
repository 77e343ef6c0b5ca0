/*
The built command on a terminal of its own, as a person has it.
*/
import {type TestContext} from 'node:test';
import {spawn, type IPty} from '@lydell/node-pty';
import {cli} from './command.ts';

export type OnTerminal = {
	readonly pty: IPty;
	/** What came out so far. */
	text(): string;
	readonly exited: Promise<{readonly exitCode: number; readonly signal?: number}>;
};

/** Starts the command in a pty; gone after the test. */
export function onTerminal(context: TestContext, words: readonly string[], options: {readonly cwd?: string; readonly env?: Readonly<Record<string, string>>} = {}): OnTerminal {
	const pty = spawn(process.execPath, [cli, ...words], {cols: 120, rows: 40, name: 'xterm-256color', cwd: options.cwd, env: {...process.env, ...options.env}});
	let text = '';
	pty.onData(data => {
		text += data;
	});
	const {promise, resolve} = Promise.withResolvers<{readonly exitCode: number; readonly signal?: number}>();
	let isOver = false;
	pty.onExit(end => {
		isOver = true;
		resolve(end);
	});
	context.after(() => {
		if (!isOver) {
			pty.kill('SIGKILL');
		}
	});
	return {pty, text: () => text, exited: promise};
}
