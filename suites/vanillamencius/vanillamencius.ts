import {
	addresses,
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
		beta: count(),
		resend_phase1as_period: duration(),
		flush_skip_slots_period: duration(),
		revoke_min_period: duration(),
		revoke_max_period: duration(),
		log_grow_size: count(),
		heartbeat_options: heartbeatOptions,
	}),
	server_log_level: logLevel(),
	client_options: group({resend_client_request_period: duration()}),
	client_log_level: logLevel(),
});

/** Mencius as it was published: every server leads the slots of its turn, and skips those that it has no command for. */
export const vanillamencius = protocol({
	name: 'vanillamencius',
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
	live: {throughput: rate('vanilla_mencius_client_replies_received_total'), server_latency: mean('vanilla_mencius_server_requests_latency')},
	output: labelled({output: 'write'}),
});
