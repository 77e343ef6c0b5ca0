import {ramp, repeated, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {publishedPhases} from '../shared/roles.ts';
import {fasterpaxos} from './fasterpaxos.ts';
import {common, serverOptions, summary} from './inputs.ts';

const variants = [{}, {use_f1_optimization: true}, {ack_noops_with_commands: true}];

export default suite({
	protocol: fasterpaxos,
	name: 'fasterpaxos_smoke',
	description: 'Latency against throughput, one to 500 closed loops: plain and with either optimisation, three times.',
	inputs: () => repeated(3, variants.flatMap(variant => ramp([1, 10, 25, 50, 75, 100], [2, 3, 4, 5]).map(loops => ({
		...common,
		...loops,
		client_jvm_heap_size: '8g',
		server_jvm_heap_size: '12g',
		measurement_group_size: 100,
		...publishedPhases,
		workload: uniformSingleKeyWorkload({num_keys: 100, size_mean: 16, size_std: 0}),
		server_options: {...serverOptions(5), ...variant},
		client_options: {resend_client_request_period: '1s'},
	})))),
	summary,
});
