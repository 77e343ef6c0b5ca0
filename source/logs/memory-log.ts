import {type ByteSource} from '../core/byte-source.ts';

/** Bytes in memory that may grow or be replaced: a text that is shown like a log, and a log in a test. */
export type MemoryLog = ByteSource & {
	append(text: string | Uint8Array): void;
	replace(text: string | Uint8Array): void;
};

export function memoryLog(name: string, text: string | Uint8Array = ''): MemoryLog {
	let bytes = Buffer.from(text);
	const watchers = new Set<() => void>();
	const change = (next: Buffer<ArrayBuffer>) => {
		bytes = next;
		for (const watcher of watchers) {
			watcher();
		}
	};

	return {
		name,
		size: async () => bytes.length,
		read: async (offset, length) => bytes.subarray(offset, offset + Math.max(0, length)),
		watch(onChange) {
			watchers.add(onChange);
			return () => {
				watchers.delete(onChange);
			};
		},
		close: async () => undefined,
		append(more) {
			change(Buffer.concat([bytes, Buffer.from(more)]));
		},
		replace(next) {
			change(Buffer.from(next));
		},
	};
}
