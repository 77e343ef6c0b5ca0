export const serverOptions = {
	beta: 1000,
	resend_phase1as_period: '1s',
	flush_skip_slots_period: '1s',
	revoke_min_period: '5s',
	revoke_max_period: '10s',
	log_grow_size: 1000,
	heartbeat_options: {fail_period: '1s', success_period: '2s', num_retries: 3, network_delay_alpha: 0.9},
};
