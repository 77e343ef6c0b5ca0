/*
The logs that are open: those on the screen, and those where a person has stopped. All changes of all logs within a tenth of
a second are one notification, whatever a hundred procs write.
*/
import {type LogStream, type RunSources} from '../../core/console.ts';
import {emptySnapshot, type LogSnapshot} from './log-snapshot.ts';
import {LogView} from './log-view.ts';

export type LogName = {readonly benchmark: string; readonly label: string; readonly stream: LogStream};

export class LogShelf {
	readonly #sources: Pick<RunSources, 'log'>;
	readonly #intervalMs: number;
	readonly #views = new Map<string, LogView>();
	readonly #listeners = new Set<() => void>();
	#timer: NodeJS.Timeout | undefined;
	#isDue = false;

	constructor(sources: Pick<RunSources, 'log'>, intervalMs = 100) {
		this.#sources = sources;
		this.#intervalMs = intervalMs;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** The log as it was drawn last; empty where it is not open. */
	snapshot(name: LogName): LogSnapshot {
		return this.#views.get(keyOf(name))?.snapshot() ?? emptySnapshot;
	}

	/** An open log; opens it where it is not. */
	view(name: LogName): LogView {
		const key = keyOf(name);
		const known = this.#views.get(key);
		if (known) {
			return known;
		}

		const made = new LogView(this.#sources.log(name.benchmark, name.label, name.stream), isAnswer => {
			if (isAnswer) {
				this.#tell();
			} else {
				this.#notify();
			}
		});
		this.#views.set(key, made);
		return made;
	}

	/** Opens what is on the screen, with the height that it has there, and closes what nobody looks at. */
	show(names: ReadonlyArray<LogName & {readonly height: number}>): void {
		const shown = new Set(names.map(name => keyOf(name)));
		for (const [key, view] of this.#views) {
			if (shown.has(key) || view.isPlaced) {
				continue;
			}

			view.close();
			this.#views.delete(key);
		}

		for (const name of names) {
			this.view(name).setHeight(name.height);
		}
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#listeners.clear();
		for (const view of this.#views.values()) {
			view.close();
		}

		this.#views.clear();
	}

	// Only what logs do by themselves waits; a key's answer does not.
	#notify(): void {
		if (this.#timer) {
			this.#isDue = true;
			return;
		}

		this.#isDue = false;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#isDue) {
				this.#notify();
			}
		}, this.#intervalMs);
		this.#tell();
	}

	#tell(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}
}

function keyOf({benchmark, label, stream}: LogName): string {
	return `${benchmark}/${label}/${stream}`;
}
