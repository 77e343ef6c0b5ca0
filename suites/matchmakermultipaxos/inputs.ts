import {closedLoops, repeated, stringWorkload} from '../../source/index.ts';
import {calmElection} from '../shared/roles.ts';

/** Leaders, each of whose messages is sent again after so long. */
export function leaderOptions(resendPeriod: string) {
	return {
		thrifty: true,
		resend_match_requests_period: resendPeriod,
		resend_reconfigure_period: resendPeriod,
		resend_phase1as_period: resendPeriod,
		resend_phase2as_period: resendPeriod,
		resend_executed_watermark_requests_period: resendPeriod,
		resend_persisted_period: resendPeriod,
		resend_garbage_collects_period: resendPeriod,
		send_chosen_watermark_every_n: 100,
		stutter: 1000,
		stall_during_matchmaking: false,
		stall_during_phase1: false,
		disable_gc: false,
		election_options: calmElection,
	};
}

export function reconfigurerOptions(resendPeriod: string) {
	return {
		resend_stops_period: resendPeriod,
		resend_bootstraps_period: resendPeriod,
		resend_match_phase1as_period: resendPeriod,
		resend_match_phase2as_period: resendPeriod,
	};
}

/** What smoke and the experiments have in common. */
export const common = {
	state_machine: 'Noop',
	workload: stringWorkload({size_mean: 1, size_std: 0}),
	prometheus_scrape_interval: '200ms',
	leader_options: leaderOptions('60s'),
	matchmaker_options: {match_request_delay: '0s'},
	reconfigurer_options: reconfigurerOptions('60s'),
	acceptor_options: {phase1a_delay: '0s'},
	replica_options: {
		log_grow_size: 5000,
		unsafe_dont_use_client_table: false,
		recover_log_entry_min_period: '120s',
		recover_log_entry_max_period: '240s',
		unsafe_dont_recover: false,
	},
	client_options: {resend_client_request_period: '120s', stutter: 1000},
};

export function heaps(size: string) {
	return {
		client_jvm_heap_size: size,
		leader_jvm_heap_size: size,
		matchmaker_jvm_heap_size: size,
		reconfigurer_jvm_heap_size: size,
		acceptor_jvm_heap_size: size,
		replica_jvm_heap_size: size,
		driver_jvm_heap_size: size,
	};
}

/** What the experiments have in common. Where something is replaced there are twice as many of it: one set to move to from the other. */
export const published = {
	...common,
	f: 1,
	num_leaders: 2,
	num_matchmakers: 3,
	num_reconfigurers: 2,
	num_acceptors: 3,
	num_replicas: 3,
	...heaps('15g'),
	warmup_duration: '10s',
	warmup_timeout: '15s',
	warmup_sleep: '0s',
	client_lag: '5s',
};

/** One, four and eight closed loops, over and over: what the figures of failures and reconfigurations are drawn from. */
export const fewLoops = repeated(5, [closedLoops(1, 1), closedLoops(4, 1), closedLoops(4, 2)]);

export const summary = ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'];
