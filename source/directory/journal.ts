/*
The journal (`events.jsonl`): every event of a run, one JSON object a line, appended. Each line is with the kernel before
`write` returns, so it survives the end of this process, whatever ends it; a line costs some ten microseconds.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {promisify} from 'node:util';
import {type RunEvent} from '../core/event.ts';
import {directoryError} from './directory-error.ts';
import {parseEvent} from './journal-event.ts';

const fdatasync = promisify(fs.fdatasync);

export type Journal = {
	/** Appends an event; never throws. What went wrong first is in `error`. */
	write(event: RunEvent): void;
	readonly error: Error | undefined;
	/** Resolves when what was written is on the disk; never rejects. */
	sync(): Promise<void>;
	close(): void;
};

export type JournalContent = {
	readonly events: readonly RunEvent[];
	/** Lines that are no event: damaged, or of a kind that this version does not know. A cut last line is not counted. */
	readonly skipped: number;
	/** Whether the last line is cut. */
	readonly isCut: boolean;
};

/**
Opens a journal for appending; makes it where it is missing.

@throws BenchError `directory` where it cannot.
*/
export function openJournal(path: string): Journal {
	let descriptor: number | undefined;
	let error: Error | undefined;
	// A line that was cut, by a kill or a full disk, must not swallow the next one.
	let isCut: boolean;
	try {
		isCut = endsMidLine(path);
		descriptor = fs.openSync(path, 'a');
	} catch (error_) {
		throw directoryError('write', path, error_);
	}

	return {
		write(event) {
			if (descriptor === undefined) {
				return;
			}

			try {
				const line = Buffer.from(`${isCut ? '\n' : ''}${JSON.stringify(event)}\n`);
				const written = fs.writeSync(descriptor, line);
				isCut = written < line.length && (isCut || written > 0);
				if (written < line.length) {
					error ??= directoryError('write', path, new Error('the disk took a part of a line'));
				}
			} catch (error_) {
				error ??= directoryError('write', path, error_);
			}
		},
		get error() {
			return error;
		},
		async sync() {
			try {
				if (descriptor !== undefined) {
					await fdatasync(descriptor);
				}
			} catch (error_) {
				error ??= directoryError('write', path, error_);
			}
		},
		close() {
			if (descriptor === undefined) {
				return;
			}

			fs.closeSync(descriptor);
			descriptor = undefined;
		},
	};
}

/** The events of a journal, in order; empty where there is none. Lines that are no event are left out. */
export async function readJournal(path: string): Promise<readonly RunEvent[]> {
	try {
		return parseJournal(await fs.promises.readFile(path, 'utf8')).events;
	} catch {
		return [];
	}
}

/** The events of a journal's text. */
export function parseJournal(text: string): JournalContent {
	const lines = text.split('\n');
	const last = lines.pop() ?? '';
	const events: RunEvent[] = [];
	let skipped = 0;
	for (const line of lines) {
		const event = parseEvent(line);
		if (event) {
			events.push(event);
		} else if (line.trim() !== '') {
			skipped++;
		}
	}

	// Whole but for its line end: the kill came between two writes of the same line, or an editor took the end away.
	const whole = parseEvent(last);
	return {events: whole ? [...events, whole] : events, skipped, isCut: last.trim() !== '' && !whole};
}

function endsMidLine(path: string): boolean {
	const descriptor = fs.openSync(path, 'a+');
	try {
		const {size} = fs.fstatSync(descriptor);
		const byte = Buffer.alloc(1);
		return size > 0 && fs.readSync(descriptor, byte, 0, 1, size - 1) === 1 && byte.toString() !== '\n';
	} finally {
		fs.closeSync(descriptor);
	}
}
