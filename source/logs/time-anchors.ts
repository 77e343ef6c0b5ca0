/*
Where a log stands in time whose lines write a part of it alone: minutes and seconds, or a clock without the day.

Such a time comes round again after an hour (or a day), and nothing in a line says how often it has. So the log is looked at in
a few places, then in more: from place to place its time goes on by less than an hour, as far as can be seen. That is the least
that can have gone by; an hour too few was counted wherever one lies hidden between two places. But nothing is written after the
log's last change: as soon as one hour more would lie beyond it, none is hidden anywhere, and all times are certain.

Where that cannot be had, times are left out: of a log that was silent for hours, then ended long before its proc, and whose
file has the date of a copy; or of one so large that the hours of a quiet stretch lie between any of the places looked at.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {lineTime, slackOf, type TimeContext} from './line-time.ts';
import {lineStart, type LogLine, readLines, readLinesBefore} from './read-lines.ts';
import {type TimeFormat} from './time-formats.ts';
import {firstLineWith} from './timed-line.ts';

/** A line with a time, and how far the log behind it has not been looked at. */
type Place = {readonly offset: number; readonly end: number; readonly text: string; unseenTo: number};
type Anchor = {readonly offset: number; readonly at: number};

// Each place costs two reads of 64 KiB at most, whatever the size of the log.
const mostPlaces = 600;
const wholeGapBytes = 64 * 1024;
const lineBytes = 1024;
const tailLines = 100;
const headLength = 400;

export class TimeAnchors {
	readonly #source: ByteSource;
	readonly #format: TimeFormat;
	readonly #period: number;
	readonly #context: TimeContext;
	#places: Place[] = [];
	#anchors: readonly Anchor[] = [];
	/** Its size when it was looked at in vain. */
	#triedSize: number | undefined;
	#work: Promise<boolean> = Promise.resolve(false);

	constructor(source: ByteSource, format: TimeFormat, period: number, context: TimeContext) {
		this.#source = source;
		this.#format = format;
		this.#period = period;
		this.#context = context;
	}

	/** Looks at the log as it is now; resolves with whether the times of all its lines are certain. */
	async settle(): Promise<boolean> {
		const settled = this.#work.then(async () => this.#settled());
		this.#work = settled.catch(() => false);
		return settled;
	}

	/** Epoch ms of the line that begins at an offset, after `settle`; undefined where it has no time. */
	at(text: string, offset: number): number | undefined {
		const after = this.#anchors.findLast(anchor => anchor.offset <= offset) ?? this.#anchors[0];
		return this.#timeAfter(text, after?.at ?? this.#context.startedAt);
	}

	async #settled(): Promise<boolean> {
		const until = await this.#until();
		const size = await this.#source.size();
		if (size < (this.#places.at(-1)?.end ?? 0)) {
			// It was cut, or is another.
			this.#places = [];
			this.#anchors = [];
			this.#triedSize = undefined;
		}

		if (this.#isCertain(until)) {
			return true;
		}

		if (this.#triedSize !== undefined && size < this.#triedSize * 1.25) {
			return false;
		}

		const isCertain = await this.#look(size, until);
		this.#triedSize = isCertain ? undefined : size;
		return isCertain;
	}

	async #look(size: number, until: number): Promise<boolean> {
		await this.#lookAtEnds(size);
		let left = mostPlaces;
		while (!this.#isCertain(until)) {
			const gaps = this.#places.filter(({end, unseenTo}) => unseenTo > end)
				.toSorted((one, other) => (other.unseenTo - other.end) - (one.unseenTo - one.end)).slice(0, left);
			if (gaps.length === 0) {
				return false;
			}

			for (const place of gaps) {
				this.#places.push(...await this.#lookBehind(place));
			}

			left -= gaps.length;
			this.#connect();
		}

		return true;
	}

	async #lookAtEnds(size: number): Promise<void> {
		const first = this.#places.length > 0 ? undefined : await firstLineWith(this.#source, line => this.#hasTime(line), 0, size);
		if (first) {
			this.#places.push(placeOf(first, first.end));
		}

		const before = this.#places.at(-1);
		const last = (await readLinesBefore(this.#source, size, tailLines, {lineBytes})).findLast(line => this.#hasTime(line));
		if (before && last && last.offset > before.offset) {
			before.unseenTo = last.offset;
			this.#places.push(placeOf(last, last.end));
		}

		this.#connect();
	}

	// A line from the middle of what lies behind a place; of little, all that the clock moves on by.
	async #lookBehind(place: Place): Promise<readonly Place[]> {
		const {end, unseenTo} = place;
		if (unseenTo - end <= wholeGapBytes) {
			place.unseenTo = end;
			return this.#turnsIn(await readLines(this.#source, end, Infinity, {to: unseenTo, lineBytes}), place);
		}

		const from = Math.max(end, await lineStart(this.#source, Math.floor((end + unseenTo) / 2)));
		const found = await firstLineWith(this.#source, line => this.#hasTime(line), from, unseenTo);
		place.unseenTo = from;
		return found ? [placeOf(found, unseenTo)] : [];
	}

	#turnsIn(lines: readonly LogLine[], {text}: Place): readonly Place[] {
		let at = this.#timeAfter(text, this.#context.startedAt) ?? 0;
		let kept = at;
		const turns: Place[] = [];
		for (const line of lines) {
			const next = this.#timeAfter(line.text, at);
			if (next !== undefined && next - kept >= this.#period / 4) {
				turns.push(placeOf(line, line.end));
				kept = next;
			}

			at = next ?? at;
		}

		return turns;
	}

	// From place to place by less than a period.
	#connect(): void {
		this.#places.sort((one, other) => one.offset - other.offset);
		let last = this.#context.startedAt;
		this.#anchors = this.#places.map(({offset, text}) => {
			last = this.#timeAfter(text, last) ?? last;
			return {offset, at: last};
		});
	}

	#isCertain(until: number): boolean {
		const at = this.#anchors.at(-1)?.at;
		const slack = slackOf(this.#period);
		return at !== undefined && at <= until + slack && at + this.#period > until + slack;
	}

	async #until(): Promise<number> {
		const {startedAt, endedAt} = this.#context;
		const known = [endedAt, await this.#source.writtenAt?.(), Date.now()].filter(at => at !== undefined && at > startedAt - slackOf(this.#period));
		return Math.min(...known.map(Number));
	}

	#timeAfter(text: string, at: number): number | undefined {
		return lineTime(text, {...this.#context, startedAt: at}, [this.#format]);
	}

	#hasTime({text}: LogLine): boolean {
		return this.#timeAfter(text, this.#context.startedAt) !== undefined;
	}
}

function placeOf({offset, end, text}: LogLine, unseenTo: number): Place {
	return {offset, end, text: text.slice(0, headLength), unseenTo};
}
