import {repeated, suite} from '../../source/index.ts';
import {batched, batchedRoles, batching, digits, hundreds, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

// Larger batches first, then more proxy replicas.
const stages = [
	...[10, 50, 100].map(size => ({size, proxyReplicas: 2})),
	...[3, 4, 5].map(proxyReplicas => ({size: 100, proxyReplicas})),
];

export default suite({
	protocol: multipaxos,
	name: 'batched_ablation',
	description: 'Batches of 10 to 100, then two to five proxy replicas, 4000 closed loops, three times (VLDB 2021).',
	inputs: () => repeated(3, stages.map(({size, proxyReplicas}) => ({
		...batched,
		...hundreds(40),
		num_proxy_replicas: proxyReplicas,
		batcher_options: {batch_size: size},
	}))),
	summary: [...batchedRoles, batching, writes],
	digits,
});
