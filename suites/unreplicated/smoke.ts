import {stringWorkload, suite} from '../../source/index.ts';
import {unreplicated} from './unreplicated.ts';

export default suite({
	protocol: unreplicated,
	description: 'One to three closed-loop clients, two seconds each: does everything work?',
	apart: [],
	inputs: () => [1, 2, 3].map(number_client_procs => ({
		num_client_procs: number_client_procs,
		num_warmup_clients_per_proc: 1,
		num_clients_per_proc: 1,
		jvm_heap_size: '100m',
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
		server_options: {flush_every_n: 1},
	})),
	summary: ['num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
