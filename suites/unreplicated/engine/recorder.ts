/*
Recorder rows: `start,stop,count,latency_nanos,label`. The hot path stores four numbers; texts are made at the end, or, in
runs of hours, a few at a time in between, so that memory stays bounded and no pause shows in the latencies.
*/
import fs from 'node:fs';

const rowNumbers = 4;
const chunkRows = 16_384;
const keptChunks = 128;
const sliceRows = 64;
/** No row is longer than this without its label: two timestamps of 27 characters and two numbers of 16. */
const numbersLength = 90;
/** `YYYY-MM-DDTHH:MM:SS`. */
const secondsLength = 19;
const [digitZero, point, comma, zulu] = [48, 46, 44, 90];

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
	const origin = performance.timeOrigin;
	const full: Float64Array[] = [];
	let chunk = new Float64Array(chunkRows * rowNumbers);
	let used = 0;
	let rows = 0;
	let drained = 0;
	let draining = false;
	let group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};

	const toText = textOf(origin, label);
	const write = (text: Uint8Array) => {
		fs.writeSync(descriptor, text);
	};

	const push = (startMs: number, stopMs: number, size: number, latencyMs: number) => {
		chunk[used] = startMs;
		chunk[used + 1] = stopMs;
		chunk[used + 2] = size;
		chunk[used + 3] = latencyMs;
		used += rowNumbers;
		rows++;
		if (used !== chunk.length) {
			return;
		}

		full.push(chunk);
		chunk = new Float64Array(chunkRows * rowNumbers);
		used = 0;
		if (!(full.length > keptChunks) || draining) {
			return;
		}

		draining = true;
		setImmediate(drainSlice);
	};

	const drainSlice = () => {
		const [oldest] = full;
		if (!oldest) {
			draining = false;
			return;
		}

		write(toText(oldest, drained, drained + (sliceRows * rowNumbers)));
		drained += sliceRows * rowNumbers;
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
		if (!(group.size > 0)) {
			return;
		}

		push(group.startMs, group.stopMs, group.size, group.sumMs / group.size);
		group = {size: 0, startMs: 0, stopMs: 0, sumMs: 0};
	};

	return {
		get rows() {
			return rows;
		},
		record(startMs, stopMs) {
			if (groupSize === 1) {
				push(startMs, stopMs, 1, stopMs - startMs);
				return;
			}

			group.startMs = group.size === 0 ? startMs : group.startMs;
			group.stopMs = stopMs;
			group.sumMs += stopMs - startMs;
			group.size++;
			if (group.size === groupSize) {
				pushGroup();
			}
		},
		close() {
			pushGroup();
			for (const one of full) {
				write(toText(one, drained, one.length));
				drained = 0;
			}

			full.length = 0;
			write(toText(chunk, 0, used));
			used = 0;
			fs.closeSync(descriptor);
		},
	};
}

/** Makes rows as bytes: the end of a run waits for it, and strings take six times as long. */
function textOf(origin: number, label: string): (chunk: Float64Array, from: number, to: number) => Uint8Array {
	const ending = Buffer.from(`,${label}\n`);
	const second = Buffer.alloc(secondsLength);
	let bytes = Buffer.alloc(0);
	let at = 0;
	let seconds = -1;
	const digits = (value: number, count: number) => {
		let rest = value;
		for (let place = at + count - 1; place >= at; place--) {
			const tenth = Math.floor(rest / 10);
			bytes[place] = digitZero + rest - (tenth * 10);
			rest = tenth;
		}

		at += count;
	};

	const whole = (value: number) => {
		let count = 1;
		for (let power = 10; power <= value; power *= 10) {
			count++;
		}

		digits(value, count);
	};

	const stamp = (ms: number) => {
		const micros = Math.round((origin + ms) * 1000);
		const now = Math.floor(micros / 1e6);
		if (now !== seconds) {
			seconds = now;
			second.write(new Date(now * 1000).toISOString(), 'latin1');
		}

		at += second.copy(bytes, at);
		const fraction = micros - (now * 1e6);
		if (fraction > 0) {
			bytes[at++] = point;
			digits(fraction, 6);
		}

		bytes[at++] = zulu;
	};

	return (chunk, from, to) => {
		const room = Math.ceil((to - from) / rowNumbers) * (numbersLength + ending.length);
		bytes = bytes.length < room ? Buffer.alloc(room) : bytes;
		at = 0;
		for (let row = from; row < to; row += rowNumbers) {
			stamp(chunk[row]!);
			bytes[at++] = comma;
			stamp(chunk[row + 1]!);
			bytes[at++] = comma;
			whole(chunk[row + 2]!);
			bytes[at++] = comma;
			whole(Math.round(chunk[row + 3]! * 1e6));
			at += ending.copy(bytes, at);
		}

		return bytes.subarray(0, at);
	};
}
