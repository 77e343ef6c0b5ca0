import {stringWorkload, suite} from '../../source/index.ts';
import {brief} from './inputs.ts';
import {mencius} from './mencius.ts';

export default suite({
	protocol: mencius,
	description: 'Fifty closed loops for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...brief,
		num_batchers: 2,
		num_leader_groups: 2,
		num_leaders_per_group: 2,
		num_proxy_leaders: 2,
		num_acceptor_groups_per_leader_group: 2,
		num_acceptors_per_group: 3,
		num_replicas: 2,
		num_proxy_replicas: 2,
		distribution_scheme: 'HASH',
		client_lag: '0s',
		workload: stringWorkload({size_mean: 1, size_std: 0}),
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
