import {type BenchmarkState, type ProcState} from '../../core/state.ts';
import {titleRule} from '../components/dialog.tsx';
import {type Glyphs} from '../glyphs.ts';
import {hueOf, type Line, lineWidth, segment, type Segment} from '../text/line.ts';
import {shortNumber} from '../text/quantity.ts';
import {cutText, textWidth} from '../text/width.ts';
import {type LogSnapshot} from './log-snapshot.ts';
import {procStatus, procWords, type ProcStatus, uptime} from './select.ts';

type ProcTitleView = {
	readonly proc: ProcState;
	readonly benchmark: BenchmarkState;
	/** Its number among the panes, for the digit keys. */
	readonly place: number;
	readonly isFocused: boolean;
	readonly now: number;
	readonly at?: number;
	readonly width: number;
};

/** The sign of a process: the shape says how it stands. */
export function procGlyph(status: ProcStatus, glyphs: Glyphs): Segment {
	switch (status) {
		case 'running': {
			return segment(glyphs.live, 'good');
		}

		case 'ended': {
			return segment(glyphs.ended, 'muted');
		}

		case 'died': {
			return segment(glyphs.failed, 'bad', {bold: true});
		}

		case 'unknown': {
			return segment('?', 'warn', {bold: true});
		}

		case 'later': {
			return segment(glyphs.waiting, 'faint');
		}
	}
}

/** Label, address, pid, uptime and state, in a rule; the log's own state at its end. */
export function procTitle({proc, benchmark, place, isFocused, now, at, width}: ProcTitleView, logState: Line, glyphs: Glyphs): Line {
	const status = procStatus(proc, benchmark, at);
	const isDead = status === 'died';
	const mark: Line = [...(isFocused ? [segment(glyphs.cursor, 'accent', {bold: true})] : []), ...(place < 9 ? [segment(`${place + 1} `, 'faint')] : [])];
	const named = (label: string): Line => [...mark, segment(label, isDead ? 'bad' : (isFocused ? 'accent' : hueOf(hueNumber(proc.role))), {bold: true, underline: isFocused})];
	const address = segment(proc.port === undefined ? proc.host : `${proc.host}:${proc.port}`, 'muted');
	const state: Line = status === 'running'
		? [segment(uptime(proc, at ?? now), 'muted'), segment(' '), procGlyph(status, glyphs)]
		: [segment(procWords(proc, status), isDead ? 'bad' : 'muted', {bold: isDead}), segment(' '), procGlyph(status, glyphs)];
	const parts: readonly Line[] = [
		named(proc.label),
		...(isDead ? [state] : []),
		[address],
		[segment(`pid ${proc.pid}`, 'muted')],
		...(isDead ? [] : [state]),
	];

	// What finds no room is left out, the pid before the address; then the label gives way, for how it stands must show.
	const room = width - lineWidth(logState) - (logState.length > 0 ? 6 : 4);
	const kept = [parts, without(parts, parts.length - (isDead ? 1 : 2)), [parts[0]!, state]].find(some => lineWidth(joined(some)) <= room)
		?? [named(shortLabel(proc.label, Math.max(leastLabel, room - lineWidth(mark) - lineWidth(state) - 2), glyphs.ellipsis)), state];
	return titleRule(joined(kept), logState, width, glyphs.horizontal);
}

const leastLabel = 8;

/** A label in a width, its numbers kept: they tell it from its neighbours. `a_server_with_a_long_…_0` */
export function shortLabel(label: string, width: number, ellipsis: string): string {
	if (textWidth(label) <= width) {
		return label;
	}

	const numbers = /(?:_\d+)*$/.exec(label)![0];
	const room = width - numbers.length - textWidth(ellipsis);
	return room < 1 ? cutText(label, width - textWidth(ellipsis)).text + ellipsis : cutText(label, room).text + ellipsis + numbers;
}

/** Whether a log is followed, and what it does not show. */
export function logStateLine({isFollowing, bytesBelow, skippedBytes, search, filter, problem}: LogSnapshot): Line {
	const parts: Segment[] = problem === undefined ? [] : [segment(problem, 'warn')];

	if (search) {
		const counting = search.progress < 1 ? ` (${Math.floor(search.progress * 100)} % searched)` : '';
		parts.push(segment(search.ordinal === undefined ? `${search.count} found${counting}` : `${search.ordinal} of ${search.count}${counting}`, 'accent', {bold: true}));
	}

	if (filter) {
		parts.push(segment(`&${filter.typed} ${filter.count} lines`, 'accent', {bold: true}));
	}

	if (!isFollowing) {
		parts.push(segment(bytesBelow > 0 ? `paused, ${bytesWords(bytesBelow)} below, G follows` : 'paused, G follows', 'warn', {bold: true}));
	}

	if (skippedBytes > 0) {
		parts.push(segment(`${bytesWords(skippedBytes)} not shown`, 'muted'));
	}

	return parts.flatMap((part, index) => (index === 0 ? [part] : [segment('  '), part]));
}

function bytesWords(bytes: number): string {
	return bytes < 1000 ? `${bytes} B` : `${shortNumber(bytes / (bytes >= 999_500 ? 1e6 : 1000))} ${bytes >= 999_500 ? 'MB' : 'kB'}`;
}

// A role keeps its colour in every pane and picture.
export function hueNumber(role: string): number {
	let hash = 0;
	for (const character of role) {
		hash = ((hash * 31) + character.codePointAt(0)!) % 9973;
	}

	return hash;
}

function without(parts: readonly Line[], place: number): readonly Line[] {
	return parts.filter((_, index) => index !== place);
}

function joined(parts: readonly Line[]): Line {
	return parts.flatMap((part, index) => (index === 0 ? part : [segment('  '), ...part]));
}
