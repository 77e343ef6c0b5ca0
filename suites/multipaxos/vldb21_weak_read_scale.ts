import {repeated, suite} from '../../source/index.ts';
import {digits, flushes, flushingEvery, hundreds, oneGroup, onOneKey, published, reads, scaledRoles, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

// As many client procs and proxy leaders as two to six replicas can serve.
const points = [
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 1, replicas, procs: 20, proxyLeaders: 2})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.9, replicas, procs: replicas < 6 ? 15 : 20, proxyLeaders: 5})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.6, replicas, procs: 5, proxyLeaders: replicas < 5 ? 7 : 11})),
	...[[2, 6], [3, 8], [4, 9], [5, 10], [6, 11]].map(([replicas = 0, proxyLeaders = 0]) => ({fraction: 0, replicas, procs: 5, proxyLeaders})),
];

export default suite({
	protocol: multipaxos,
	name: 'weak_read_scale',
	description: 'Two to six replicas with 100 %, 90 %, 60 % and no reads, sequentially consistent, five times (VLDB 2021).',
	inputs: () => repeated(5, points.map(({fraction, replicas, procs, proxyLeaders}) => ({
		...published,
		...hundreds(procs),
		num_proxy_leaders: proxyLeaders,
		...oneGroup,
		num_replicas: replicas,
		workload_label: 'sequential_read_scale_v1',
		workload: onOneKey(fraction),
		read_consistency: 'sequential',
		leader_options: flushingEvery(10),
	}))),
	summary: [...scaledRoles, {...flushes, read_consistency: 'read_consistency', ...writes, ...reads}],
	digits,
});
