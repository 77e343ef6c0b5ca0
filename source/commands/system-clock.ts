import {setTimeout as pause} from 'node:timers/promises';
import {type Clock} from '../core/clock.ts';

/** The time of this machine. */
export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	async sleep(ms, signal) {
		try {
			await pause(ms, undefined, {signal});
		} catch {
			// An abort ends the sleep; who sleeps looks at the signal.
		}
	},
};
