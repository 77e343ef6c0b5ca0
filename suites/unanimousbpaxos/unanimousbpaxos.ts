import {clientFields, count, duration, group, logLevel, monitoringFields, oneOf, phaseFields, protocol, rate, text, workload, z} from '../../source/index.ts';
import {benchmarkClients, clientOptions, familyConfig, keptRows, workloadFile} from '../simplebpaxos/family.ts';
import {machineFlags} from '../shared/roles.ts';

const input = z.object({
	f: count(),
	num_client_procs: clientFields.num_client_procs,
	num_clients_per_proc: clientFields.num_clients_per_proc,
	duration: phaseFields.duration,
	timeout: phaseFields.timeout,
	client_lag: phaseFields.client_lag,
	state_machine: text(),
	workload,
	...monitoringFields,
	leader_options: group({
		resend_dependency_requests_timer_period: duration(),
		resend_phase1as_timer_period: duration(),
		resend_phase2as_timer_period: duration(),
		recover_vertex_timer_min_period: duration(),
		recover_vertex_timer_max_period: duration(),
	}),
	leader_log_level: logLevel(),
	leader_dependency_graph: oneOf(['Jgrapht', 'Scalagraph', 'Tarjan', 'IncrementalTarjan', 'Zigzag']),
	dep_service_node_options: group({}),
	dep_service_node_log_level: logLevel(),
	acceptor_options: group({}),
	acceptor_log_level: logLevel(),
	client_options: clientOptions,
	client_log_level: logLevel(),
});

/** BPaxos in which a command whose dependencies all nodes agree on needs no proposer. */
export const unanimousbpaxos = protocol({
	name: 'unanimousbpaxos',
	input,
	roles: {
		clients: benchmarkClients,
		leaders: {
			count: ({f}) => f + 1,
			main: 'LeaderMain',
			flags: ({who, file, log, input, prometheus, options}) => ({
				...who,
				config: file('config.pbtxt'),
				...log,
				state_machine: input.state_machine,
				dependency_graph: input.leader_dependency_graph,
				...prometheus,
				...options,
			}),
		},
		dep_service_nodes: {count: ({f}) => (2 * f) + 1, main: 'DepServiceNodeMain', flags: machineFlags},
		acceptors: {count: ({f}) => (2 * f) + 1, main: 'AcceptorMain'},
	},
	start: ['leaders', 'acceptors', 'dep_service_nodes'],
	apart: ['clients', 'leaders', 'dep_service_nodes', 'acceptors'],
	jvm: () => [],
	jobs: {prefix: 'bpaxos', roles: ['leaders', 'acceptors', 'clients', 'dep_service_nodes']},
	files: {
		'config.pbtxt': ({input, at}) => familyConfig(input.f, {
			leaderAddress: at('leaders'),
			depServiceNodeAddress: at('dep_service_nodes'),
			acceptorAddress: at('acceptors'),
		}),
		'workload.pbtxt': workloadFile,
	},
	live: {throughput: rate('unanimous_bpaxos_client_responses_total')},
	output: keptRows,
});
