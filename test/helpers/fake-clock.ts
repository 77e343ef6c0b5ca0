import {type Clock} from '../../source/core/clock.ts';

type Sleeper = {readonly at: number; readonly wake: () => void};

/** Time that jumps to the next sleeper whenever nothing else is to be done. */
export function createFakeClock(start = Date.UTC(2021, 3, 7, 18, 41, 18)): Clock {
	let now = start;
	let sleepers: readonly Sleeper[] = [];
	let isScheduled = false;
	// Files are real, so an idle turn or two does not mean that nothing happens.
	const idleTurns = 20;

	const advance = (turns: number) => {
		setImmediate(() => {
			if (turns > 0) {
				// While a file is read or written, no time passes.
				advance(process.getActiveResourcesInfo().some(name => name.startsWith('FSReq')) ? idleTurns : turns - 1);
				return;
			}

			isScheduled = false;
			const next = Math.min(...sleepers.map(({at}) => at));
			if (Number.isFinite(next)) {
				now = Math.max(now, next);
				const due = sleepers.filter(({at}) => at <= now);
				sleepers = sleepers.filter(({at}) => at > now);
				for (const {wake} of due) {
					wake();
				}

				schedule();
			}
		});
	};

	function schedule(): void {
		if (!isScheduled && sleepers.length > 0) {
			isScheduled = true;
			advance(idleTurns);
		}
	}

	return {
		now: () => now,
		async sleep(ms, signal) {
			if (signal?.aborted) {
				return;
			}

			const {promise, resolve} = Promise.withResolvers<void>();
			const sleeper = {at: now + ms, wake: resolve};
			sleepers = [...sleepers, sleeper];
			signal?.addEventListener('abort', () => {
				sleepers = sleepers.filter(one => one !== sleeper);
				resolve();
			}, {once: true});
			schedule();
			await promise;
		},
	};
}
