import {bernoulliSingleKeyWorkload, repeated, suite} from '../../source/index.ts';
import {published} from './inputs.ts';
import {fig1Loads} from './loads.ts';
import {simplebpaxos} from './simplebpaxos.ts';

const sizes = [1, 2].map(f => ({f, num_leaders: 5 * f, num_dep_service_nodes: (2 * f) + 1, num_acceptors: (2 * f) + 1, num_replicas: f + 1}));

export default suite({
	protocol: simplebpaxos,
	name: 'simplebpaxos_nsdi_fig_1_lt',
	description: 'Latency against throughput without, with few and with many conflicts, for f = 1 and f = 2 (NSDI, figure 1).',
	inputs: () => repeated(3, sizes.flatMap(size => [0, 0.02, 0.1].flatMap(conflict_rate => fig1Loads.map(({execute_graph_batch_size, ...clients}) => ({
		...published,
		...size,
		...clients,
		jvm_heap_size: '32G',
		workload: bernoulliSingleKeyWorkload({conflict_rate, size_mean: 8, size_std: 0}),
		replica_options: {...published.replica_options, execute_graph_batch_size},
	}))))),
	summary: [
		'f',
		'workload',
		'num_leaders',
		'num_client_procs',
		'num_clients_per_proc',
		{execute_graph_batch_size: 'replica_options.execute_graph_batch_size'},
		'latency.median_ms',
		'start_throughput_1s.p90',
	],
});
