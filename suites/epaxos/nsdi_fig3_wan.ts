import {bernoulliSingleKeyWorkload, repeated, suite} from '../../source/index.ts';
import {epaxos} from './epaxos.ts';
import {published, replicaOptions} from './inputs.ts';

export default suite({
	protocol: epaxos,
	description: 'Latency of one closed loop over a wide area, three times (NSDI, figure 3).',
	inputs: () => repeated(3, [{
		...published,
		f: 1,
		num_client_procs: 1,
		num_clients_per_proc: 1,
		warmup_duration: '15s',
		warmup_timeout: '20s',
		duration: '25s',
		timeout: '30s',
		workload: bernoulliSingleKeyWorkload({conflict_rate: 0, size_mean: 8, size_std: 0}),
		replica_options: replicaOptions,
	}]),
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
