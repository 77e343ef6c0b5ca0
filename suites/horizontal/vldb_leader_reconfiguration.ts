import {suite} from '../../source/index.ts';
import {acceptorsReplaced} from '../shared/driver-workload.ts';
import {calmElection} from '../shared/roles.ts';
import {horizontal} from './horizontal.ts';
import {eventful, eventfulSummary, fewLoops} from './inputs.ts';

export default suite({
	protocol: horizontal,
	name: 'horizontal_leader_reconfiguration',
	description: 'Acceptors are replaced, one fails, while one, four and eight closed loops measure, ten times (VLDB).',
	inputs: () => fewLoops(10).map(loops => ({
		...eventful,
		...loops,
		duration: '55s',
		timeout: '60s',
		driver_workload: acceptorsReplaced,
		leader_options: {log_grow_size: 5000, alpha: 10, resend_phase1as_period: '60s', resend_phase2as_period: '1ms', election_options: calmElection},
		client_options: {resend_client_request_period: '100ms'},
	})),
	summary: eventfulSummary,
});
