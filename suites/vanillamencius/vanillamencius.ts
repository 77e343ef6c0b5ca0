import {count, duration, group, labelled, logLevel, mean, protocol, rate, z} from '../../source/index.ts';
import {equalServers, equalServersFields} from '../shared/equal-servers.ts';
import {heartbeatOptions} from '../shared/roles.ts';

const input = z.object({
	...equalServersFields,
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
	...equalServers,
	live: {throughput: rate('vanilla_mencius_client_replies_received_total'), server_latency: mean('vanilla_mencius_server_requests_latency')},
	output: labelled({output: 'write'}),
});
