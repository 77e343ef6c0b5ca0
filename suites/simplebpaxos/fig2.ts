import {bernoulliSingleKeyWorkload} from '../../source/index.ts';
import {published} from './inputs.ts';
import {fig2Loads} from './loads.ts';

/** One closed loop and many, on so many leaders: a pair of bars of NSDI's figure 2. */
export function fig2Inputs(leaders: number, heap: string) {
	return fig2Loads.map(({execute_graph_batch_size, ...clients}) => ({
		...published,
		f: 1,
		...clients,
		num_leaders: leaders,
		num_dep_service_nodes: 3,
		num_acceptors: 3,
		num_replicas: 2,
		jvm_heap_size: heap,
		workload: bernoulliSingleKeyWorkload({conflict_rate: 0, size_mean: 8, size_std: 0}),
		replica_options: {...published.replica_options, execute_graph_batch_size},
	}));
}

export const fig2Summary = [
	'f',
	'num_leaders',
	'num_client_procs',
	'num_clients_per_proc',
	{execute_graph_batch_size: 'replica_options.execute_graph_batch_size'},
	'latency.median_ms',
	'start_throughput_1s.p90',
];
