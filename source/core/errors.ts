/*
Three kinds of failure. A `BenchError` is expected: bad input, a missing file, a refused connection; its message is one
sentence that names the file, host, field or command and says what to do, and it is shown without a stack. A benchmark
that fails is an event (`benchmark-failed`), not an exception. Everything else is a bug and shows its stack.
*/

export type BenchErrorCode =
	| 'usage' // Flags and names on the command line.
	| 'cluster' // A cluster file.
	| 'suite' // A suite file or its inputs.
	| 'recorder' // Recorder data.
	| 'directory' // A suite or benchmark directory.
	| 'host' // A host or the connection to it.
	| 'metrics' // Exposition text or a scrape.
	| 'canceled'; // Someone asked for the end.

/** An expected failure, shown as its message alone. */
export class BenchError extends Error {
	override readonly name = 'BenchError';
	readonly code: BenchErrorCode;

	constructor(code: BenchErrorCode, message: string, options?: {readonly cause?: unknown}) {
		super(message, options);
		this.code = code;
	}
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
