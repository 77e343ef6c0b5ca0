import {ramp, repeated, suite} from '../../source/index.ts';
import {doNothing} from '../shared/driver-workload.ts';
import {published} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_latency_throughput',
	description: 'Latency against throughput, one to 500 closed loops, five times (VLDB).',
	inputs: () => repeated(5, ramp([1, 2, 3, 4, 5, 10, 25, 50, 75, 100], [2, 3, 4, 5]).map(loops => ({
		...published,
		...loops,
		duration: '15s',
		timeout: '20s',
		driver_workload: doNothing({}),
		leader_options: {...published.leader_options, thrifty: false},
	}))),
	summary: ['f', {thrifty: 'leader_options.thrifty'}, 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
