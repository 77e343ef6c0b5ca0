import path from 'node:path';
import {plainText} from '../../../logs/styled-text.ts';
import {type ViewedBenchmark, type ViewedProc} from '../../../results/benchmark-view.ts';
import {type PaletteEntry} from '../../text/palette.ts';
import {type ShownLog} from './reader-pool.ts';

/** What the list of a benchmark offers to read: a proc with its two logs, or a file. */
export type Item =
	| {readonly kind: 'proc'; readonly proc: ViewedProc}
	| {readonly kind: 'file'; readonly name: string};

export type Stream = 'out' | 'err';

export function itemsOf({procs, files}: ViewedBenchmark): readonly Item[] {
	return [...procs.map((proc): Item => ({kind: 'proc', proc})), ...files.map((name): Item => ({kind: 'file', name}))];
}

/** The log of an item, with what is needed to tell its times. */
export function logOf(view: ViewedBenchmark, item: Item, stream: Stream): ShownLog {
	return item.kind === 'proc'
		? {
			file: path.join(view.path, `${item.proc.label}_${stream}.txt`), start: 'end',
			context: {
				startedAt: item.proc.startedAt ?? view.startedAt,
				endedAt: item.proc.exitedAt ?? view.stoppedAt,
				...(item.proc.offsetMinutes !== undefined && {offsetMinutes: item.proc.offsetMinutes}),
			},
		}
		: {file: path.join(view.path, item.name), start: 'start', context: {startedAt: view.startedAt, endedAt: view.stoppedAt}};
}

/** The stream that has more to say: stderr where stdout is empty, or where the proc died. */
export function tellingStream(item: Item): Stream {
	if (item.kind === 'file' || (item.proc.errBytes ?? 0) === 0) {
		return 'out';
	}

	const hasDied = (item.proc.returncode ?? 0) !== 0 && item.proc.ended === false;
	return hasDied || (item.proc.outBytes ?? 0) === 0 ? 'err' : 'out';
}

/** An item as an entry of the palette. */
export function itemShortcut(item: Item): PaletteEntry {
	return {kind: 'place', name: plainText(item.kind === 'proc' ? item.proc.label : item.name), detail: item.kind === 'proc' ? 'this process' : 'this file', keys: []};
}
