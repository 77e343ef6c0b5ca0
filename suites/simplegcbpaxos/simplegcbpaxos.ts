import {boolean, clientFields, count, duration, group, integer, logLevel, mean, monitoringFields, phaseFields, protocol, rate, text, workload, z} from '../../source/index.ts';
import {benchmarkClients, clientOptions, dependencyFields, familyConfig, graphFlags, keptRows, sharedHeap, thriftyOptions, workloadFile, zigzagOptions} from '../simplebpaxos/family.ts';
import {machineFlags} from '../shared/roles.ts';

const input = z.object({
	f: count(),
	...clientFields,
	num_leaders: count(),
	jvm_heap_size: text(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	leader_options: thriftyOptions.leader,
	leader_log_level: logLevel(),
	proposer_options: thriftyOptions.proposer,
	proposer_log_level: logLevel(),
	dep_service_node_options: group({
		top_k_dependencies: dependencyFields.top_k_dependencies,
		garbage_collect_every_n_commands: count(),
		unsafe_return_no_dependencies: dependencyFields.unsafe_return_no_dependencies,
		measure_latencies: boolean(),
	}),
	dep_service_node_log_level: logLevel(),
	acceptor_options: group({states_grow_size: count(), measure_latencies: boolean()}),
	acceptor_log_level: logLevel(),
	replica_options: group({
		commands_grow_size: count(),
		recover_vertex_timer_min_period: duration(),
		recover_vertex_timer_max_period: duration(),
		unsafe_skip_graph_execution: boolean('lower'),
		num_blockers: integer(),
		execute_graph_batch_size: count(),
		execute_graph_timer_period: duration(),
		send_watermark_every_n_commands: count(),
		send_snapshot_every_n_commands: count(),
		measure_latencies: boolean(),
		unsafe_dont_recover: boolean(),
	}),
	replica_zigzag_options: zigzagOptions,
	replica_log_level: logLevel(),
	garbage_collector_options: group({}),
	garbage_collector_log_level: logLevel(),
	client_options: clientOptions,
	client_log_level: logLevel(),
});

/** Simple BPaxos with garbage collectors that let the others forget what every replica has executed. */
export const simplegcbpaxos = protocol({
	name: 'simplegcbpaxos',
	input,
	roles: {
		clients: benchmarkClients,
		leaders: {count: ({num_leaders}) => num_leaders, main: 'LeaderMain'},
		proposers: {count: ({num_leaders}) => num_leaders, main: 'ProposerMain'},
		dep_service_nodes: {count: ({f}) => (2 * f) + 1, main: 'DepServiceNodeMain', flags: machineFlags},
		acceptors: {count: ({f}) => (2 * f) + 1, main: 'AcceptorMain'},
		replicas: {count: ({f}) => f + 1, main: 'ReplicaMain', flags: graphFlags},
		garbage_collectors: {count: ({f}) => f + 1, main: 'GarbageCollectorMain'},
	},
	start: ['dep_service_nodes', 'acceptors', 'replicas', 'garbage_collectors', 'proposers', 'leaders'],
	apart: ['clients', 'leaders', 'proposers', 'dep_service_nodes', 'acceptors', 'replicas', 'garbage_collectors'],
	jvm: sharedHeap,
	jobs: {prefix: 'bpaxos', roles: ['leaders', 'proposers', 'acceptors', 'clients', 'dep_service_nodes', 'replicas', 'garbage_collectors']},
	files: {
		'config.pbtxt': ({input, at}) => familyConfig(input.f, {
			leaderAddress: at('leaders'),
			proposerAddress: at('proposers'),
			depServiceNodeAddress: at('dep_service_nodes'),
			acceptorAddress: at('acceptors'),
			replicaAddress: at('replicas'),
			garbageCollectorAddress: at('garbage_collectors'),
		}),
		'workload.pbtxt': workloadFile,
	},
	live: {throughput: rate('simple_bpaxos_client_responses_total'), replica_latency: mean('simple_gc_bpaxos_replica_requests_latency')},
	output: keptRows,
});
