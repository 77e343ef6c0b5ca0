/** What smoke has in common with the experiments: nothing resends and nothing recovers, for nothing fails. */
const unhurried = {
	f: 1,
	state_machine: 'Noop',
	prometheus_scrape_interval: '200ms',
	acceptor_options: {},
	proxy_leader_options: {flush_phase2as_every_n: 1},
	proxy_replica_options: {flush_every_n: 1},
	client_options: {resend_client_request_period: '120s'},
};

const leaderOptions = {
	resend_phase1as_period: '60s',
	flush_phase2as_every_n: 1,
	election_options: {ping_period: '60s', no_ping_timeout_min: '120s', no_ping_timeout_max: '240s'},
};

const replicaOptions = {
	log_grow_size: 5000,
	unsafe_dont_use_client_table: false,
	recover_log_entry_min_period: '120s',
	recover_log_entry_max_period: '240s',
	unsafe_dont_recover: false,
};

/** Fifty closed loops for two seconds. */
export const brief = {
	...unhurried,
	num_client_procs: 1,
	num_warmup_clients_per_proc: 1,
	num_clients_per_proc: 50,
	...heaps('100m', '100m'),
	warmup_duration: '2s',
	warmup_timeout: '3s',
	warmup_sleep: '0s',
	duration: '2s',
	timeout: '3s',
	batcher_options: {batch_size: 1},
	leader_options: {...leaderOptions, send_high_watermark_every_n: 1000, send_noop_range_if_lagging_by: 5000},
	replica_options: {...replicaOptions, send_chosen_watermark_every_n_entries: 100},
};

/** A point of a latency-throughput curve. */
type Load = {
	readonly procs: number;
	readonly clients: number;
	readonly batchSize: number;
	readonly watermarkEvery: number;
};

/** A point of the published curves: the more closed loops, the larger the batches and the rarer the watermarks. */
export function published({procs, clients, batchSize, watermarkEvery}: Load) {
	return {
		...unhurried,
		num_client_procs: procs,
		num_warmup_clients_per_proc: Math.max(10, clients),
		num_clients_per_proc: clients,
		...heaps('16g', '32g'),
		warmup_duration: '5s',
		warmup_timeout: '10s',
		warmup_sleep: '5s',
		duration: '8s',
		timeout: '13s',
		client_lag: '5s',
		batcher_options: {batch_size: batchSize},
		leader_options: {...leaderOptions, send_high_watermark_every_n: watermarkEvery, send_noop_range_if_lagging_by: 1},
		replica_options: {...replicaOptions, send_chosen_watermark_every_n_entries: 100_000},
	};
}

/** The summary's entries for what is tuned along a curve. */
export const tunedSummary = {
	batch_size: 'batcher_options.batch_size',
	leader_flush_every_n: 'leader_options.flush_phase2as_every_n',
	proxy_leader_flush_every_n: 'proxy_leader_options.flush_phase2as_every_n',
	proxy_replica_flush_every_n: 'proxy_replica_options.flush_every_n',
	send_high_watermark_every_n: 'leader_options.send_high_watermark_every_n',
	send_noop_range_if_lagging_by: 'leader_options.send_noop_range_if_lagging_by',
};

function heaps(client: string, server: string) {
	return {
		client_jvm_heap_size: client,
		batcher_jvm_heap_size: server,
		leader_jvm_heap_size: server,
		proxy_leader_jvm_heap_size: server,
		acceptor_jvm_heap_size: server,
		replica_jvm_heap_size: server,
		proxy_replica_jvm_heap_size: server,
	};
}
