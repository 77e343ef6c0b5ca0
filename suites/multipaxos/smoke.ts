import {closedLoops, suite} from '../../source/index.ts';
import {briefPhases} from '../shared/roles.ts';
import {common, heaps, onOneKey, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

export default suite({
	protocol: multipaxos,
	description: 'Without and with batchers, two seconds each: does everything work?',
	apart: [],
	inputs: () => [0, 2].map(batchers => ({
		...common,
		...closedLoops(1, 1),
		num_batchers: batchers,
		num_read_batchers: batchers,
		num_proxy_leaders: 2,
		num_acceptor_groups: 2,
		num_acceptors_per_group: 3,
		num_replicas: 2,
		num_proxy_replicas: 2,
		flexible: false,
		...heaps('100m', '100m'),
		measurement_group_size: 1,
		...briefPhases,
		client_lag: '3s',
		workload_label: 'smoke',
		workload: onOneKey(0.5, 1),
		read_workload: onOneKey(1, 1),
		write_workload: onOneKey(0, 1),
		read_consistency: 'eventual',
		batcher_options: {batch_size: 1},
		leader_options: {...common.leader_options, resend_phase1as_period: '60s'},
		replica_options: {...common.replica_options, recover_log_entry_min_period: '120s', recover_log_entry_max_period: '240s'},
		client_options: {...common.client_options, resend_client_request_period: '120s'},
	})),
	summary: ['f', 'num_batchers', 'num_client_procs', 'num_clients_per_proc', writes],
});
