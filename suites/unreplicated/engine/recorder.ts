/*
Recorder rows: `start,stop,count,latency_nanos,label`. The hot path stores a few numbers, once for equal rows; texts are made
at the end, or, in runs of hours, a few at a time in between, so that memory stays bounded and no pause shows in the latencies.
*/
import fs from 'node:fs';

/** An entry is start, stop and the number of rows that are equal to it; or, where rows are groups, start, stop, size and mean latency. */
type EntryNumbers = 3 | 4;
const chunkEntries = 16_384;
const keptChunks = 128;
/** Rows that are written at once: in between, so few that no pause shows, and at the end. */
const sliceRows = 64;
const endRows = 16_384;
/** No row is longer than this without its label: two timestamps of 27 characters and two numbers of 16. */
const numbersLength = 90;
/** `YYYY-MM-DDTHH:MM:SS`. */
const secondsLength = 19;
const [point, comma, zulu] = [46, 44, 90];
/** `000`, `001` and so on: three digits for one division. */
const threeDigits = Buffer.from(Array.from({length: 1000}, (_, value) => String(value).padStart(3, '0')).join(''));

export type Recorder = {
	/** Milliseconds of `performance.now()`; one request. */
	record(startMs: number, stopMs: number): void;
	readonly rows: number;
	/** Writes everything; the file is whole after it. */
	close(): void;
};

/**
Opens `<prefix>_data.csv`.

@param groupSize With more than 1, a row stands for that many requests: start of the first, stop of the last, mean latency.
*/
export function createRecorder(file: string, groupSize: number, label: string): Recorder {
	const descriptor = fs.openSync(file, 'w');
	fs.writeSync(descriptor, 'start,stop,count,latency_nanos,label\n');
	const entryNumbers: EntryNumbers = groupSize === 1 ? 3 : 4;
	const chunkNumbers = chunkEntries * entryNumbers;
	const toText = textOf(performance.timeOrigin, label, entryNumbers);
	const full: Float64Array[] = [];
	let chunk = new Float64Array(chunkNumbers);
	let used = 0;
	let rows = 0;
	let drained = 0;
	let draining = false;
	const last = {startMs: NaN, stopMs: NaN};
	let group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};

	const writeFrom = (one: Float64Array, from: number, mostRows: number): number => {
		const text = toText(one, from, mostRows);
		fs.writeSync(descriptor, text.bytes);
		return text.end;
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

	const drainSlice = () => {
		const [oldest] = full;
		if (!oldest) {
			draining = false;
			return;
		}

		drained = writeFrom(oldest, drained, sliceRows);
		if (drained >= oldest.length) {
			drained = 0;
			full.shift();
		}

		draining = full.length > keptChunks / 2;
		if (draining) {
			setImmediate(drainSlice);
		}
	};

	const pushGroup = () => {
		if (group.size === 0) {
			return;
		}

		makeRoom();
		chunk[used] = group.startMs;
		chunk[used + 1] = group.stopMs;
		chunk[used + 2] = group.size;
		chunk[used + 3] = group.sumMs / group.size;
		used += entryNumbers;
		rows++;
		group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};
	};

	const recordOne = (startMs: number, stopMs: number) => {
		rows++;
		// What was sent together and answered together.
		if (stopMs === last.stopMs && startMs === last.startMs) {
			chunk[used - 1]!++;
			return;
		}

		makeRoom();
		chunk[used] = startMs;
		chunk[used + 1] = stopMs;
		chunk[used + 2] = 1;
		used += entryNumbers;
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
		close() {
			pushGroup();
			for (const one of [...full, chunk.subarray(0, used)]) {
				while (drained < one.length) {
					drained = writeFrom(one, drained, endRows);
				}

				drained = 0;
			}

			full.length = 0;
			fs.closeSync(descriptor);
		},
	};
}

