import {boolean, clientFields, count, duration, group, integer, logLevel, mean, monitoringFields, phaseFields, protocol, rate, text, workload, z} from '../../source/index.ts';
import {benchmarkClients, clientOptions, familyConfig, graphFlags, keptRows, thriftySystem, workloadFile, zigzagOptions} from '../simplebpaxos/family.ts';

const input = z.object({
	f: count(),
	...clientFields,
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	replica_options: group({
		thrifty_system: thriftySystem(),
		resend_pre_accepts_timer_period: duration('ms'),
		default_to_slow_path_timer_period: duration('ms'),
		resend_accepts_timer_period: duration('ms'),
		resend_prepares_timer_period: duration('ms'),
		recover_instance_timer_min_period: duration('ms'),
		recover_instance_timer_max_period: duration('ms'),
		unsafe_skip_graph_execution: boolean('lower'),
		execute_graph_batch_size: count(),
		execute_graph_timer_period: duration(),
		num_blockers: integer(),
		top_k_dependencies: integer(),
		unsafe_return_no_dependencies: boolean('lower'),
	}),
	replica_zigzag_options: zigzagOptions,
	replica_log_level: logLevel(),
	client_options: clientOptions,
	client_log_level: logLevel(),
});

/** Egalitarian Paxos: every replica leads; commands that do not conflict need one round trip, and a dependency graph orders the others. */
export const epaxos = protocol({
	name: 'epaxos',
	input,
	roles: {
		clients: benchmarkClients,
		replicas: {count: ({f}) => 2 * f + 1, main: 'ReplicaMain', flags: graphFlags},
	},
	start: ['replicas'],
	apart: ['clients', 'replicas'],
	jvm: () => [],
	jobs: {roles: ['replicas', 'clients']},
	files: {
		'config.pbtxt': ({input, at}) => familyConfig(input.f, {replicaAddress: at('replicas')}),
		'workload.pbtxt': workloadFile,
	},
	live: {
		// Its clients export nothing.
		throughput: rate('epaxos_replica_requests_total', {type: ['ClientRequest']}),
		replica_latency: mean('epaxos_replica_requests_latency'),
	},
	output: keptRows,
});
