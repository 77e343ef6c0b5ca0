import {BenchError} from '../core/errors.ts';

/**
A failure that passes: a refused or reset connection, a banner that did not come, a channel that was not opened. What it
stopped had not begun, so that it can be tried again.
*/
export class TransientError extends BenchError {
	constructor(message: string, options?: {readonly cause?: unknown}) {
		super('host', message, options);
	}
}