/**
Makes rows as bytes: the end of a run waits for it, and strings take six times as long. Takes entries from a place in a
chunk, until it has so many rows at least or the chunk ends, and says where the next entry is.
*/
function textOf(origin: number, label: string, entryNumbers: EntryNumbers): (chunk: Float64Array, from: number, mostRows: number) => {readonly bytes: Uint8Array; readonly end: number} {
	const ending = Buffer.from(`,${label}\n`);
	const second = Buffer.alloc(secondsLength);
	let bytes = Buffer.alloc(0);
	let at = 0;
	let seconds = -1;
	/** A closed loop starts when it stopped, so that a time mostly stands there twice. */
	const stamped = {ms: NaN, from: 0, to: 0};
	// Native copies take longer to call than to do.
	const copy = (source: Uint8Array, from: number, to: number) => {
		for (let index = from; index < to; index++) {
			bytes[at++] = source[index]!;
		}
	};

	const digits = (value: number, count: number) => {
		let rest = value;
		let place = at + count;
		at = place;
		for (let left = count; left > 0; left -= 3) {
			const thousandth = Math.floor(rest / 1000);
			const from = (rest - (thousandth * 1000)) * 3;
			bytes[--place] = threeDigits[from + 2]!;
			if (left > 1) {
				bytes[--place] = threeDigits[from + 1]!;
			}

			if (left > 2) {
				bytes[--place] = threeDigits[from]!;
			}

			rest = thousandth;
		}
	};

	const whole = (value: number) => {
		let count = 1;
		for (let power = 10; power <= value; power *= 10) {
			count++;
		}

		digits(value, count);
	};

	const stamp = (ms: number) => {
		const from = at;
		if (ms === stamped.ms) {
			copy(bytes, stamped.from, stamped.to);
		} else {
			const micros = Math.round((origin + ms) * 1000);
			const now = Math.floor(micros / 1e6);
			if (now !== seconds) {
				seconds = now;
				second.write(new Date(now * 1000).toISOString(), 'latin1');
			}

			copy(second, 0, secondsLength);
			const fraction = micros - (now * 1e6);
			if (fraction > 0) {
				bytes[at++] = point;
				digits(fraction, 6);
			}

			bytes[at++] = zulu;
			stamped.ms = ms;
		}

		stamped.from = from;
		stamped.to = at;
	};

	const row = (startMs: number, stopMs: number, count: number, latencyMs: number) => {
		stamp(startMs);
		bytes[at++] = comma;
		stamp(stopMs);
		bytes[at++] = comma;
		whole(count);
		bytes[at++] = comma;
		whole(Math.round(latencyMs * 1e6));
		copy(ending, 0, ending.length);
	};

	/** Repeats the row that lies from a place to the end, until it stands there so many times. */
	const repeat = (from: number, times: number) => {
		const length = at - from;
		for (let done = 1; done < times;) {
			const more = Math.min(done, times - done);
			bytes.copyWithin(at, from, from + (more * length));
			at += more * length;
			done += more;
		}
	};

	return (chunk, from, mostRows) => {
		let end = from;
		let rows = 0;
		for (; end < chunk.length && rows < mostRows; end += entryNumbers) {
			rows += entryNumbers === 3 ? chunk[end + 2]! : 1;
		}

		const room = rows * (numbersLength + ending.length);
		bytes = bytes.length < room ? Buffer.allocUnsafeSlow(room) : bytes;
		at = 0;
		stamped.ms = NaN;
		for (let place = from; place < end; place += entryNumbers) {
			const [startMs, stopMs, number] = [chunk[place]!, chunk[place + 1]!, chunk[place + 2]!];
			const rowStart = at;
			if (entryNumbers === 3) {
				row(startMs, stopMs, 1, stopMs - startMs);
				repeat(rowStart, number);
			} else {
				row(startMs, stopMs, number, chunk[place + 3]!);
			}
		}

		return {bytes: bytes.subarray(0, at), end};
	};
}
