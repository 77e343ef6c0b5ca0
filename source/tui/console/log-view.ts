/*
One log on the screen: its end, followed; or a window on it, where a person has stopped; or the lines that match a filter.
Only what is shown is read, so a log of gigabytes costs what a short one does. Commands are carried out one after the other
(`log-work.ts`).
*/
import {type ByteSource} from '../../core/byte-source.ts';
import {messageOf} from '../../core/errors.ts';
import {errorQuery} from '../../logs/error-lines.ts';
import {followTail, type Tail} from '../../logs/follow-tail.ts';
import {type LogSearch, searchLog} from '../../logs/log-search.ts';
import {parseQuery, type Query} from '../../logs/query.ts';
import {type TimeContext} from '../../logs/line-time.ts';
import {type LogLine, readLines} from '../../logs/read-lines.ts';
import {findNext, findPrevious} from '../../logs/scan.ts';
import {logTimes, type LogTimes} from '../../logs/seek-time.ts';
import {type MovingCommand} from '../keys/common-keys.ts';
import {stepOf} from '../text/move.ts';
import {Arrivals} from './arrivals.ts';
import {filteredRows, type LogFilter, parseFilter, steppedMatch} from './log-filter.ts';
import {emptySnapshot, type LogRow, type LogSnapshot, snapshotOf} from './log-snapshot.ts';
import {lastTop, lineAround, lineBytes, steppedTop, topBefore} from './log-window.ts';
import {LogWork} from './log-work.ts';

const tailLines = 400;

export class LogView {
	readonly #source: ByteSource;
	readonly #onChange: (isAnswer: boolean) => void;
	readonly #unfollow: () => void;
	#snapshot = emptySnapshot;
	readonly #arrivals = new Arrivals();
	#tail: Tail = {lines: [], size: 0, leftLines: 0, skippedBytes: 0};
	#height = 20;
	// The first line shown; undefined while the end is followed.
	#top: number | undefined;
	// The first match shown, of a filtered log that is not followed.
	#topMatch: number | undefined;
	#search: LogSearch | undefined;
	#filter: LogFilter | undefined;
	#current: number | undefined;
	#times: (TimeContext & {readonly times: LogTimes}) | undefined;
	#problem: string | undefined;
	readonly #work = new LogWork({
		draw: async isAnswer => this.#draw(isAnswer),
		onProblem: problem => {
			this.#problem = problem;
		},
	});

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
			this.#arrivals.note(tail.lines);
			if (hasGrown) {
				this.#search?.refresh();
				this.#filter?.search.refresh();
			}

			this.#work.refresh();
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
			this.#work.refresh();
		}
	}

	move(command: MovingCommand): void {
		const step = stepOf(command, this.#height);
		this.#work.do(async () => {
			if (this.#filter) {
				this.#topMatch = steppedMatch(this.#filter, this.#topMatch, this.#height, step);
				return;
			}

			this.#top = await steppedTop(this.#source, this.#top, await this.#lastTop(), step);
			this.#current = step === Infinity ? undefined : this.#current;
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
				this.#work.refresh();
			});
			this.#work.do(async () => this.#toMatch(this.#search!, 'here'));
		} else {
			this.#work.refresh();
		}
	}

	toMatch(direction: 'next' | 'previous'): void {
		this.#work.do(async () => {
			if (this.#search) {
				await this.#toMatch(this.#search, direction);
			}
		});
	}

	/** Shows the lines alone that match; `word +2` with two lines around each. Nothing typed shows all again. */
	narrow(typed: string): void {
		const {text, context} = parseFilter(typed);
		this.#filter?.search.stop();
		this.#filter = undefined;
		this.#topMatch = undefined;
		const query = this.#parsed(text);
		if (query) {
			const search = searchLog(this.#source, query, () => {
				this.#work.refresh();
			});
			this.#filter = {typed, query, context, search};
		}

		this.#work.refresh();
	}

	toError(direction: 'next' | 'previous'): void {
		this.#work.do(async () => {
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
	toTime(at: number | undefined, context: TimeContext): void {
		this.#work.do(async () => {
			if (at === undefined) {
				this.#top = undefined;
				this.#current = undefined;
				return;
			}

			const times = await this.#timesOf(context);
			const offset = await times.seek(at);
			if (offset !== undefined) {
				this.#top = await topBefore(this.#source, offset, this.#height - 1);
				this.#current = offset;
			}
		});
	}

	/** Resolves when all that was asked for so far is done, and drawn. */
	async settled(): Promise<void> {
		await this.#work.settled();
	}

	close(): void {
		this.#work.close();
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
		const offset = await lineAround(this.#source, found);
		this.#current = offset;
		const isShown = this.#top !== undefined && this.#snapshot.rows.some(row => row.line.offset === offset);
		if (!isShown) {
			this.#top = Math.min(await topBefore(this.#source, offset, Math.floor(this.#height / 2)), await this.#lastTop());
		}
	}

	#lineAt(offset: number): LogLine | undefined {
		return this.#snapshot.rows.find(row => row.line.offset === offset)?.line;
	}

	// Where they are in the log stays known: it is asked for again and again while a person moves through time.
	async #timesOf(context: TimeContext): Promise<LogTimes> {
		const {startedAt, endedAt, times} = this.#times ?? {};
		if (!times?.format || startedAt !== context.startedAt || endedAt !== context.endedAt) {
			this.#times = {...context, times: await logTimes(this.#source, context)};
		}

		return this.#times!.times;
	}

	async #lastTop(): Promise<number> {
		return lastTop(this.#source, this.#tail.lines, this.#height);
	}

	async #draw(isAnswer: boolean): Promise<void> {
		try {
			this.#snapshot = this.#described(await this.#rows());
		} catch (error) {
			this.#snapshot = {...this.#snapshot, problem: messageOf(error)};
		}

		if (!this.#work.isClosed) {
			this.#onChange(isAnswer);
		}
	}

	async #rows(): Promise<readonly LogRow[]> {
		if (this.#filter) {
			return filteredRows(this.#source, this.#filter, this.#topMatch, this.#height);
		}

		return this.#top === undefined
			? this.#tail.lines.slice(-this.#height).map(line => ({line, arrivedAt: this.#arrivals.at(line)}))
			: (await readLines(this.#source, this.#top, this.#height, {lineBytes})).map(line => ({line}));
	}

	#described(rows: readonly LogRow[]): LogSnapshot {
		const isFollowing = this.#filter ? this.#topMatch === undefined : this.#top === undefined;
		return snapshotOf({rows, isFollowing, tail: this.#tail, current: this.#current, problem: this.#problem, search: this.#search, filter: this.#filter});
	}
}
