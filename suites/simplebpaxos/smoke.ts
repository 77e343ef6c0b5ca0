import {stringWorkload, suite} from '../../source/index.ts';
import {brief, unhurried} from './inputs.ts';
import {simplebpaxos} from './simplebpaxos.ts';

export default suite({
	protocol: simplebpaxos,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...brief,
		...unhurried,
		f: 1,
		num_leaders: 2,
		num_dep_service_nodes: 3,
		num_acceptors: 3,
		num_replicas: 2,
		jvm_heap_size: '500m',
		workload: stringWorkload({size_mean: 0, size_std: 0}),
		proposer_options: {...unhurried.proposer_options, thrifty_system: 'NotThrifty'},
		replica_options: {...unhurried.replica_options, recover_vertex_timer_max_period: '600s'},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
