import {
	addresses,
	boolean,
	clientFields,
	count,
	duration,
	group,
	labelled,
	logLevel,
	mean,
	monitoringFields,
	phaseFields,
	protobufText,
	protocol,
	rate,
	text,
	workload,
	workloadText,
	z,
} from '../../source/index.ts';
import {clients, heartbeatOptions, machineFlags} from '../shared/roles.ts';

const input = z.object({
	f: count(),
	...clientFields,
	num_servers: count(),
	client_jvm_heap_size: text(),
	server_jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	server_options: group({
		ack_noops_with_commands: boolean(),
		log_grow_size: count(),
		resend_phase1as_period: duration(),
		resend_phase2a_anys_period: duration(),
		use_f1_optimization: boolean(),
		recover_log_entry_min_period: duration(),
		recover_log_entry_max_period: duration(),
		leader_change_entry_min_period: duration(),
		leader_change_entry_max_period: duration(),
		unsafe_dont_recover: boolean(),
		heartbeat_options: heartbeatOptions,
	}),
	server_log_level: logLevel(),
	client_options: group({resend_client_request_period: duration()}),
	client_log_level: logLevel(),
});

/** A leader that delegates: other servers choose commands, too, in slots of their own. */
export const fasterpaxos = protocol({
	name: 'fasterpaxos',
	input,
	roles: {
		clients,
		servers: {count: ({num_servers}) => num_servers, main: 'ServerMain', flags: machineFlags},
		heartbeats: {count: ({num_servers}) => num_servers, cluster: 'servers'},
	},
	start: ['servers'],
	apart: ['clients', 'servers'],
	files: {
		'config.pbtxt': ({input, at}) => protobufText({f: input.f, server_address: addresses(at('servers')), heartbeat_address: addresses(at('heartbeats'))}),
		'workload.pbtxt': ({input}) => workloadText(input.workload),
	},
	live: {throughput: rate('fasterpaxos_client_replies_received_total'), server_latency: mean('fasterpaxos_server_requests_latency')},
	output: labelled({output: 'write'}),
});
