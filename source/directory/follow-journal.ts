/*
A journal, followed while a runner on this machine or another appends to it. It is looked at, not watched: a shared file
system tells no one of what another machine writes.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs/promises';
import {StringDecoder} from 'node:string_decoder';
import {type RunEvent} from '../core/event.ts';
import {parseEvent} from './journal-event.ts';

const lookMs = 100;
// A run that is over is seldom resumed.
const idleMs = 1000;
const chunkBytes = 256 * 1024;

export type FollowOptions = {
	/** Gets the events so far, in one batch, then those that come, in order. */
	readonly onEvents: (events: readonly RunEvent[]) => void;
	/** Aborts when nobody follows any more. */
	readonly signal: AbortSignal;
};

/** Whether the run is over after these events; undefined where they do not say. */
export function isJournalOver(events: readonly RunEvent[]): boolean | undefined {
	const last = events.findLast(({type}) => type === 'suite-finished' || type === 'suite-resumed' || type === 'suite-started');
	return last === undefined ? undefined : last.type === 'suite-finished';
}

/** Follows a journal, which need not be there yet; returns at once. */
export function followJournal(file: string, {onEvents, signal}: FollowOptions): void {
	const decoder = new StringDecoder('utf8');
	const chunk = Buffer.alloc(chunkBytes);
	let rest = '';
	let offset = 0;
	let isOver = false;
	let next: NodeJS.Timeout | undefined;
	const take = (text: string): readonly RunEvent[] => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		return lines.flatMap(line => parseEvent(line) ?? []);
	};

	// What is there is told at once: an end in the middle of it, before a resume, is none.
	const tell = (events: readonly RunEvent[]) => {
		isOver = isJournalOver(events) ?? isOver;
		if (events.length > 0) {
			onEvents(events);
		}
	};

	const look = async () => {
		let handle: fs.FileHandle | undefined;
		const found: RunEvent[] = [];
		try {
			handle = await fs.open(file);
			for (let bytesRead = chunkBytes; bytesRead > 0 && !signal.aborted;) {
				({bytesRead} = await handle.read(chunk, 0, chunkBytes, offset));
				offset += bytesRead;
				found.push(...take(decoder.write(chunk.subarray(0, bytesRead))));
			}
		} catch {
			// Not there yet, or not to be read just now: the next look tells.
		} finally {
			await handle?.close();
		}

		if (!signal.aborted) {
			tell(found);
			next = setTimeout(() => {
				void look();
			}, isOver ? idleMs : lookMs);
		}
	};

	signal.addEventListener('abort', () => {
		clearTimeout(next);
	}, {once: true});
	void look();
}
