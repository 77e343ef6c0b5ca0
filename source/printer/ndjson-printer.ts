import {type Emit} from '../core/event.ts';

/** A printer of every event as one JSON object a line. */
export function createNdjsonPrinter(stdout: {write(text: string): unknown}): Emit {
	return event => {
		stdout.write(`${JSON.stringify(event)}\n`);
	};
}
