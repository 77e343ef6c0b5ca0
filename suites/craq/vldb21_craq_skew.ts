import {closedLoops, repeated, suite} from '../../source/index.ts';
import {publishedPhases} from '../shared/roles.ts';
import {craq} from './craq.ts';
import {common, eighths, skewed, summary} from './inputs.ts';

export default suite({
	protocol: craq,
	name: 'craq_skew',
	description: 'Six nodes, 95 % reads, of which ever more go to one hot key, five times (VLDB 2021).',
	inputs: () => repeated(5, eighths.map(point => ({
		...common,
		...closedLoops(5, 100),
		num_chain_nodes: 6,
		client_jvm_heap_size: '8g',
		chain_node_jvm_heap_size: '12g',
		measurement_group_size: 10,
		...publishedPhases,
		workload_label: 'craq_skew_1',
		workload: skewed(100_000, 0.95, point, 16),
	}))),
	summary,
	digits: {start_throughput_1s: 7},
});
