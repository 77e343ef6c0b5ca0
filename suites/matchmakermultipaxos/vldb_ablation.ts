import {closedLoops, suite} from '../../source/index.ts';
import {leaderReconfiguration} from '../shared/driver-workload.ts';
import {published} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

// One optimisation after the other comes in.
const stages = [
	{stall_during_matchmaking: true, stall_during_phase1: true, disable_gc: true},
	{stall_during_matchmaking: true, stall_during_phase1: true},
	{stall_during_matchmaking: true},
	{},
];

const never = 1_000_000;

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_ablation',
	description: 'Reconfigurations without and with garbage collection, proactive matchmaking and bypassed phase 1; messages are 250 ms late (VLDB).',
	inputs: () => stages.map(stage => ({
		...published,
		...closedLoops(4, 2),
		num_acceptors: 6,
		warmup_sleep: '5s',
		duration: '55s',
		timeout: '60s',
		driver_workload: leaderReconfiguration({
			reconfiguration_warmup_delay_ms: 15_000,
			reconfiguration_warmup_period_ms: 1000,
			reconfiguration_warmup_num: 10,
			reconfiguration_delay_ms: 35_000,
			reconfiguration_period_ms: 3000,
			reconfiguration_num: 5,
			failure_delay_ms: never,
			recover_delay_ms: never,
		}),
		leader_options: {...published.leader_options, ...stage},
		matchmaker_options: {match_request_delay: '250ms'},
		acceptor_options: {phase1a_delay: '250ms'},
	})),
	summary: ['num_client_procs', 'num_clients_per_proc', {
		'stall matchmaking': 'leader_options.stall_during_matchmaking',
		'stall phase1': 'leader_options.stall_during_phase1',
		'disable gc': 'leader_options.disable_gc',
		'median latency': 'latency.median_ms',
		throughput: 'start_throughput_1s.p90',
	}],
});
