import {closedLoops, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {briefPhases} from '../shared/roles.ts';
import {fasterpaxos} from './fasterpaxos.ts';
import {common, serverOptions, summary} from './inputs.ts';

export default suite({
	protocol: fasterpaxos,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...common,
		...closedLoops(1, 1),
		client_jvm_heap_size: '100m',
		server_jvm_heap_size: '100m',
		measurement_group_size: 1,
		...briefPhases,
		client_lag: '3s',
		workload: uniformSingleKeyWorkload({num_keys: 1, size_mean: 1, size_std: 0}),
		server_options: serverOptions(1),
		client_options: {resend_client_request_period: '120s'},
	}],
	summary,
});
