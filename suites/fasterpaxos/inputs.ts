/** What smoke and the experiment have in common. */
export const common = {
	f: 1,
	num_servers: 3,
	state_machine: 'KeyValueStore',
	prometheus_scrape_interval: '200ms',
};

/** Servers that recover a missing entry, and follow a leader that is gone, after one or two times so many seconds. */
export function serverOptions(seconds: number) {
	return {
		ack_noops_with_commands: false,
		log_grow_size: 1000,
		resend_phase1as_period: '1s',
		resend_phase2a_anys_period: '1s',
		use_f1_optimization: false,
		recover_log_entry_min_period: `${seconds}s`,
		recover_log_entry_max_period: `${2 * seconds}s`,
		leader_change_entry_min_period: `${seconds}s`,
		leader_change_entry_max_period: `${2 * seconds}s`,
		unsafe_dont_recover: false,
		heartbeat_options: {fail_period: '1s', success_period: '2s', num_retries: 3, network_delay_alpha: 0.9},
	};
}

export const summary = [
	'f',
	'num_client_procs',
	'num_clients_per_proc',
	{'latency.median_ms': 'output.latency.median_ms', 'start_throughput_1s.p90': 'output.start_throughput_1s.p90'},
];
