import {closedLoops, stringWorkload, suite} from '../../source/index.ts';
import {batchedunreplicated} from './batchedunreplicated.ts';

export default suite({
	protocol: batchedunreplicated,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...closedLoops(1, 1),
		num_batchers: 1,
		num_proxy_servers: 1,
		client_jvm_heap_size: '100m',
		batcher_jvm_heap_size: '100m',
		server_jvm_heap_size: '100m',
		proxy_server_jvm_heap_size: '100m',
		measurement_group_size: 1,
		warmup_duration: '2s',
		warmup_timeout: '3s',
		warmup_sleep: '0s',
		duration: '2s',
		timeout: '3s',
		client_lag: '0s',
		state_machine: 'Noop',
		workload: stringWorkload({size_mean: 1, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		client_options: {},
		batcher_options: {batch_size: 1},
		server_options: {flush_every_n: 1},
		proxy_server_options: {flush_every_n: 1},
	}],
	summary: ['num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
