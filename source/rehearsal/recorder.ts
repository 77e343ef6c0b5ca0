/*
What a rehearsed client leaves: recorder data in the form of the protocol's own clients, labelled or not. Rows are
gathered and written a few thousand at a time, so that a long run fits in memory.
*/
import fs from 'node:fs';

const rowsPerWrite = 4096;

export type Recorder = {
	/** One request; times of `performance.now()`. */
	record(startMs: number, stopMs: number): void;
	/** Writes what is left and returns how many rows there are. */
	close(): number;
};

type Group = {label: string; count: number; startMs: number; stopMs: number; sumMs: number};

export type RecorderOptions = {
	/** What requests are labelled with, in turn; without any the data are unlabelled, one row each. */
	readonly labels: readonly string[];
	/** How many requests of a label make one row. */
	readonly groupSize: number;
	/** The client's own address, for unlabelled rows. */
	readonly host: string;
	readonly port: number;
};

/** Opens a recorder file, which replaces one of that name. */
export function createRecorder(file: string, {labels, groupSize, host, port}: RecorderOptions): Recorder {
	const isLabelled = labels.length > 0;
	const output = fs.openSync(file, 'w');
	const groups = labels.map((label): Group => ({label, count: 0, startMs: 0, stopMs: 0, sumMs: 0}));
	let waiting = [isLabelled ? 'start,stop,count,latency_nanos,label' : 'start,stop,latency_nanos,host,port'];
	let requests = 0;
	let rows = 0;

	const flush = () => {
		if (waiting.length > 0) {
			fs.writeSync(output, `${waiting.join('\n')}\n`);
			waiting = [];
		}
	};

	const add = (row: string) => {
		rows++;
		waiting.push(row);
		if (waiting.length >= rowsPerWrite) {
			flush();
		}
	};

	const endGroup = (group: Group) => {
		if (group.count > 0) {
			add(`${timestamp(group.startMs)},${timestamp(group.stopMs)},${group.count},${nanos(group.sumMs / group.count)},${group.label}`);
			group.count = 0;
			group.sumMs = 0;
		}
	};

	return {
		record(startMs, stopMs) {
			if (!isLabelled) {
				add(`${timestamp(startMs)},${timestamp(stopMs)},${nanos(stopMs - startMs)},${host},${port}`);
				return;
			}

			const group = groups[requests++ % groups.length]!;
			group.startMs = group.count === 0 ? startMs : Math.min(group.startMs, startMs);
			group.stopMs = stopMs;
			group.sumMs += stopMs - startMs;
			group.count++;
			if (group.count >= groupSize) {
				endGroup(group);
			}
		},
		close() {
			for (const group of groups) {
				endGroup(group);
			}

			flush();
			fs.closeSync(output);
			return rows;
		},
	};
}

function nanos(ms: number): number {
	return Math.round(ms * 1e6);
}

// UTC to the microsecond.
function timestamp(ms: number): string {
	const micros = Math.round((performance.timeOrigin + ms) * 1000);
	return `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
}
