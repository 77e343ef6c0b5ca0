import {suite} from '../../source/index.ts';
import {matchmakerReconfiguration} from '../shared/driver-workload.ts';
import {fewLoops, published, summary} from './inputs.ts';
import {matchmakermultipaxos} from './matchmakermultipaxos.ts';

export default suite({
	protocol: matchmakermultipaxos,
	name: 'matchmaker_multipaxos_matchmaker_reconfiguration',
	description: 'Matchmakers are replaced, one fails, while one, four and eight closed loops measure, five times (VLDB).',
	inputs: () => fewLoops.map(loops => ({
		...published,
		...loops,
		num_matchmakers: 6,
		duration: '65s',
		timeout: '70s',
		driver_workload: matchmakerReconfiguration({
			reconfiguration_warmup_delay_ms: 10_000,
			reconfiguration_warmup_period_ms: 100,
			reconfiguration_warmup_num: 100,
			matchmaker_reconfiguration_delay_ms: 30_000,
			matchmaker_reconfiguration_period_ms: 1000,
			matchmaker_reconfiguration_num: 10,
			failure_delay_ms: 45_000,
			recover_delay_ms: 50_000,
			reconfigure_delay_ms: 55_000,
		}),
	})),
	summary,
});
