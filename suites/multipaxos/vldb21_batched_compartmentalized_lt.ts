import {repeated, suite} from '../../source/index.ts';
import {batchedLoads} from '../batchedunreplicated/loads.ts';
import {batched, batchedRoles, batching, digits, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

export default suite({
	protocol: multipaxos,
	name: 'batched_compartmentalized_lt',
	description: 'Latency against throughput with batches, one to 4000 closed loops, three times (VLDB 2021).',
	inputs: () => repeated(3, batchedLoads.map(({clients, batch}) => ({
		...batched,
		...clients,
		num_proxy_replicas: 3,
		batcher_options: {batch_size: batch},
	}))),
	summary: [...batchedRoles, batching, writes],
	digits,
});
