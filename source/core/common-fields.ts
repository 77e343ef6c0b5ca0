/*
Fields that most inputs share, to be spread into a schema where its columns want them. `usualTiming` and the flags of
`measuring` know them by these names.
*/
import {boolean, count, duration} from './field.ts';

/** How many client procs, and how many closed loops in each. */
export const clientFields = {
	num_client_procs: count(),
	num_warmup_clients_per_proc: count(),
	num_clients_per_proc: count(),
};

/** The values of `clientFields` for so many client procs with so many closed loops each, which also warm up. */
export function closedLoops(procs: number, loopsEach: number) {
	return {num_client_procs: procs, num_warmup_clients_per_proc: loopsEach, num_clients_per_proc: loopsEach};
}

/**
The values of `clientFields` along a curve of latency against throughput: one proc with ever more closed loops, then ever
more procs with the last of these numbers each.

@example
ramp([1, 50, 100], [2, 3]); // 1 × 1, 1 × 50, 1 × 100, 2 × 100, 3 × 100
*/
export function ramp(loops: readonly number[], procs: readonly number[]) {
	return [...loops.map(each => closedLoops(1, each)), ...procs.map(number => closedLoops(number, loops.at(-1) ?? 1))];
}

/** How long each phase takes, and when a client gives up. */
export const phaseFields = {
	warmup_duration: duration(),
	warmup_timeout: duration(),
	warmup_sleep: duration(),
	duration: duration(),
	timeout: duration(),
	client_lag: duration(),
};

/** What `--profile` and `--monitor` set, and how often Prometheus scrapes. */
export const monitoringFields = {
	profiled: boolean(),
	monitored: boolean(),
	prometheus_scrape_interval: duration(),
};
