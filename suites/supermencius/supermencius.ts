import {collectionLog, heap, protocol} from '../../source/index.ts';
import {mencius} from '../mencius/mencius.ts';

/** Mencius put together again: each super node is a leader, a proxy leader, an acceptor, a replica and a proxy replica in one process. */
export const supermencius = protocol({
	...mencius,
	name: 'supermencius',
	package: 'mencius',
	roles: {
		...mencius.roles,
		super_nodes: {
			// A node listens first at the first leader of its group.
			at: at => at('leaders').filter(({path}) => path.at(-1) === 0),
			main: 'SuperNodeMain',
			jvm: input => [...heap(input.leader_jvm_heap_size), ...collectionLog(input)],
			flags: ({who, file, input, prometheus, group}) => ({
				...who,
				config: file('config.pbtxt'),
				log_level: input.leader_log_level,
				...prometheus,
				...group('leader_options', 'leader'),
				...group('proxy_leader_options', 'proxy_leader'),
				...group('acceptor_options', 'acceptor'),
				...group('replica_options', 'replica'),
				...group('proxy_replica_options', 'proxy_replica'),
				...(input.num_batchers > 0 && group('batcher_options', 'batcher')),
			}),
		},
	},
	start: ['super_nodes'],
	apart: ['clients', 'super_nodes'],
});
