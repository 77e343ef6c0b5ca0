import {stringWorkload, suite} from '../../source/index.ts';
import {brief, unhurried} from '../simplebpaxos/inputs.ts';
import {superbpaxos} from './superbpaxos.ts';

export default suite({
	protocol: superbpaxos,
	description: 'One closed-loop client and three super nodes for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...brief,
		...unhurried,
		f: 1,
		num_leaders: 3,
		num_dep_service_nodes: 3,
		num_acceptors: 3,
		num_replicas: 3,
		jvm_heap_size: '100m',
		workload: stringWorkload({size_mean: 0, size_std: 0}),
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
