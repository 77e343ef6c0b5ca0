import {repeated, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {serverOptions} from './inputs.ts';
import {vanillamencius} from './vanillamencius.ts';

const loads = [
	...[1, 10, 25, 50, 75, 100].map(clients => ({procs: 1, clients})),
	...[2, 3, 4, 5].map(procs => ({procs, clients: 100})),
];

export default suite({
	protocol: vanillamencius,
	description: 'Latency against throughput, one to 500 closed loops, three times.',
	inputs: () => repeated(3, loads.map(({procs, clients}) => ({
		f: 1,
		num_client_procs: procs,
		num_warmup_clients_per_proc: clients,
		num_clients_per_proc: clients,
		num_servers: 3,
		client_jvm_heap_size: '8g',
		server_jvm_heap_size: '12g',
		measurement_group_size: 100,
		warmup_duration: '10s',
		warmup_timeout: '15s',
		warmup_sleep: '5s',
		duration: '15s',
		timeout: '20s',
		client_lag: '5s',
		state_machine: 'KeyValueStore',
		workload: uniformSingleKeyWorkload({num_keys: 100, size_mean: 16, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		server_options: serverOptions,
		client_options: {resend_client_request_period: '1s'},
	}))),
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', {'latency.median_ms': 'output.latency.median_ms', 'start_throughput_1s.p90': 'output.start_throughput_1s.p90'}],
});
