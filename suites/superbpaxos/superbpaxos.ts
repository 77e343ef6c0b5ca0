import {protocol} from '../../source/index.ts';
import {simplebpaxos} from '../simplebpaxos/simplebpaxos.ts';

/** Simple BPaxos put together again: each super node is a leader, a proposer, a dependency node, an acceptor and a replica in one process. */
export const superbpaxos = protocol({
	...simplebpaxos,
	name: 'superbpaxos',
	package: 'simplebpaxos',
	roles: {
		...simplebpaxos.roles,
		super_nodes: {
			at: at => at('leaders'),
			main: 'SuperNodeMain',
			flags: ({who, file, input, prometheus, group}) => ({
				...who,
				config: file('config.pbtxt'),
				log_level: input.leader_log_level,
				state_machine: input.state_machine,
				...prometheus,
				...group('leader_options', 'leader'),
				...group('dep_service_node_options', 'depnode'),
				...group('proposer_options', 'proposer'),
				...group('replica_options', 'replica'),
				...group('replica_zigzag_options', 'zigzag'),
			}),
		},
	},
	start: ['super_nodes'],
	apart: ['clients', 'super_nodes'],
});
