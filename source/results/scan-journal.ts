/*
What a list needs of a journal, without folding all of it: the lines that start and end things, found as bytes. A night's
journal is mostly heartbeats and phases.
*/
import {Buffer} from 'node:buffer';
import {type RunEvent, type Runner} from '../core/event.ts';
import {parseEvent} from '../directory/journal-event.ts';

type JournalFacts = {
	readonly suite: string;
	readonly engine: string;
	readonly hosts: readonly string[];
	readonly total: number;
	readonly finished: number;
	readonly failed: number;
	readonly startedAt: number;
	/** Of the last event. */
	readonly lastAt: number;
	/** The one that began it, or took it up last. */
	readonly runner: Runner;
	/** Undefined while it runs, or where it was cut off. */
	readonly outcome: 'finished' | 'failed' | 'interrupted' | undefined;
};

const wanted = ['suite-started', 'suite-resumed', 'attempt-discarded', 'benchmark-finished', 'benchmark-failed', 'suite-finished'].map(type => Buffer.from(`"type":"${type}"`));

/** Undefined where no `suite-started` stands in it. */
export function scanJournal(bytes: Buffer): JournalFacts | undefined {
	const events = wanted.flatMap(marker => linesWith(bytes, marker)).toSorted((one, other) => one.offset - other.offset).flatMap(({line}) => parseEvent(line) ?? []);
	const ends = new Map<number, 'finished' | 'failed'>();
	const selected = new Set<number>();
	let start: Extract<RunEvent, {readonly type: 'suite-started'}> | undefined;
	let startedAt: number | undefined;
	let runner: Runner | undefined;
	let outcome: JournalFacts['outcome'];
	// A run that is taken up again runs what was missing or had failed; what finished before stays.
	const begin = (indices: readonly number[]) => {
		outcome = undefined;
		for (const index of indices) {
			selected.add(index);
			ends.delete(index);
		}
	};

	for (const event of events) {
		switch (event.type) {
			case 'suite-started': {
				start = event;
				startedAt ??= event.at;
				runner = event.runner;
				begin(event.selected);
				break;
			}

			case 'suite-resumed': {
				runner = event.runner;
				begin(event.selected);
				break;
			}

			case 'attempt-discarded': {
				ends.delete(event.index);
				break;
			}

			case 'benchmark-finished': {
				ends.set(event.index, 'finished');
				break;
			}

			case 'benchmark-failed': {
				ends.set(event.index, 'failed');
				break;
			}

			case 'suite-finished': {
				outcome = event.outcome;
				break;
			}

			default: {
				break;
			}
		}
	}

	if (!start || !runner || startedAt === undefined) {
		return undefined;
	}

	const states = [...ends.values()];
	return {
		suite: start.suite, engine: start.engine,
		hosts: start.hosts,
		total: selected.size,
		finished: states.filter(state => state === 'finished').length,
		failed: states.filter(state => state === 'failed').length,
		startedAt,
		lastAt: lastEvent(bytes)?.at ?? events.at(-1)!.at,
		runner,
		outcome,
	};
}

// A marker inside a text of an event has its quotes escaped, so it is not found.
function linesWith(bytes: Buffer, marker: Buffer): ReadonlyArray<{readonly offset: number; readonly line: string}> {
	const found: Array<{readonly offset: number; readonly line: string}> = [];
	for (let at = bytes.indexOf(marker); at !== -1; at = bytes.indexOf(marker, at)) {
		const from = bytes.lastIndexOf(10, at) + 1;
		const end = bytes.indexOf(10, at);
		const to = end === -1 ? bytes.length : end;
		found.push({offset: from, line: bytes.toString('utf8', from, to)});
		at = to;
	}

	return found;
}

function lastEvent(bytes: Buffer): RunEvent | undefined {
	const tail = bytes.subarray(Math.max(0, bytes.length - 4096)).toString('utf8');
	return tail.split('\n').map(line => parseEvent(line)).findLast(event => event !== undefined);
}
