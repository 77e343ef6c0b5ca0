/*
One log on the screen: its end, followed; or a window on it, where a person has stopped; or the lines that match a filter.
Only what is shown is read, so a log of gigabytes costs what a short one does. Commands are carried out one after the other:
each starts from where the last one left off, however fast they are typed.
*/
import {type ByteSource} from '../../core/byte-source.ts';
import {messageOf} from '../../core/errors.ts';
import {errorQuery} from '../../logs/error-lines.ts';
import {readFiltered} from '../../logs/filtered-lines.ts';
import {followTail, type Tail} from '../../logs/follow-tail.ts';
import {type LogSearch, searchLog} from '../../logs/log-search.ts';
import {parseQuery, type Query} from '../../logs/query.ts';
import {type LogLine, readLines, readLinesBefore} from '../../logs/read-lines.ts';
import {findNext, findPrevious} from '../../logs/scan.ts';
import {logTimes} from '../../logs/seek-time.ts';
import {type MovingCommand} from '../keys/common-keys.ts';
import {stepOf} from '../text/move.ts';

export type LogRow = {
	readonly line: LogLine;
	/** It matches the filter, and does not only stand around one that does. */
	readonly isMatch?: boolean;
	/** Lines before it are left out. */
	readonly afterGap?: boolean;
};

/** What there is to draw of a log. */
export type LogSnapshot = {
	readonly rows: readonly LogRow[];
	readonly isFollowing: boolean;
	/** Bytes of the log, and those that lie beyond what is shown. */
	readonly size: number;
	readonly bytesBelow: number;
	/** Bytes that the following passed over, because more was written at once than a screen could show. */
	readonly skippedBytes: number;
	readonly search?: {readonly typed: string; readonly query: Query; readonly count: number; readonly ordinal?: number; readonly progress: number};
	readonly filter?: {readonly typed: string; readonly query: Query; readonly count: number; readonly progress: number};
	/** Offset of the line that a search or an error led to. */
	readonly current?: number;
	/** Why it cannot be read, or why a search cannot be made, in one sentence. */
	readonly problem?: string;
};

const empty: LogSnapshot = {rows: [], isFollowing: true, size: 0, bytesBelow: 0, skippedBytes: 0};
const tailLines = 400;
const lineBytes = 4096;

type Filter = {readonly typed: string; readonly query: Query; readonly context: number; readonly search: LogSearch};

export class LogView {
	readonly #source: ByteSource;
	readonly #onChange: (isAnswer: boolean) => void;
	readonly #unfollow: () => void;
	#snapshot = empty;
	#tail: Tail = {lines: [], size: 0, leftLines: 0, skippedBytes: 0};
	#height = 20;
	// The first line shown; undefined while the end is followed.
	#top: number | undefined;
	// The first match shown, of a filtered log that is not followed.
	#topMatch: number | undefined;
	#search: LogSearch | undefined;
	#filter: Filter | undefined;
	#current: number | undefined;
	#problem: string | undefined;
	#work: Promise<void> = Promise.resolve();
	#isClosed = false;

