import {closedLoops, suite} from '../../source/index.ts';
import {doNothing} from '../shared/driver-workload.ts';
import {briefPhases, calmElection} from '../shared/roles.ts';
import {horizontal} from './horizontal.ts';
import {common, heaps} from './inputs.ts';

export default suite({
	protocol: horizontal,
	description: 'One closed-loop client for f = 1 and f = 2, two seconds each: does everything work?',
	apart: [],
	inputs: () => [1, 2].map(f => ({
		...common,
		f,
		...closedLoops(1, 1),
		num_leaders: f + 1,
		num_acceptors: (2 * f) + 1,
		num_replicas: (2 * f) + 1,
		...heaps('100m', '100m'),
		measurement_group_size: 100,
		...briefPhases,
		client_lag: '3s',
		driver_workload: doNothing({}),
		leader_options: {log_grow_size: 1000, alpha: 1000, resend_phase1as_period: '60s', resend_phase2as_period: '60s', election_options: calmElection},
		client_options: {resend_client_request_period: '120s'},
	})),
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
