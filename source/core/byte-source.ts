/*
Bytes that are read in pieces and may still grow: a log on this machine, a log on a host that is read through the
runner, a text in a test. Whoever shows a log asks for what it shows, never for the whole.
*/

export type ByteSource = {
	/** What messages and titles call it: `client_0_err.txt`. */
	readonly name: string;
	/** Bytes that are there now; 0 for a file that is not there yet. */
	size(): Promise<number>;
	/**
	At most `length` bytes from `offset`; fewer at the end. Rejects with a BenchError that names the file.

	@param into Memory of at least this length that may be used for them: who reads gigabytes in pieces gives the same again.
	*/
	read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
	/** Epoch ms of the last change, where that is known. */
	writtenAt?(): Promise<number | undefined>;
	/** Calls back, at most ten times a second, when the size may have changed; returns what ends the watch. */
	watch(onChange: () => void): () => void;
	/** Lets go of what it holds open. Idempotent. */
	close(): Promise<void>;
};
