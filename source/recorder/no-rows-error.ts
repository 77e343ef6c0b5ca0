import {BenchError} from '../core/errors.ts';

/** A recorder file that is missing, empty or without rows: what the client that should have written it did is the question. */
export class NoRowsError extends BenchError {
	/** The client's: `client_0`. */
	readonly label: string;
	readonly path: string;
	/** There is not even a file. */
	readonly isMissing: boolean;

	constructor(message: string, file: {readonly label: string; readonly path: string}, {isMissing = false}: {readonly isMissing?: boolean} = {}) {
		super('recorder', message);
		this.label = file.label;
		this.path = file.path;
		this.isMissing = isMissing;
	}
}
