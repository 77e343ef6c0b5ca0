/*
Where a console reads a run: its journal, followed; logs and files from this machine, or through the runner where they are on
another; metrics from their record.
*/
import path from 'node:path';
import {type ByteSource} from '../core/byte-source.ts';
import {type RunSources} from '../core/console.ts';
import {type RunEvent} from '../core/event.ts';
import {type ControlClient, type FileName} from '../control/connect-control.ts';
import {followJournal, isJournalOver} from '../directory/follow-journal.ts';
import {localFile} from '../logs/local-file.ts';
import {followRecorders} from '../recorder/follow-recorders.ts';
import {liveMetrics} from './live-metrics.ts';

/** The sources of the run in a suite directory; with a connection to its runner, also what lies on its hosts. */
export function runSources(directory: string, control?: ControlClient): RunSources {
	// Of a run that is over nothing changes, unless it is resumed: a console that is left open is then to cost nothing.
	let isOver = false;
	const isAtRest = () => isOver;
	const here = (benchmark: string, name: string) => localFile(path.join(directory, benchmark, name), {name: `${benchmark}/${name}`, isAtRest});
	const ofProc = (file: FileName) => {
		const local = here(file.benchmark, file.name);
		return control ? hostFile(local, control, file) : local;
	};

	return {
		follow(onEvents) {
			const over = new AbortController();
			const hear = (events: readonly RunEvent[]) => {
				isOver = isJournalOver(events) ?? isOver;
				onEvents(events);
			};

			followJournal(path.join(directory, 'events.jsonl'), {onEvents: hear, signal: over.signal});
			return () => {
				over.abort();
			};
		},
		log: (benchmark, label, stream) => ofProc({benchmark, label, name: `${label}_${stream}.txt`}),
		file: here,
		metrics: benchmark => liveMetrics(path.join(directory, benchmark), isAtRest),
		recorded: (benchmark, labels) => followRecorders(labels.map(label => ({label, source: ofProc({benchmark, label, name: `${label}_data.csv`})})), {isAtRest}),
	};
}

/** A file that is read here once it is here, and on its host until then. */
function hostFile(here: ByteSource, control: ControlClient, file: FileName): ByteSource {
	const choose = async <Result>(locally: () => Promise<Result>, remotely: () => Promise<Result>): Promise<Result> => {
		if (await here.size() > 0) {
			return locally();
		}

		try {
			return await remotely();
		} catch {
			// The proc has ended, or the runner has: what there is, is here.
			return locally();
		}
	};

	return {
		name: here.name,
		size: async () => choose(async () => here.size(), async () => control.size(file)),
		read: async (offset, length) => choose(async () => here.read(offset, length), async () => control.read(file, offset, length)),
		watch(onChange) {
			const ends = [here.watch(onChange), control.watch(file, onChange)];
			return () => {
				for (const end of ends) {
					end();
				}
			};
		},
		close: async () => here.close(),
	};
}
