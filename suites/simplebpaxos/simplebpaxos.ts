import {boolean, clientFields, count, duration, group, integer, logLevel, mean, monitoringFields, phaseFields, protocol, rate, text, workload, z} from '../../source/index.ts';
import {machineFlags} from '../shared/roles.ts';
import {benchmarkClients, clientOptions, dependencyFields, familyConfig, graphFlags, keptRows, sharedHeap, thriftyOptions, workloadFile, zigzagOptions} from './family.ts';

const input = z.object({
	f: count(),
	...clientFields,
	num_leaders: count(),
	num_dep_service_nodes: count(),
	num_acceptors: count(),
	num_replicas: count(),
	jvm_heap_size: text(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	leader_options: thriftyOptions.leader,
	leader_log_level: logLevel(),
	proposer_options: thriftyOptions.proposer,
	proposer_log_level: logLevel(),
	dep_service_node_options: group(dependencyFields),
	dep_service_node_log_level: logLevel(),
	acceptor_options: group({}),
	acceptor_log_level: logLevel(),
	replica_options: group({
		recover_vertex_timer_min_period: duration(),
		recover_vertex_timer_max_period: duration(),
		unsafe_skip_graph_execution: boolean('lower'),
		execute_graph_batch_size: count(),
		execute_graph_timer_period: duration(),
		num_blockers: integer(),
	}),
	replica_zigzag_options: zigzagOptions,
	replica_log_level: logLevel(),
	client_options: clientOptions,
	client_log_level: logLevel(),
});

/** BPaxos taken apart: leaders, dependency service, proposers, acceptors and replicas, each a process of its own. */
export const simplebpaxos = protocol({
	name: 'simplebpaxos',
	input,
	roles: {
		clients: benchmarkClients,
		leaders: {count: ({num_leaders}) => num_leaders, main: 'LeaderMain'},
		proposers: {count: ({num_leaders}) => num_leaders, main: 'ProposerMain'},
		dep_service_nodes: {count: ({num_dep_service_nodes}) => num_dep_service_nodes, main: 'DepServiceNodeMain', flags: machineFlags},
		acceptors: {count: ({num_acceptors}) => num_acceptors, main: 'AcceptorMain'},
		replicas: {count: ({num_replicas}) => num_replicas, main: 'ReplicaMain', flags: graphFlags},
	},
	start: ['dep_service_nodes', 'acceptors', 'replicas', 'proposers', 'leaders'],
	apart: ['clients', 'leaders', 'proposers', 'dep_service_nodes', 'acceptors', 'replicas'],
	jvm: sharedHeap,
	jobs: {prefix: 'bpaxos', roles: ['leaders', 'proposers', 'acceptors', 'clients', 'dep_service_nodes', 'replicas']},
	files: {
		'config.pbtxt': ({input, at}) => familyConfig(input.f, {
			leaderAddress: at('leaders'),
			proposerAddress: at('proposers'),
			depServiceNodeAddress: at('dep_service_nodes'),
			acceptorAddress: at('acceptors'),
			replicaAddress: at('replicas'),
		}),
		'workload.pbtxt': workloadFile,
	},
	live: {throughput: rate('simple_bpaxos_client_responses_total'), replica_latency: mean('simple_bpaxos_replica_requests_latency')},
	output: keptRows,
});
