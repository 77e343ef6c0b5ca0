import {repeated, suite, uniformMultiKeyReadWriteWorkload} from '../../source/index.ts';
import {digits, flushes, grid, hundreds, published, reads, scaledRoles, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

// A command of fifty operations stands for a batch.
const onFiftyKeys = (fraction: number) => uniformMultiKeyReadWriteWorkload({num_keys: 50, num_operations: 50, read_fraction: fraction, write_size_mean: 16, write_size_std: 0});

// As many client procs as two to six replicas can serve.
const points = [
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 1, replicas, procs: 5 * (replicas + 1), proxyLeaders: 2})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.9, replicas, procs: replicas < 4 ? 10 : 15, proxyLeaders: 6})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0.6, replicas, procs: 10, proxyLeaders: 6})),
	...[2, 3, 4, 5, 6].map(replicas => ({fraction: 0, replicas, procs: 5, proxyLeaders: 6})),
];

export default suite({
	protocol: multipaxos,
	name: 'batched_read_scale',
	description: 'Two to six replicas with 100 %, 90 %, 60 % and no reads, fifty a command, five times (VLDB 2021).',
	inputs: () => repeated(5, points.map(({fraction, replicas, procs, proxyLeaders}) => ({
		...published,
		...hundreds(procs),
		num_proxy_leaders: proxyLeaders,
		...grid(replicas),
		num_replicas: replicas,
		measurement_group_size: 100,
		workload_label: 'batched_read_scale_v1',
		workload: onFiftyKeys(fraction),
		read_workload: onFiftyKeys(1),
		write_workload: onFiftyKeys(0),
		batcher_options: {batch_size: 1},
	}))),
	summary: [...scaledRoles, {...flushes, workload: 'workload', ...writes, ...reads}],
	digits,
});
