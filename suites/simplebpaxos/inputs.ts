/** What smoke and the published experiments have in common: nothing resends and nothing recovers, for nothing fails. */
export const unhurried = {
	leader_options: {thrifty_system: 'NotThrifty', resend_dependency_requests_timer_period: '600s'},
	proposer_options: {thrifty_system: 'Random', resend_phase1as_timer_period: '600s', resend_phase2as_timer_period: '600s'},
	dep_service_node_options: {top_k_dependencies: 1, unsafe_return_no_dependencies: false},
	acceptor_options: {},
	replica_options: {
		recover_vertex_timer_min_period: '600s',
		recover_vertex_timer_max_period: '1200s',
		unsafe_skip_graph_execution: false,
		execute_graph_batch_size: 1,
		execute_graph_timer_period: '1s',
		num_blockers: 1,
	},
	client_options: {repropose_period: '600s'},
};

/** One closed-loop client for two seconds. */
export const brief = {
	num_client_procs: 1,
	num_warmup_clients_per_proc: 1,
	num_clients_per_proc: 1,
	warmup_duration: '2s',
	warmup_timeout: '3s',
	warmup_sleep: '0s',
	duration: '2s',
	timeout: '3s',
	client_lag: '0s',
	state_machine: 'Noop',
	prometheus_scrape_interval: '200ms',
	replica_zigzag_options: {vertices_grow_size: 1000, garbage_collect_every_n_commands: 1000},
};

/** What NSDI's figures 1 and 2 have in common. */
export const published = {
	...unhurried,
	num_warmup_clients_per_proc: 50,
	warmup_duration: '5s',
	warmup_timeout: '10s',
	warmup_sleep: '5s',
	duration: '15s',
	timeout: '20s',
	client_lag: '5s',
	state_machine: 'KeyValueStore',
	prometheus_scrape_interval: '200ms',
	replica_zigzag_options: {vertices_grow_size: 20_000, garbage_collect_every_n_commands: 20_000},
};
