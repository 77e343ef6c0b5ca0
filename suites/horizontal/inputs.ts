import {closedLoops, repeated, stringWorkload} from '../../source/index.ts';

/** What smoke and the experiments have in common. */
export const common = {
	state_machine: 'Noop',
	workload: stringWorkload({size_mean: 1, size_std: 0}),
	prometheus_scrape_interval: '200ms',
	acceptor_options: {},
	replica_options: {
		log_grow_size: 5000,
		unsafe_dont_use_client_table: false,
		recover_log_entry_min_period: '120s',
		recover_log_entry_max_period: '240s',
		unsafe_dont_recover: false,
	},
};

/** Two sets of three acceptors, one to move to from the other. */
export const twoSets = {f: 1, num_leaders: 2, num_acceptors: 6, num_replicas: 3};

export function heaps(client: string, server: string) {
	return {
		client_jvm_heap_size: client,
		leader_jvm_heap_size: server,
		acceptor_jvm_heap_size: server,
		replica_jvm_heap_size: server,
		driver_jvm_heap_size: server,
	};
}

/** One, four and eight closed loops, over and over: what the figures of failures and reconfigurations are drawn from. */
export const fewLoops = (times: number) => repeated(times, [closedLoops(1, 1), closedLoops(4, 1), closedLoops(4, 2)]);

/** What the experiments have in common in which something happens while the clients measure. */
export const eventful = {
	...common,
	...twoSets,
	...heaps('15g', '15g'),
	measurement_group_size: 1,
	warmup_duration: '10s',
	warmup_timeout: '15s',
	warmup_sleep: '0s',
	client_lag: '5s',
};

export const eventfulSummary = [{
	'num client procs': 'num_client_procs',
	'num clients per proc': 'num_clients_per_proc',
	'median latency': 'latency.median_ms',
	'p99 latency': 'latency.p99_ms',
	throughput: 'start_throughput_1s.p90',
}];
