/*
A terminal without a window: what an app writes goes through a real emulator (@xterm/headless), so that a test reads the
screen cell by cell, as a person would see it.
*/
import assert from 'node:assert/strict';
import {PassThrough, Writable} from 'node:stream';
import xterm from '@xterm/headless';

const named: Readonly<Record<string, string>> = {
	enter: '\r', esc: '\u{1B}', tab: '\t', 'shift-tab': '\u{1B}[Z', space: ' ', backspace: '\u{7F}',
	up: '\u{1B}[A', down: '\u{1B}[B', right: '\u{1B}[C', left: '\u{1B}[D', 'page-up': '\u{1B}[5~', 'page-down': '\u{1B}[6~', home: '\u{1B}[H', end: '\u{1B}[F',
};

/** The bytes of a key by its name in the keymap: `j`, `ctrl-d`, `enter`. */
export function keyBytes(key: string): string {
	const control = /^ctrl-(?<letter>[a-z])$/.exec(key)?.groups?.['letter'];
	return control === undefined ? named[key] ?? key : String.fromCodePoint(control.codePointAt(0)! - 96);
}

/** A screen that a test waits for; a minute is for a machine that is busy. */
export const screenDeadlineMs = 60_000;

/** A stream as the keyboard of a terminal. */
export function keyboardOf(input: PassThrough, onRaw: (mode: boolean) => void = () => undefined): NodeJS.ReadStream {
	const stdin: NodeJS.ReadStream = Object.assign(input, {
		isTTY: true,
		setRawMode(mode: boolean) {
			onRaw(mode);
			return stdin;
		},
		ref: () => stdin,
		unref: () => stdin,
	}) as PassThrough & NodeJS.ReadStream;
	return stdin;
}

export class FakeTerminal {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly #terminal: xterm.Terminal;
	readonly #input: PassThrough;
	readonly #listeners = new Set<() => void>();
	/** Everything that was written. */
	written = '';
	/** How many writes began a frame. */
	writes = 0;
	isRaw = false;

	constructor(columns = 120, rows = 40) {
		this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000, convertEol: true});
		this.#input = new PassThrough();
		this.stdin = keyboardOf(this.#input, mode => {
			this.isRaw = mode;
		});
		const output = new Writable({
			decodeStrings: false,
			write: (chunk: string | Uint8Array, _encoding, done) => {
				this.writes++;
				this.written += String(chunk);
				this.#terminal.write(chunk, () => {
					done();
					for (const listener of this.#listeners) {
						listener();
					}
				});
			},
		});
		this.stdout = Object.assign(output, {isTTY: true, columns, rows, getColorDepth: () => 24, hasColors: () => true}) as typeof output & NodeJS.WriteStream;
	}

	/** The rows of the screen, without spaces at their ends. */
	rows(): readonly string[] {
		const {active} = this.#terminal.buffer;
		return Array.from({length: this.#terminal.rows}, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '');
	}

	text(): string {
		return this.rows().join('\n');
	}

	/** Whether the alternate screen is shown. */
	isAlternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	/** The emulator's buffer, for pictures. */
	get buffer(): xterm.IBuffer {
		return this.#terminal.buffer.active;
	}

	/** Presses keys, by their names in the keymap. */
	press(...keys: readonly string[]): void {
		for (const key of keys) {
			this.#input.write(keyBytes(key));
		}
	}

	/** The terminal's window gets another size. */
	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		Object.assign(this.stdout, {columns, rows});
		this.stdout.emit('resize');
	}

	/** Resolves once the screen shows a text, or passes a test. */
	async waitFor(wanted: string | RegExp | ((text: string) => boolean), deadlineMs = screenDeadlineMs): Promise<string> {
		const passes = (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : (wanted instanceof RegExp ? wanted.test(text) : wanted(text)));
		if (passes(this.text())) {
			return this.text();
		}

		return new Promise((resolve, reject) => {
			const look = () => {
				const text = this.text();
				if (passes(text)) {
					clearTimeout(timer);
					this.#listeners.delete(look);
					resolve(text);
				}
			};

			const timer = setTimeout(() => {
				this.#listeners.delete(look);
				reject(new assert.AssertionError({message: `The screen never showed ${String(wanted)}:\n${this.text()}`}));
			}, deadlineMs);
			this.#listeners.add(look);
		});
	}

	dispose(): void {
		this.#terminal.dispose();
	}
}
