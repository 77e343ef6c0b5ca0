import {repeated, suite} from '../../source/index.ts';
import {digits, flushes, flushingEvery, grid, hundreds, oneGroup, onOneKey, published, reads, scaledRoles, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

// As many client procs and proxy leaders as two to six replicas can serve; a row of acceptors for each replica, where anybody reads.
const points = [
	...[[2, 20], [3, 20], [4, 25], [5, 25], [6, 40]].map(([replicas = 0, procs = 0]) => ({fraction: 1, replicas, procs, proxyLeaders: 2, acceptors: grid(replicas)})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.9, replicas, procs: 25, proxyLeaders: 5, acceptors: grid(replicas)})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.6, replicas, procs: 15, proxyLeaders: replicas < 5 ? 7 : 11, acceptors: grid(replicas)})),
	...[[2, 6], [3, 8], [4, 9], [5, 10], [6, 11]].map(([replicas = 0, proxyLeaders = 0]) => ({fraction: 0, replicas, procs: 5, proxyLeaders, acceptors: oneGroup})),
];

export default suite({
	protocol: multipaxos,
	name: 'read_scale',
	description: 'Two to six replicas with 100 %, 90 %, 60 % and no reads, five times (VLDB 2021).',
	inputs: () => repeated(5, points.map(({fraction, replicas, procs, proxyLeaders, acceptors}) => ({
		...published,
		...hundreds(procs),
		num_proxy_leaders: proxyLeaders,
		...acceptors,
		num_replicas: replicas,
		workload_label: 'read_scale_v1',
		workload: onOneKey(fraction),
		leader_options: flushingEvery(fraction === 1 ? 1 : 10),
	}))),
	summary: [...scaledRoles, {...flushes, read_fraction: 'workload_label', ...writes, ...reads}],
	digits,
});
