import {stringWorkload, suite} from '../../source/index.ts';
import {epaxos} from './epaxos.ts';
import {replicaOptions} from './inputs.ts';

export default suite({
	protocol: epaxos,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		f: 1,
		num_client_procs: 1,
		num_warmup_clients_per_proc: 1,
		num_clients_per_proc: 1,
		warmup_duration: '2s',
		warmup_timeout: '3s',
		warmup_sleep: '0s',
		duration: '2s',
		timeout: '3s',
		client_lag: '0s',
		state_machine: 'Register',
		workload: stringWorkload({size_mean: 0, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		replica_options: replicaOptions,
		replica_zigzag_options: {vertices_grow_size: 1000, garbage_collect_every_n_commands: 1000},
		client_options: {repropose_period: '600s'},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
