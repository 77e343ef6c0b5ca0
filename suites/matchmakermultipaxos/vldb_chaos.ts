import {suite} from '../../source/index.ts';
import {chaos} from '../shared/driver-workload.ts';
import {promptElection} from '../shared/roles.ts';
import {fewLoops, leaderOptions, published, reconfigurerOptions, summary} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_chaos',
	description: 'A leader, an acceptor and a matchmaker fail at once, and are replaced in turn, five times (VLDB).',
	inputs: () => fewLoops.map(loops => ({
		...published,
		...loops,
		num_matchmakers: 6,
		num_acceptors: 6,
		duration: '55s',
		timeout: '60s',
		driver_workload: chaos({
			leader_change_warmup_delay_ms: 5000,
			leader_change_warmup_period_ms: 1000,
			leader_change_warmup_num: 5,
			reconfiguration_warmup_delay_ms: 10_000,
			reconfiguration_warmup_period_ms: 1000,
			reconfiguration_warmup_num: 5,
			matchmaker_reconfiguration_warmup_delay_ms: 15_000,
			matchmaker_reconfiguration_warmup_period_ms: 1000,
			matchmaker_reconfiguration_warmup_num: 5,
			leader_failure_delay_ms: 30_000,
			acceptor_failure_delay_ms: 30_000,
			matchmaker_failure_delay_ms: 30_000,
			acceptor_recover_delay_ms: 40_000,
			matchmaker_recover_delay_ms: 45_000,
		}),
		leader_options: {...leaderOptions('1ms'), election_options: promptElection},
		reconfigurer_options: reconfigurerOptions('100ms'),
		client_options: {...published.client_options, resend_client_request_period: '10ms'},
	})),
	summary,
});
