/*
Frames on the wire: length (of all that follows, u32), client (u32), request (u32), payload. Little endian. Frames are
parsed where they lie; only a frame that spans two reads is copied.
*/
import {Buffer} from 'node:buffer';

const headBytes = 12;
/** Up to so many bytes, a loop is faster than what copies buffers. */
const copiedByHand = 32;
const bufferBytes = 64 * 1024;
const maxFrameBytes = 64 * 1024 * 1024;

export type OnFrame = (client: number, request: number, data: Buffer, start: number, end: number) => void;

/** Takes chunks as they come and calls back for every whole frame. */
export function createFrameReader(onFrame: OnFrame): (chunk: Buffer) => void {
	let rest: Buffer | undefined;
	return chunk => {
		const data = rest ? Buffer.concat([rest, chunk]) : chunk;
		const view = new DataView(data.buffer, data.byteOffset, data.length);
		const total = data.length;
		rest = undefined;
		let at = 0;
		while (total - at >= 4) {
			const length = view.getUint32(at, true);
			if (length < headBytes - 4 || length > maxFrameBytes) {
				throw new RangeError(`A frame of ${length} bytes: the other side speaks another protocol`);
			}

			const end = at + 4 + length;
			if (end > total) {
				break;
			}

			onFrame(view.getUint32(at + 4, true), view.getUint32(at + 8, true), data, at + headBytes, end);
			at = end;
		}

		if (at < total) {
			rest = data.subarray(at);
		}
	};
}

export type FrameWriter = {
	/** Adds a frame; it goes out with all others of this turn of the event loop. */
	add(client: number, request: number, payload: Uint8Array): void;
	flush(): void;
};

/** Gathers frames and hands them over in one write a turn, or after a number of them. */
export function createFrameWriter(write: (data: Buffer) => void, flushEveryN = Infinity): FrameWriter {
	let buffer = Buffer.allocUnsafeSlow(bufferBytes);
	let view = new DataView(buffer.buffer);
	/** What was handed over may not be written on: frames go behind it, until the buffer is full. */
	let from = 0;
	let used = 0;
	let pending = 0;
	let scheduled = false;
	const limit = flushEveryN > 1 ? flushEveryN : Infinity;
	const flush = () => {
		scheduled = false;
		if (used > from) {
			const out = buffer.subarray(from, used);
			from = used;
			pending = 0;
			write(out);
		}
	};

	const makeRoom = (bytes: number) => {
		flush();
		buffer = Buffer.allocUnsafeSlow(Math.max(bufferBytes, bytes));
		view = new DataView(buffer.buffer);
		from = 0;
		used = 0;
	};

	return {
		flush,
		add(client, request, payload) {
			const size = payload.length;
			const bytes = headBytes + size;
			if (buffer.length - used < bytes) {
				makeRoom(bytes);
			}

			view.setUint32(used, bytes - 4, true);
			view.setUint32(used + 4, client, true);
			view.setUint32(used + 8, request, true);
			const start = used + headBytes;
			if (size > copiedByHand) {
				buffer.set(payload, start);
			} else {
				for (let index = 0; index < size; index++) {
					buffer[start + index] = payload[index]!;
				}
			}

			used += bytes;
			pending++;
			if (pending >= limit) {
				flush();
			} else if (!scheduled) {
				scheduled = true;
				queueMicrotask(flush);
			}
		},
	};
}
