import {suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {serverOptions} from './inputs.ts';
import {vanillamencius} from './vanillamencius.ts';

export default suite({
	protocol: vanillamencius,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		f: 1,
		num_client_procs: 1,
		num_warmup_clients_per_proc: 1,
		num_clients_per_proc: 1,
		num_servers: 3,
		client_jvm_heap_size: '100m',
		server_jvm_heap_size: '100m',
		measurement_group_size: 1,
		warmup_duration: '2s',
		warmup_timeout: '3s',
		warmup_sleep: '0s',
		duration: '2s',
		timeout: '3s',
		client_lag: '3s',
		state_machine: 'KeyValueStore',
		workload: uniformSingleKeyWorkload({num_keys: 1, size_mean: 1, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		server_options: {...serverOptions, flush_skip_slots_period: '100ms'},
		client_options: {resend_client_request_period: '120s'},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', {'latency.median_ms': 'output.latency.median_ms', 'start_throughput_1s.p90': 'output.start_throughput_1s.p90'}],
});
