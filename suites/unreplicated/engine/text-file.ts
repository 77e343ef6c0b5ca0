/*
A file that is written block by block by other threads, so that nobody waits for the disk; at the end whatever these have not
confirmed is written once more, at the same place.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';

const blockBytes = 64 * 1024;
/** Blocks that wait for the disk; beyond them this thread waits too, so that memory stays bounded. */
const maxWaiting = 256;

type TextFile = {
	/** The block that is being filled; another one after `flush`. */
	readonly block: Buffer;
	/** Sends the block's first bytes to the file, and gives an empty one. */
	flush(bytes: number): void;
	/** The same for the last time: the file is whole after it. */
	close(bytes: number): void;
};

/** Makes a file, or empties it. */
export function createTextFile(file: string, header: string): TextFile {
	const descriptor = fs.openSync(file, 'w');
	let end = fs.writeSync(descriptor, header);
	let block: Buffer = Buffer.allocUnsafeSlow(blockBytes);
	const spare: Buffer[] = [];
	const waiting = new Map<number, {readonly block: Buffer; readonly bytes: number}>();

	const writeWhole = (data: Buffer, bytes: number, position: number) => {
		for (let done = 0; done < bytes;) {
			done += fs.writeSync(descriptor, data, done, bytes - done, position + done);
		}
	};

	return {
		get block() {
			return block;
		},
		flush(bytes) {
			const [full, position] = [block, end];
			end += bytes;
			if (waiting.size >= maxWaiting) {
				writeWhole(full, bytes, position);
				return;
			}

			waiting.set(position, {block: full, bytes});
			fs.write(descriptor, full, 0, bytes, position, (error, written) => {
				// What went wrong goes wrong again at the end, where it is told.
				if (!error && written === bytes) {
					waiting.delete(position);
					spare.push(full);
				}
			});
			block = spare.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
		},
		close(bytes) {
			for (const [position, {block: data, bytes: length}] of waiting) {
				writeWhole(data, length, position);
			}

			writeWhole(block, bytes, end);
			fs.closeSync(descriptor);
		},
	};
}
