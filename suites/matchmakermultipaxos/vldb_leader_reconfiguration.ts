import {suite} from '../../source/index.ts';
import {acceptorsReplaced} from '../shared/driver-workload.ts';
import {fewLoops, published, summary} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_leader_reconfiguration',
	description: 'Acceptors are replaced, one fails, while one, four and eight closed loops measure, five times (VLDB).',
	inputs: () => fewLoops.map(loops => ({
		...published,
		...loops,
		num_acceptors: 6,
		duration: '55s',
		timeout: '60s',
		driver_workload: acceptorsReplaced,
		leader_options: {...published.leader_options, resend_phase2as_period: '1ms'},
	})),
	summary,
});
