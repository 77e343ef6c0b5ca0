import {setTimeout as pause} from 'node:timers/promises';

/** Waits until something is there; throws with what was waited for, worked out then, after a generous time. */
export async function until<Found>(what: string | (() => string), find: () => Found | undefined | false | Promise<Found | undefined | false>, deadlineMs = 60_000): Promise<Found> {
	const deadlineAt = Date.now() + deadlineMs;
	for (;;) {
		const found = await find();
		if (found !== undefined && found !== false) {
			return found;
		}

		if (Date.now() > deadlineAt) {
			throw new Error(`It did not come: ${typeof what === 'string' ? what : what()}.`);
		}

		await pause(25);
	}
}
