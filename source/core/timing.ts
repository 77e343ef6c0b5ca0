import {durationMs} from './duration.ts';
import {isObject} from './json.ts';

/** How long the phases of a benchmark take, in milliseconds. */
export type Timing = {
	/** Between ready servers and the clients' start. */
	readonly lagMs: number;
	readonly warmupMs: number;
	readonly warmupTimeoutMs: number;
	readonly sleepMs: number;
	readonly durationMs: number;
	readonly timeoutMs: number;
};

/** What the clients get beyond their own timeouts before they count as hung: they start, connect, write and end. */
const clientGraceMs = 15_000;

/** Timing from the fields that most inputs have; a field that is missing counts nothing, a timeout that is missing is its duration. */
export function usualTiming(input: unknown): Timing {
	const ms = (...names: readonly string[]) => {
		for (const name of names) {
			const value = isObject(input) ? input[name] : undefined;
			if (typeof value === 'string') {
				return durationMs(value);
			}

			if (typeof value === 'number') {
				return name.endsWith('_ms') ? value : value * 1000;
			}
		}

		return undefined;
	};

	const duration = ms('duration', 'duration_seconds', 'duration_ms') ?? 0;
	const warmup = ms('warmup_duration', 'warmup_duration_seconds') ?? 0;
	return {
		lagMs: ms('client_lag', 'client_lag_seconds') ?? 0,
		warmupMs: warmup,
		warmupTimeoutMs: ms('warmup_timeout', 'warmup_timeout_seconds') ?? warmup,
		sleepMs: ms('warmup_sleep', 'warmup_sleep_seconds') ?? 0,
		durationMs: duration,
		timeoutMs: ms('timeout', 'timeout_seconds') ?? duration,
	};
}

/** What a benchmark is expected to take without overhead: lag, warm-up, sleep and duration. */
export function expectedMs(timing: Timing): number {
	return timing.lagMs + timing.warmupMs + timing.sleepMs + timing.durationMs;
}

/** How long the clients may run at most, from their start. */
export function clientDeadlineMs(timing: Timing): number {
	return Math.max(timing.warmupTimeoutMs, timing.warmupMs) + timing.sleepMs + Math.max(timing.timeoutMs, timing.durationMs) + clientGraceMs;
}
