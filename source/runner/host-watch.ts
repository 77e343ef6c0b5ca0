/*
The hosts of a run, watched: a loss is an event at once, and a host that is back is one too. Procs are never placed
elsewhere because of a loss, for their rows would no longer compare: who needs the host waits.
*/
import {messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {BenchmarkFailure} from './failure.ts';
import {type RunnerEnvironment} from './environment.ts';
import {type UntimedEvent} from './hooks.ts';

export type HostWatch = {
	/** As the environment's; rejects with a BenchmarkFailure `host-lost` where there is no connection. */
	readonly hostOf: (address: string) => Promise<Host>;
	/** Those of the addresses that are lost now. */
	lost(addresses: Iterable<string>): readonly string[];
	/** Waits until the lost ones can be reached; returns those that cannot when the time is over, or the signal aborts. */
	regain(addresses: readonly string[], waitMs: number, signal: AbortSignal): Promise<readonly string[]>;
	/** Calls back when a host is lost; returns what ends that. */
	onLost(callback: (failure: BenchmarkFailure) => void): () => void;
};

const firstPauseMs = 250;
const longestPauseMs = 5000;

export type HostWatchOptions = Pick<RunnerEnvironment, 'hostOf' | 'clock'> & {
	readonly emit: (event: UntimedEvent) => void;
	/** Labels of the procs that run on a host now. */
	readonly labelsOn: (address: string) => readonly string[];
};

/** Watches hosts from their first use on. */
export function watchHosts({hostOf, clock, emit, labelsOn}: HostWatchOptions): HostWatch {
	const known = new WeakSet<Host>();
	const lostAt = new Map<string, number>();
	const listeners = new Set<(failure: BenchmarkFailure) => void>();
	const tell = (address: string, reason: unknown): BenchmarkFailure => {
		const words = messageOf(reason).replace(`${address}: `, '');
		const failure = new BenchmarkFailure({kind: 'host-lost', host: address, message: `the host ${address} was lost: ${words}`});
		if (!lostAt.has(address)) {
			lostAt.set(address, clock.now());
			const labels = labelsOn(address);
			emit({type: 'host-lost', host: address, labels, message: `Host ${address} is lost${labels.length === 0 ? '' : `, with ${labels.join(', ')}`}: ${words}`});
			for (const listener of listeners) {
				listener(failure);
			}
		}

		return failure;
	};

	const connect = async (address: string): Promise<Host> => {
		const host = await hostOf(address);
		if (!known.has(host)) {
			known.add(host);
			void (async () => {
				tell(address, await host.lost);
			})();
		}

		const since = lostAt.get(address);
		if (since !== undefined) {
			lostAt.delete(address);
			emit({type: 'host-regained', host: address, afterMs: Math.round(clock.now() - since)});
		}

		return host;
	};

	const canConnect = async (address: string): Promise<boolean> => {
		try {
			await connect(address);
			return true;
		} catch {
			return false;
		}
	};

	const late = async (deadlineAt: number, signal: AbortSignal): Promise<false> => {
		await clock.sleep(Math.max(0, deadlineAt - clock.now()), signal);
		return false;
	};

	const regainOne = async (address: string, deadlineAt: number, signal: AbortSignal): Promise<boolean> => {
		for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
			// A sleep that nobody waits for any more would keep the runner's process.
			const over = new AbortController();
			const isBack = await Promise.race([
				canConnect(address),
				late(deadlineAt, AbortSignal.any([signal, over.signal])),
			]);
			over.abort();
			if (isBack || clock.now() >= deadlineAt) {
				return isBack;
			}

			await clock.sleep(Math.min(pauseMs, deadlineAt - clock.now()), signal);
		}

		return false;
	};

	const lost = (addresses: Iterable<string>) => [...new Set(addresses)].filter(address => lostAt.has(address));
	return {
		async hostOf(address) {
			try {
				return await connect(address);
			} catch (error) {
				throw tell(address, error);
			}
		},
		lost,
		async regain(addresses, waitMs, signal) {
			const deadlineAt = clock.now() + waitMs;
			await Promise.all(lost(addresses).map(async address => regainOne(address, deadlineAt, signal)));
			return lost(addresses);
		},
		onLost(callback) {
			listeners.add(callback);
			return () => {
				listeners.delete(callback);
			};
		},
	};
}
