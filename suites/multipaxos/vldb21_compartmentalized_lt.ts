import {ramp, repeated, suite} from '../../source/index.ts';
import {digits, flushes, flushingEvery, grid, onOneKey, published, reads, writes} from './inputs.ts';
import {multipaxos} from './multipaxos.ts';

export default suite({
	protocol: multipaxos,
	name: 'compartmentalized_lt',
	description: 'Latency against throughput of writes of 100 and 1000 bytes, one to 1000 closed loops, five times (VLDB 2021).',
	inputs: () => repeated(5, [100, 1000].flatMap(bytes => ramp([1, 50, 100], [2, 3, 4, 5, 6, 7, 8, 9, 10]).map(loops => ({
		...published,
		...loops,
		num_proxy_leaders: 10,
		...grid(2),
		num_replicas: 4,
		workload: onOneKey(0, bytes),
		// One loop alone would wait for a flush that never comes.
		leader_options: flushingEvery(loops.num_clients_per_proc === 1 ? 1 : 10),
	})))),
	summary: [
		'f',
		{value_size: 'workload'},
		'num_client_procs',
		'num_clients_per_proc',
		'num_batchers',
		'num_proxy_leaders',
		'num_acceptor_groups',
		'num_replicas',
		'num_proxy_replicas',
		{batch_size: 'batcher_options.batch_size', ...flushes, proxy_replica_flush_every_n: 'proxy_replica_options.flush_every_n', ...writes, ...reads},
	],
	digits,
});
