/** Options of a replica that never resends and never recovers: nothing fails here. */
export const replicaOptions = {
	thrifty_system: 'Random',
	resend_pre_accepts_timer_period: '600s',
	default_to_slow_path_timer_period: '600s',
	resend_accepts_timer_period: '600s',
	resend_prepares_timer_period: '600s',
	recover_instance_timer_min_period: '600s',
	recover_instance_timer_max_period: '1200s',
	unsafe_skip_graph_execution: false,
	execute_graph_batch_size: 1,
	execute_graph_timer_period: '1s',
	num_blockers: 1,
	top_k_dependencies: 1,
	unsafe_return_no_dependencies: false,
};

/** What the published experiments have in common. */
export const published = {
	num_warmup_clients_per_proc: 50,
	warmup_sleep: '5s',
	client_lag: '5s',
	state_machine: 'KeyValueStore',
	prometheus_scrape_interval: '200ms',
	replica_zigzag_options: {vertices_grow_size: 20_000, garbage_collect_every_n_commands: 20_000},
	client_options: {repropose_period: '600s'},
};
