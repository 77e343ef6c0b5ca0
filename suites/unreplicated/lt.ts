import {stringWorkload, suite, z} from '../../source/index.ts';
import {unreplicated} from './unreplicated.ts';

const repetitions = 3;

export default suite({
	protocol: unreplicated,
	description: 'Latency against throughput: from one client to saturation, three times each.',
	apart: [],
	flags: {
		seconds: z.number().min(1).default(5).describe('how long each benchmark measures (default 5)'),
	},
	inputs: ({flags: {seconds}}) => Array.from({length: repetitions}, () => [1, 2, 5, 10, 20, 50, 100, 200].map(number_clients_per_proc => ({
		num_client_procs: 1,
		num_warmup_clients_per_proc: number_clients_per_proc,
		num_clients_per_proc: number_clients_per_proc,
		jvm_heap_size: '1g',
		measurement_group_size: 1,
		warmup_duration: '2s',
		warmup_timeout: '5s',
		warmup_sleep: '0s',
		duration: `${seconds}s`,
		timeout: `${seconds + 5}s`,
		client_lag: '0s',
		state_machine: 'Noop',
		workload: stringWorkload({size_mean: 16, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		client_options: {},
		server_options: {flush_every_n: 1},
	}))).flat(),
	summary: ['num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
