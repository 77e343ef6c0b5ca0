/*
A command in a pseudo-terminal of the kernel, read through the same emulator as FakeTerminal's: what a person would see,
and whether the terminal is as it was afterwards.
*/
import assert from 'node:assert/strict';
import {once} from 'node:events';
import process from 'node:process';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {keyBytes, screenDeadlineMs} from './fake-terminal.ts';

export type PtyOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

export class PtyCommand {
	readonly pid: number;
	readonly #pty: IPty;
	readonly #terminal: xterm.Terminal;
	readonly #listeners = new Set<() => void>();
	#exit: {readonly exitCode: number; readonly signal?: number} | undefined;

	constructor(file: string, args: readonly string[], {columns = 120, rows = 40, env = {}, cwd = process.cwd()}: PtyOptions = {}) {
		this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
		const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined || name === 'CI' ? [] : [[name, value]])));
		this.#pty = spawn(file, [...args], {cols: columns, rows, cwd, env: {...inherited, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env}});
		this.pid = this.#pty.pid;
		this.#pty.onData(data => {
			this.#terminal.write(data, () => {
				this.#changed();
			});
		});
		this.#pty.onExit(exit => {
			this.#exit = exit;
			this.#terminal.write('', () => {
				this.#changed();
			});
		});
	}

	text(): string {
		const {active} = this.#terminal.buffer;
		return Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '').join('\n');
	}

	/** The screen, cell by cell. */
	get buffer(): xterm.IBuffer {
		return this.#terminal.buffer.active;
	}

	isAlternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	/** Whether the cursor is hidden, or the mouse or bracketed paste is still on. */
	get modes(): xterm.IModes {
		return this.#terminal.modes;
	}

	press(...keys: readonly string[]): void {
		for (const key of keys) {
			this.#pty.write(keyBytes(key));
		}
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: string): void {
		this.#pty.kill(signal);
	}

	async waitFor(wanted: string | RegExp, deadlineMs = screenDeadlineMs): Promise<string> {
		return this.#until(() => (typeof wanted === 'string' ? this.text().includes(wanted) : wanted.test(this.text())), `show ${String(wanted)}`, deadlineMs).then(() => this.text());
	}

	/** Resolves when the command has ended and all it wrote is on the screen. */
	async exited(deadlineMs = screenDeadlineMs): Promise<{readonly exitCode: number; readonly signal?: number}> {
		await this.#until(() => this.#exit !== undefined, 'end', deadlineMs);
		return this.#exit!;
	}

	/** Closes the terminal, as closing its window does: the command gets HUP. */
	close(): void {
		this.#pty.kill('SIGHUP');
	}

	async #until(isTrue: () => boolean, what: string, deadlineMs: number): Promise<void> {
		if (isTrue()) {
			return;
		}

		const signal = AbortSignal.timeout(deadlineMs);
		await new Promise<void>((resolve, reject) => {
			const look = () => {
				if (isTrue()) {
					this.#listeners.delete(look);
					resolve();
				}
			};

			this.#listeners.add(look);
			void once(signal, 'abort').then(() => {
				this.#listeners.delete(look);
				reject(new assert.AssertionError({message: `The command did not ${what}:\n${this.text()}`}));
			});
		});
	}

	#changed(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
