export const serverOptions = {push_size: 1, push_period: '50ms', recover_period: '60s', log_grow_size: 5000, unsafe_dont_recover: false};

export const aggregatorOptions = {num_shard_cuts_per_proposal: 2, recover_period: '60s', leader_info_period: '60s', log_grow_size: 5000, unsafe_dont_recover: false};

export const leaderOptions = {
	resend_phase1as_period: '60s',
	flush_phase2as_every_n: 1,
	log_grow_size: 5000,
	election_options: {ping_period: '60s', no_ping_timeout_min: '120s', no_ping_timeout_max: '240s'},
};

export const replicaOptions = {
	log_grow_size: 5000,
	batch_flush: false,
	recover_log_entry_min_period: '120s',
	recover_log_entry_max_period: '240s',
	unsafe_dont_recover: false,
	unsafe_yolo_execution: false,
	unsafe_round_robin_by_chunk: false,
};

export function heaps(client: string, server: string) {
	return {
		client_jvm_heap_size: client,
		server_jvm_heap_size: server,
		aggregator_jvm_heap_size: server,
		leader_jvm_heap_size: server,
		acceptor_jvm_heap_size: server,
		replica_jvm_heap_size: server,
		proxy_replica_jvm_heap_size: server,
	};
}
