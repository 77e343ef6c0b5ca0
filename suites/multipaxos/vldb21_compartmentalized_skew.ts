import {repeated, suite} from '../../source/index.ts';
import {eighths, skewed} from '../craq/inputs.ts';
import {digits, flushes, flushingEvery, grid, hundreds, published, reads, scaledRoles, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

export default suite({
	protocol: multipaxos,
	name: 'compartmentalized_skew',
	description: 'Six replicas, 95 % reads, of which ever more go to one hot key, five times (VLDB 2021).',
	inputs: () => repeated(5, eighths.map(point => ({
		...published,
		...hundreds(20),
		num_proxy_leaders: 3,
		...grid(6),
		num_replicas: 6,
		workload_label: 'compartmentalized_skew_1',
		workload: skewed(100_000, 0.95, point, 16),
		leader_options: flushingEvery(10),
	}))),
	summary: [...scaledRoles, {...flushes, workload: 'workload', ...writes, ...reads}],
	digits,
});
