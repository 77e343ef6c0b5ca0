import {boolean, count, duration, group, labelled, logLevel, mean, protocol, rate, z} from '../../source/index.ts';
import {equalServers, equalServersFields} from '../shared/equal-servers.ts';
import {heartbeatOptions} from '../shared/roles.ts';

const input = z.object({
	...equalServersFields,
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
	...equalServers,
	live: {throughput: rate('fasterpaxos_client_replies_received_total'), server_latency: mean('fasterpaxos_server_requests_latency')},
	output: labelled({output: 'write'}),
});
