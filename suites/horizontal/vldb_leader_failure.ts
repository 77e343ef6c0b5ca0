import {suite} from '../../source/index.ts';
import {leaderFails} from '../shared/driver-workload.ts';
import {promptElection} from '../shared/roles.ts';
import {horizontal} from './horizontal.ts';
import {eventful, eventfulSummary, fewLoops} from './inputs.ts';

export default suite({
	protocol: horizontal,
	name: 'horizontal_leader_reconfiguration',
	description: 'The leader fails while one, four and eight closed loops measure, ten times (VLDB).',
	inputs: () => fewLoops(10).map(loops => ({
		...eventful,
		...loops,
		duration: '35s',
		timeout: '40s',
		driver_workload: leaderFails,
		leader_options: {log_grow_size: 5000, alpha: 10, resend_phase1as_period: '60s', resend_phase2as_period: '60s', election_options: promptElection},
		client_options: {resend_client_request_period: '10ms'},
	})),
	summary: eventfulSummary,
});
