/*
What the threads of one analysis share: a few numbers in shared memory, so that a thread which is busy in a loop still
hears that it was cancelled, and takes the next part without asking anybody.
*/
import {BenchError} from '../core/errors.ts';

const canceled = 0;
const nextPart = 1;
const kilobytes = 2;
/** Far above any index, and far below where adding one wraps around. */
const noPart = 1_073_741_824;

export type ControlBuffer = SharedArrayBuffer;

export function createControlBuffer(): ControlBuffer {
	return new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
}

export class Control {
	readonly buffer: ControlBuffer;
	readonly #numbers: Int32Array;
	#rest = 0;

	constructor(buffer: ControlBuffer) {
		this.buffer = buffer;
		this.#numbers = new Int32Array(buffer);
	}

	get isCanceled(): boolean {
		return Atomics.load(this.#numbers, canceled) === 1;
	}

	/** Bytes that all threads have read, give or take a kilobyte each. */
	get bytes(): number {
		return Atomics.load(this.#numbers, kilobytes) * 1024;
	}

	cancel(): void {
		Atomics.store(this.#numbers, canceled, 1);
	}

	/** The index of a part that no other thread takes. */
	takePart(): number {
		return Atomics.add(this.#numbers, nextPart, 1);
	}

	/** Leaves no part to take. */
	endParts(): void {
		Atomics.store(this.#numbers, nextPart, noPart);
	}

	/**
	Asked between steps of the work.

	@throws {BenchError} Once it is cancelled.
	*/
	throwIfCanceled(): void {
		if (this.isCanceled) {
			throw new BenchError('canceled', 'The analysis was cancelled.');
		}
	}

	addBytes(bytes: number): void {
		const total = this.#rest + bytes;
		this.#rest = total % 1024;
		Atomics.add(this.#numbers, kilobytes, Math.floor(total / 1024));
	}
}
