import {bernoulliSingleKeyWorkload, repeated, suite} from '../../source/index.ts';
import {fig1Loads} from '../simplebpaxos/loads.ts';
import {epaxos} from './epaxos.ts';
import {published, replicaOptions} from './inputs.ts';

export default suite({
	protocol: epaxos,
	description: 'Latency against throughput without, with few and with many conflicts, for f = 1 and f = 2 (NSDI, figure 1).',
	inputs: () => repeated(3, [1, 2].flatMap(f => [0, 0.02, 0.1].flatMap(conflict_rate => fig1Loads.map(({execute_graph_batch_size, ...clients}) => ({
		...published,
		f,
		...clients,
		warmup_duration: '5s',
		warmup_timeout: '10s',
		duration: '15s',
		timeout: '20s',
		workload: bernoulliSingleKeyWorkload({conflict_rate, size_mean: 8, size_std: 0}),
		replica_options: {...replicaOptions, execute_graph_batch_size},
	}))))),
	summary: [
		'f',
		'workload',
		'num_client_procs',
		'num_clients_per_proc',
		{execute_graph_batch_size: 'replica_options.execute_graph_batch_size'},
		'latency.median_ms',
		'start_throughput_1s.p90',
	],
});
