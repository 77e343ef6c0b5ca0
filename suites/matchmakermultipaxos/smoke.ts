import {closedLoops, suite} from '../../source/index.ts';
import {doNothing} from '../shared/driver-workload.ts';
import {briefPhases} from '../shared/roles.ts';
import {common, heaps, summary} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_smoke',
	description: 'One closed-loop client for f = 1 and f = 2, two seconds each: does everything work?',
	apart: [],
	inputs: () => [1, 2].map(f => ({
		...common,
		f,
		...closedLoops(1, 1),
		num_leaders: f + 1,
		num_matchmakers: (2 * f) + 1,
		num_reconfigurers: f + 1,
		num_acceptors: (2 * f) + 1,
		num_replicas: (2 * f) + 1,
		...heaps('100m'),
		...briefPhases,
		client_lag: '3s',
		driver_workload: doNothing({}),
	})),
	summary,
});
