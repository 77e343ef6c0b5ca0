/*
Recorder rows: `start,stop,count,latency_nanos,label`. The hot path stores a few numbers, once for equal rows. Their text is
made while the answers to the next requests are under way, a row or two at a time; where rows come faster than that, at the
end, or, in runs of hours, a few at a time in between, so that memory stays bounded and no pause shows in the latencies.
*/
import {createRowText} from './row-text.ts';
import {createTextFile} from './text-file.ts';

/** An entry is start, stop, the number of rows that are equal to it, the size of its group and its latency. */
const entryNumbers = 5;
const chunkNumbers = 16_384 * entryNumbers;
const keptChunks = 64;
/** Rows that are written between two turns of the event loop, so few that no pause shows. */
const sliceRows = 64;
/** Entries that an answer gives time for, and rows that these may stand for. */
const settledEntries = 2;
const settledRows = 4;

export type Recorder = {
	/** Milliseconds of `performance.now()`; one request. */
	record(startMs: number, stopMs: number): void;
	/** The moment for a little work: requests are under way, and nothing else is to be done. */
	settle(): void;
	/** What was recorded so far was a rehearsal, by which the code of all this got compiled. */
	begin(): void;
	readonly rows: number;
	/** Writes everything; the file is whole after it. */
	close(): void;
};

/**
Opens `<prefix>_data.csv`.

@param groupSize With more than 1, a row stands for that many requests: start of the first, stop of the last, mean latency.
*/
export function createRecorder(path: string, groupSize: number, label: string): Recorder {
	const file = createTextFile(path, 'start,stop,count,latency_nanos,label\n');
	const text = createRowText(performance.timeOrigin, label);
	/** Bytes of the block that is being filled. */
	let filled = 0;
	let isRehearsal = true;
	const full: Float64Array[] = [];
	let chunk = new Float64Array(chunkNumbers);
	let used = 0;
	let rows = 0;
	/** Of the oldest chunk, what has become text. */
	let drained = 0;
	let draining = false;
	const last = {startMs: NaN, stopMs: NaN};
	let group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};

	const flush = () => {
		if (!isRehearsal) {
			file.flush(filled);
		}

		filled = 0;
	};

	/** Makes an entry's text: a row, which is copied as often as it is to stand there. */
	const writeEntry = (numbers: Float64Array, place: number) => {
		for (let left = numbers[place + 2]!; left > 0;) {
			if (file.block.length - filled < text.maxBytes) {
				flush();
			}

			const {block} = file;
			const from = filled;
			filled = text.put(block, filled, numbers, place);
			const length = filled - from;
			const times = Math.min(left, Math.floor((block.length - from) / length));
			for (let done = 1; done < times;) {
				const more = Math.min(done, times - done);
				block.copyWithin(filled, from, from + (more * length));
				filled += more * length;
				done += more;
			}

			left -= times;
		}
	};

	/** Has room for an entry; the chunk that is full stays what rows are equal to until then. */
	const makeRoom = () => {
		if (used < chunkNumbers) {
			return;
		}

		full.push(chunk);
		chunk = new Float64Array(chunkNumbers);
		used = 0;
		if (full.length > keptChunks && !draining) {
			draining = true;
			setImmediate(drainSlice);
		}
	};

	const drainedOne = () => {
		drained += entryNumbers;
		if (drained === chunkNumbers) {
			drained = 0;
			full.shift();
		}
	};

	const drainSlice = () => {
		for (let left = sliceRows; left > 0 && full[0];) {
			left -= full[0][drained + 2]!;
			writeEntry(full[0], drained);
			drainedOne();
		}

		draining = full.length > keptChunks / 2;
		if (draining) {
			setImmediate(drainSlice);
		}
	};

	const push = (startMs: number, stopMs: number, size: number, latencyMs: number) => {
		makeRoom();
		chunk[used] = startMs;
		chunk[used + 1] = stopMs;
		chunk[used + 2] = 1;
		chunk[used + 3] = size;
		chunk[used + 4] = latencyMs;
		used += entryNumbers;
		rows++;
	};

	const pushGroup = () => {
		if (group.size > 0) {
			push(group.startMs, group.stopMs, group.size, group.sumMs / group.size);
			group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};
		}
	};

	const recordOne = (startMs: number, stopMs: number) => {
		// What was sent together and answered together.
		if (stopMs === last.stopMs && startMs === last.startMs) {
			rows++;
			chunk[used - 3]!++;
			return;
		}

		push(startMs, stopMs, 1, stopMs - startMs);
		last.startMs = startMs;
		last.stopMs = stopMs;
	};

	const recordInGroup = (startMs: number, stopMs: number) => {
		group.startMs = group.size === 0 ? startMs : group.startMs;
		group.stopMs = stopMs;
		group.sumMs += stopMs - startMs;
		group.size++;
		if (group.size === groupSize) {
			pushGroup();
		}
	};

	return {
		get rows() {
			return rows;
		},
		record: groupSize === 1 ? recordOne : recordInGroup,
		settle() {
			for (let entries = 0, left = settledRows; entries < settledEntries; entries++) {
				const oldest = full[0] ?? chunk;
				// The newest entry may still stand for more.
				const end = full[0] ? chunkNumbers : used - entryNumbers;
				if (drained >= end || oldest[drained + 2]! > left) {
					return;
				}

				left -= oldest[drained + 2]!;
				writeEntry(oldest, drained);
				drainedOne();
			}
		},
		begin() {
			isRehearsal = false;
			[filled, used, drained, rows] = [0, 0, 0, 0];
			full.length = 0;
			last.startMs = NaN;
			last.stopMs = NaN;
			group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};
		},
		close() {
			if (isRehearsal) {
				file.close(0);
				return;
			}

			pushGroup();
			while (full[0]) {
				writeEntry(full[0], drained);
				drainedOne();
			}

			for (; drained < used; drained += entryNumbers) {
				writeEntry(chunk, drained);
			}

			file.close(filled);
		},
	};
}
