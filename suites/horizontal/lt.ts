import {ramp, suite} from '../../source/index.ts';
import {doNothing} from '../shared/driver-workload.ts';
import {calmElection, publishedPhases} from '../shared/roles.ts';
import {horizontal} from './horizontal.ts';
import {common, heaps, twoSets} from './inputs.ts';

export default suite({
	protocol: horizontal,
	description: 'Latency against throughput, one to 500 closed loops.',
	inputs: () => ramp([1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 100], [2, 3, 4, 5]).map(loops => ({
		...common,
		...twoSets,
		...loops,
		...heaps('8g', '12g'),
		measurement_group_size: 1,
		...publishedPhases,
		driver_workload: doNothing({}),
		leader_options: {log_grow_size: 5000, alpha: 100_000, resend_phase1as_period: '60s', resend_phase2as_period: '1s', election_options: calmElection},
		client_options: {resend_client_request_period: '100ms'},
	})),
	summary: [{alpha: 'leader_options.alpha'}, 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'latency.p99_ms', 'start_throughput_1s.p90'],
});