	/**
	A view on a source, which it closes in the end.

	@param onChange Called when the snapshot is a new one; says whether that answers a person's command.
	*/
	constructor(source: ByteSource, onChange: (isAnswer: boolean) => void) {
		this.#source = source;
		this.#onChange = onChange;
		this.#unfollow = followTail(source, tail => {
			const hasGrown = tail.size !== this.#tail.size;
			this.#tail = tail;
			if (hasGrown) {
				this.#search?.refresh();
				this.#filter?.search.refresh();
			}

			this.#refresh();
		}, {lines: tailLines, lineBytes});
	}

	readonly snapshot = (): LogSnapshot => this.#snapshot;

	get name(): string {
		return this.#source.name;
	}

	/** Whether it is of interest although nobody shows it: a person has stopped, searched or filtered here. */
	get isPlaced(): boolean {
		return this.#top !== undefined || this.#search !== undefined || this.#filter !== undefined;
	}

	/** How many lines are to be shown. */
	setHeight(height: number): void {
		if (height > this.#height || (height < this.#height && height > 0)) {
			this.#height = height;
			this.#refresh();
		}
	}

	move(command: MovingCommand): void {
		const step = stepOf(command, this.#height);
		this.#do(async () => {
			await (this.#filter ? this.#moveMatches(this.#filter, step) : this.#moveLines(step));
		});
	}

	follow(): void {
		this.move('end');
	}

	/** Looks for what was typed, from what is shown on; nothing typed ends the search. */
	search(typed: string): void {
		this.#search?.stop();
		this.#search = undefined;
		this.#current = undefined;
		const query = this.#parsed(typed);
		if (query) {
			this.#search = searchLog(this.#source, query, () => {
				this.#refresh();
			});
			this.#do(async () => this.#toMatch(this.#search!, 'here'));
		} else {
			this.#refresh();
		}
	}

	toMatch(direction: 'next' | 'previous'): void {
		this.#do(async () => {
			if (this.#search) {
				await this.#toMatch(this.#search, direction);
			}
		});
	}

	/** Shows the lines alone that match; `word +2` with two lines around each. Nothing typed shows all again. */
	narrow(typed: string): void {
		const {text = typed, context = '0'} = /^(?<text>.+?) \+(?<context>\d{1,3})$/.exec(typed)?.groups ?? {};
		this.#filter?.search.stop();
		this.#filter = undefined;
		this.#topMatch = undefined;
		const query = this.#parsed(text);
		if (query) {
			const search = searchLog(this.#source, query, () => {
				this.#refresh();
			});
			this.#filter = {typed, query, context: Number(context), search};
		}

		this.#refresh();
	}

	toError(direction: 'next' | 'previous'): void {
		this.#do(async () => {
			const query = errorQuery();
			const from = this.#current ?? this.#snapshot.rows.at(direction === 'next' ? 0 : -1)?.line.offset ?? 0;
			// Where the end is followed, the next error is the first on the screen, or else the last there was.
			const line = this.#lineAt(from);
			const found = direction === 'next'
				? await findNext(this.#source, query, this.#current === undefined ? from : line?.end ?? from)
				: await findPrevious(this.#source, query, from);
			if (found === undefined) {
				this.#problem = direction === 'next' ? 'No error line from here on.' : 'No error line before this.';
			} else {
				await this.#show(found);
			}
		});
	}

	/** Shows what was written at a time, for a log whose lines have times; undefined follows the end again. */
	toTime(at: number | undefined, startedAt: number): void {
		this.#do(async () => {
			if (at === undefined) {
				this.#top = undefined;
				this.#current = undefined;
				return;
			}

			const times = await logTimes(this.#source, {startedAt});
			const offset = await times.seek(at);
			if (offset !== undefined) {
				const before = await readLinesBefore(this.#source, offset, Math.max(0, this.#height - 1), {lineBytes});
				this.#top = before[0]?.offset ?? offset;
				this.#current = offset;
			}
		});
	}

	/** Resolves when all that was asked for so far is done, and drawn. */
	async settled(): Promise<void> {
		await this.#work;
	}

	close(): void {
		this.#isClosed = true;
		this.#unfollow();
		this.#search?.stop();
		this.#filter?.search.stop();
		void this.#source.close();
	}

	#parsed(typed: string): Query | undefined {
		this.#problem = undefined;
		try {
			return typed === '' ? undefined : parseQuery(typed);
		} catch (error) {
			this.#problem = messageOf(error);
			return undefined;
		}
	}

	async #moveLines(step: number): Promise<void> {
		const end = await this.#lastTop();
		if (step === Infinity) {
			this.#top = undefined;
			this.#current = undefined;
			return;
		}

		const from = this.#top ?? end;
		if (step === -Infinity) {
			this.#top = 0;
		} else if (step < 0) {
			const lines = await readLinesBefore(this.#source, from, -step, {lineBytes});
			this.#top = lines[0]?.offset ?? 0;
		} else if (step > 0) {
			// A log that is followed is at its end already.
			const lines = this.#top === undefined ? [] : await readLines(this.#source, from, step, {lineBytes});
			this.#top = this.#top === undefined ? undefined : Math.min(Math.max(from, end), lines.at(-1)?.end ?? from);
		}
	}

	async #moveMatches({search, context}: Filter, step: number): Promise<void> {
		const page = Math.max(1, Math.floor(this.#height / (1 + 2 * context)));
		const last = Math.max(0, search.matches.length - page);
		const from = this.#topMatch ?? last;
		const to = Math.max(0, Math.min(last, from + step));
		this.#topMatch = step === Infinity || (this.#topMatch === undefined && step > 0) ? undefined : to;
	}

	async #toMatch(search: LogSearch, direction: 'here' | 'next' | 'previous'): Promise<void> {
		const shown = this.#snapshot.rows;
		const here = this.#current ?? shown[0]?.line.offset ?? 0;
		const after = this.#current === undefined ? here : this.#lineAt(here)?.end ?? here + 1;
		// What is near comes first: while the end is followed, the last match.
		const isAtEnd = direction === 'here' && this.#top === undefined;
		const found = direction === 'previous' || isAtEnd
			? await search.previous(isAtEnd ? this.#tail.size : here) ?? (isAtEnd ? undefined : await search.previous(this.#tail.size))
			: await search.next(direction === 'here' ? here : after) ?? await search.next(0);
		if (found === undefined) {
			this.#problem = search.problem() ?? `No line with ${search.query.typed}.`;
		} else {
			this.#problem = undefined;
			await this.#show(found);
		}
	}

	// A line that a search leads to stands in the middle, save where the log's ends forbid it.
	async #show(found: number): Promise<void> {
		const [line] = await readLinesBefore(this.#source, (await readLines(this.#source, found, 1))[0]?.end ?? found, 1, {lineBytes});
		const offset = line?.offset ?? found;
		this.#current = offset;
		const isShown = this.#top !== undefined && this.#snapshot.rows.some(row => row.line.offset === offset);
		if (!isShown) {
			const before = await readLinesBefore(this.#source, offset, Math.floor(this.#height / 2), {lineBytes});
			this.#top = Math.min(before[0]?.offset ?? offset, Math.max(await this.#lastTop(), 0));
		}
	}

	#lineAt(offset: number): LogLine | undefined {
		return this.#snapshot.rows.find(row => row.line.offset === offset)?.line;
	}

	// The first line of the last page.
	async #lastTop(): Promise<number> {
		const kept = this.#tail.lines;
		if (kept.length >= this.#height) {
			return kept.at(-this.#height)!.offset;
		}

		const lines = await readLinesBefore(this.#source, await this.#source.size(), this.#height, {lineBytes});
		return lines[0]?.offset ?? 0;
	}

	#do(work: () => Promise<void>): void {
		this.#work = this.#work.then(async () => {
			if (this.#isClosed) {
				return;
			}

			try {
				this.#problem = undefined;
				await work();
			} catch (error) {
				this.#problem = messageOf(error);
			}

			await this.#draw(true);
		});
	}

	#isDrawing = false;
	#isStale = false;

	// What changes while a window is being read is drawn once, after it.
	#refresh(): void {
		this.#isStale = true;
		if (this.#isDrawing || this.#isClosed) {
			return;
		}

		this.#isDrawing = true;
		this.#work = this.#work.then(async () => {
			while (this.#isStale && !this.#isClosed) {
				this.#isStale = false;
				await this.#draw(false);
			}

			this.#isDrawing = false;
		});
	}

	async #draw(isAnswer: boolean): Promise<void> {
		try {
			this.#snapshot = this.#described(await this.#rows());
		} catch (error) {
			this.#snapshot = {...this.#snapshot, problem: messageOf(error)};
		}

		if (!this.#isClosed) {
			this.#onChange(isAnswer);
		}
	}

	async #rows(): Promise<readonly LogRow[]> {
		if (this.#filter) {
			const {search, context} = this.#filter;
			const isFollowed = this.#topMatch === undefined;
			const from = this.#topMatch ?? Math.max(0, search.matches.length - Math.max(1, Math.ceil(this.#height / (1 + context))));
			const found = await readFiltered(this.#source, search, {from, rows: isFollowed ? Infinity : this.#height, context, lineBytes});
			let afterGap = false;
			const rows: LogRow[] = [];
			for (const row of found) {
				if (row.kind === 'line') {
					rows.push({line: row.line, isMatch: row.isMatch, afterGap});
				}

				afterGap = row.kind === 'gap';
			}

			return isFollowed ? rows.slice(-this.#height) : rows.slice(0, this.#height);
		}

		const lines = this.#top === undefined ? this.#tail.lines.slice(-this.#height) : await readLines(this.#source, this.#top, this.#height, {lineBytes});
		return lines.map(line => ({line}));
	}

	#described(rows: readonly LogRow[]): LogSnapshot {
		const {size, skippedBytes, problem} = this.#tail;
		const isFollowing = this.#filter ? this.#topMatch === undefined : this.#top === undefined;
		const line = this.#current === undefined ? undefined : rows.find(row => row.line.offset === this.#current)?.line;
		return {
			rows, isFollowing, size, skippedBytes, current: this.#current, problem: this.#problem ?? problem,
			bytesBelow: isFollowing ? 0 : Math.max(0, size - (rows.at(-1)?.line.end ?? size)),
			search: this.#search && {
				typed: this.#search.query.typed, query: this.#search.query, count: this.#search.count(), progress: this.#search.progress(),
				ordinal: line && this.#search.ordinal(line),
			},
			filter: this.#filter && {typed: this.#filter.typed, query: this.#filter.query, count: this.#filter.search.count(), progress: this.#filter.search.progress()},
		};
	}
}
