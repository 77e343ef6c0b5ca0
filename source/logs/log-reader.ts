/*
A log as a person reads it: a window of lines around a cursor, which moves by lines, to matches, to errors, and to moments.
Only the window is read. Whatever is asked is done one thing after another; the newest question wins.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {messageOf} from '../core/errors.ts';
import {errorQuery} from './error-lines.ts';
import {type FilteredRow, readFiltered} from './filtered-lines.ts';
import {type TimeContext} from './line-time.ts';
import {searchLog, type LogSearch} from './log-search.ts';
import {emptyWindow, lineBytes, type LogWindow, rowsAround, searchView, timeAt} from './log-window.ts';
import {parseFilter, parseQuery} from './query.ts';
import {lineStart, readLines, readLinesBefore} from './read-lines.ts';
import {findNext, findPrevious} from './scan.ts';
import {logTimes, type LogTimes} from './seek-time.ts';
import {type TimeFormat} from './time-formats.ts';

export class LogReader {
	readonly #source: ByteSource;
	readonly #context: TimeContext;
	readonly #listeners = new Set<() => void>();
	readonly #abort = new AbortController();
	#times: Promise<LogTimes>;
	#window = emptyWindow;
	#height: number;
	/** Start of the cursor's line. */
	#offset = 0;
	#isFollowing: boolean;
	#search: LogSearch | undefined;
	#filter: {readonly search: LogSearch; readonly context: number} | undefined;
	#problem: string | undefined;
	#work: Promise<void> = Promise.resolve();
	#waiting = 0;
	readonly #unwatch: (() => void) | undefined;

	/**
	Opens a log.

	@param start Where the cursor begins: the end, which is followed, or the beginning.
	*/
	constructor(source: ByteSource, context: TimeContext, {height = 20, start = 'end', pattern}: {readonly height?: number; readonly start?: 'start' | 'end'; readonly pattern?: TimeFormat} = {}) {
		this.#source = source;
		this.#context = context;
		this.#height = height;
		this.#isFollowing = start === 'end';
		this.#times = logTimes(source, context, pattern);
		this.#times.catch(() => undefined);
		this.#unwatch = source.watch(() => {
			this.#search?.refresh();
			this.#filter?.search.refresh();
			this.#ask(async () => undefined);
		});
		this.#ask(async () => undefined);
	}

	readonly state = (): LogWindow => this.#window;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** Resolves when all that was asked so far is done. */
	async settled(): Promise<void> {
		await this.#work;
	}

	resize(height: number): void {
		if (height !== this.#height) {
			this.#height = height;
			this.#ask(async () => undefined);
		}
	}

	/** Moves by lines (or by matches, where a filter is on); ±Infinity goes to the ends. */
	move(lines: number): void {
		this.#ask(async () => {
			if (this.#filter && Math.abs(lines) !== Infinity) {
				await this.#moveInFilter(lines);
				return;
			}

			const size = await this.#source.size();
			if (lines === -Infinity) {
				this.#goTo(0);
			} else if (lines === Infinity) {
				this.#isFollowing = true;
			} else if (lines < 0) {
				const before = await readLinesBefore(this.#source, this.#offset, -lines, {lineBytes: 0});
				this.#goTo(before[0]?.offset ?? 0);
			} else {
				const after = await readLines(this.#source, this.#offset, lines + 1, {lineBytes: 0});
				const last = after.at(-1);
				this.#goTo(last?.offset ?? this.#offset);
				this.#isFollowing = last === undefined || (last.end >= size && after.length <= lines);
			}
		});
	}

	/** To the last line that was written at or before a moment. */
	seek(at: number): void {
		this.#ask(async () => {
			const offset = await (await this.#times).seek(at);
			if (offset !== undefined) {
				this.#goTo(offset);
			}
		});
	}

	/** Reads the times by another pattern from now on. */
	setPattern(pattern: TimeFormat | undefined): void {
		this.#times = logTimes(this.#source, this.#context, pattern);
		this.#times.catch(() => undefined);
		this.#ask(async () => undefined);
	}

	/** Looks for a text from the cursor's line on; an empty one ends the search. */
	search(typed: string): void {
		this.#search?.stop();
		this.#search = typed === '' ? undefined : searchLog(this.#source, parseQuery(typed), this.#onCounted);
		const search = this.#search;
		this.#ask(async () => {
			if (search) {
				await this.#jump(await search.next(this.#offset) ?? await search.next(0), `Nothing matches ${typed}.`);
			}
		});
	}

	nextMatch(): void {
		this.#ask(async () => {
			const after = (await readLines(this.#source, this.#offset, 1, {lineBytes: 0}))[0]?.end ?? 0;
			await this.#jump(await this.#search?.next(after) ?? await this.#search?.next(0), 'There is no match.');
		});
	}

	previousMatch(): void {
		this.#ask(async () => {
			await this.#jump(await this.#search?.previous(this.#offset) ?? await this.#search?.previous(await this.#source.size()), 'There is no match.');
		});
	}

	/** Shows only the lines that match, with their neighbours (`word +2`); an empty text ends the filter. */
	setFilter(typed: string): void {
		this.#filter?.search.stop();
		this.#filter = undefined;
		if (typed !== '') {
			const {query, context} = parseFilter(typed);
			this.#filter = {search: searchLog(this.#source, query, this.#onCounted), context};
		}

		this.#ask(async () => undefined);
	}

	nextError(): void {
		this.#ask(async () => {
			const after = (await readLines(this.#source, this.#offset, 1, {lineBytes: 0}))[0]?.end ?? 0;
			await this.#jumpInside(await findNext(this.#source, errorQuery(), after, this.#abort.signal), 'There is no error line after this one.');
		});
	}

	previousError(): void {
		this.#ask(async () => {
			await this.#jumpInside(await findPrevious(this.#source, errorQuery(), this.#offset, this.#abort.signal), 'There is no error line before this one.');
		});
	}

	async close(): Promise<void> {
		this.#abort.abort();
		this.#unwatch?.();
		this.#search?.stop();
		this.#filter?.search.stop();
		this.#listeners.clear();
		await this.#work;
		await this.#source.close();
	}

	readonly #onCounted = () => {
		if (this.#filter) {
			this.#ask(async () => undefined);
		} else {
			this.#publish({...this.#window, ...this.#views(this.#window.rows)});
		}
	};

	#goTo(offset: number): void {
		this.#offset = offset;
		this.#isFollowing = false;
		this.#problem = undefined;
	}

	async #jump(offset: number | undefined, otherwise: string): Promise<void> {
		if (offset === undefined) {
			this.#problem = otherwise;
		} else {
			this.#goTo(offset);
		}
	}

	async #jumpInside(offset: number | undefined, otherwise: string): Promise<void> {
		await this.#jump(offset === undefined ? undefined : await lineStart(this.#source, offset), otherwise);
	}

	async #moveInFilter(lines: number): Promise<void> {
		const {matches} = this.#filter!.search;
		const index = Math.max(0, Math.min(matches.length - 1, matches.countBefore(this.#offset) + lines));
		await this.#jumpInside(matches.at(index), 'Nothing matches.');
	}

	// One thing at a time; only the last of what waits is drawn.
	#ask(what: () => Promise<void>): void {
		this.#waiting++;
		this.#work = this.#work.then(async () => {
			this.#waiting--;
			if (this.#abort.signal.aborted) {
				return;
			}

			try {
				await what();
				if (this.#waiting === 0) {
					this.#publish(await this.#read());
				}
			} catch (error) {
				this.#publish({...this.#window, problem: messageOf(error)});
			}
		});
	}

	async #read(): Promise<LogWindow> {
		const size = await this.#source.size();
		if (this.#isFollowing || this.#offset > size) {
			this.#offset = (await readLinesBefore(this.#source, size, 1, {lineBytes: 0}))[0]?.offset ?? 0;
		}

		const rows = this.#filter ? await this.#filteredRows() : await rowsAround(this.#source, this.#offset, this.#height);
		const cursor = rows.findIndex(row => row.kind === 'line' && row.line.offset <= this.#offset && this.#offset < row.line.end);
		const times = await this.#times.catch(() => undefined);
		return {rows, cursor, at: await timeAt(this.#source, times, rows, cursor), size, isFollowing: this.#isFollowing, timeFormat: times?.format?.name, problem: this.#problem, ...this.#views(rows)};
	}

	async #filteredRows(): Promise<readonly FilteredRow[]> {
		const {search, context} = this.#filter!;
		const {matches} = search;
		const index = Math.max(0, Math.min(matches.length - 1, matches.countBefore(this.#offset)));
		const offset = matches.at(index);
		if (offset !== undefined) {
			this.#offset = await lineStart(this.#source, offset);
		}

		const ahead = Math.floor(this.#height / 2 / (1 + (2 * context)));
		const from = Math.max(0, Math.min(index - ahead, matches.length - Math.floor(this.#height / (1 + (2 * context)))));
		return (await readFiltered(this.#source, search, {from, rows: this.#height, context, lineBytes})).slice(0, this.#height);
	}

	#views(rows: readonly FilteredRow[]): Pick<LogWindow, 'search' | 'filter'> {
		return {search: searchView(this.#search, rows, this.#offset), filter: searchView(this.#filter?.search, rows, this.#offset)};
	}

	#publish(window: LogWindow): void {
		this.#window = window;
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
