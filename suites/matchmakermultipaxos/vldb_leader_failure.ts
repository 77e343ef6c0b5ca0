import {suite} from '../../source/index.ts';
import {leaderFails} from '../shared/driver-workload.ts';
import {promptElection} from '../shared/roles.ts';
import {fewLoops, published, summary} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_leader_failure',
	description: 'The leader fails while one, four and eight closed loops measure, five times (VLDB).',
	inputs: () => fewLoops.map(loops => ({
		...published,
		...loops,
		duration: '35s',
		timeout: '40s',
		driver_workload: leaderFails,
		leader_options: {...published.leader_options, election_options: promptElection},
		client_options: {...published.client_options, resend_client_request_period: '10ms'},
	})),
	summary,
});
