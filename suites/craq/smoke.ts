import {closedLoops, suite} from '../../source/index.ts';
import {briefPhases} from '../shared/roles.ts';
import {craq} from './craq.ts';
import {common, skewed, summary} from './inputs.ts';

export default suite({
	protocol: craq,
	description: 'Chains of two to four nodes with writes, both, and reads, two seconds each: does everything work?',
	apart: [],
	inputs: () => [2, 3, 4].flatMap(nodes => [0, 0.5, 1].map(reads => ({
		...common,
		...closedLoops(1, 1),
		num_chain_nodes: nodes,
		client_jvm_heap_size: '100m',
		chain_node_jvm_heap_size: '100m',
		measurement_group_size: 1,
		...briefPhases,
		client_lag: '3s',
		workload_label: 'smoke',
		workload: skewed(10, reads, 0.5, 1),
	}))),
	summary,
});
