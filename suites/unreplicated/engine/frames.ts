/*
Frames on the wire: length (of all that follows, u32), client (u32), request (u32), payload. Little endian. Frames are
parsed where they lie; only a frame that spans two reads is copied.
*/
import {type Buffer as NodeBuffer, Buffer} from 'node:buffer';

const headBytes = 12;
/** Up to so many bytes, a loop is faster than what copies buffers. */
const copiedByHand = 32;
export const maxFrameBytes = 64 * 1024 * 1024;

export type OnFrame = (client: number, request: number, data: NodeBuffer, start: number, end: number) => void;

/** Takes chunks as they come and calls back for every whole frame. */
export function createFrameReader(onFrame: OnFrame): (chunk: NodeBuffer) => void {
	let rest: NodeBuffer | undefined;
	return chunk => {
		let data = chunk;
		if (rest) {
			data = Buffer.concat([rest, chunk]);
			rest = undefined;
		}

		let at = 0;
		while (data.length - at >= 4) {
			const length = data.readUInt32LE(at);
			if (length < headBytes - 4 || length > maxFrameBytes) {
				throw new RangeError(`A frame of ${length} bytes: the other side speaks another protocol`);
			}

			if (data.length - at < length + 4) {
				break;
			}

			onFrame(data.readUInt32LE(at + 4), data.readUInt32LE(at + 8), data, at + headBytes, at + 4 + length);
			at += length + 4;
		}

		if (at < data.length) {
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
export function createFrameWriter(write: (data: NodeBuffer) => void, flushEveryN = Infinity): FrameWriter {
	let buffer = Buffer.allocUnsafe(64 * 1024);
	let used = 0;
	let pending = 0;
	let scheduled = false;
	const flush = () => {
		scheduled = false;
		if (used > 0) {
			const out = buffer.subarray(0, used);
			// What was handed over may not be written on: go on behind it, or in a new buffer.
			buffer = buffer.length - used >= 4096 ? buffer.subarray(used) : Buffer.allocUnsafe(64 * 1024);
			used = 0;
			pending = 0;
			write(out);
		}
	};

	return {
		flush,
		add(client, request, payload) {
			const bytes = headBytes + payload.length;
			if (buffer.length - used < bytes) {
				flush();
				buffer = buffer.length < bytes ? Buffer.allocUnsafe(Math.max(64 * 1024, bytes)) : buffer;
			}

			buffer.writeUInt32LE(bytes - 4, used);
			buffer.writeUInt32LE(client, used + 4);
			buffer.writeUInt32LE(request, used + 8);
			if (payload.length > copiedByHand) {
				buffer.set(payload, used + headBytes);
			} else {
				let at = used + headBytes;
				for (const byte of payload) {
					buffer[at++] = byte;
				}
			}

			used += bytes;
			pending++;
			if (pending >= flushEveryN && flushEveryN > 1) {
				flush();
			} else if (!scheduled) {
				scheduled = true;
				queueMicrotask(flush);
			}
		},
	};
}
