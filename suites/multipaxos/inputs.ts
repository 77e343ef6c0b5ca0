import {closedLoops, uniformReadWriteWorkload} from '../../source/index.ts';
import {publishedPhases} from '../shared/roles.ts';

/** What smoke and the experiments have in common. */
export const common = {
	f: 1,
	num_leaders: 2,
	distribution_scheme: 'HASH',
	state_machine: 'KeyValueStore',
	predetermined_read_fraction: -1,
	prometheus_scrape_interval: '200ms',
	read_batcher_options: {read_batching_scheme: 'size,1,10s', unsafe_read_at_first_slot: false, unsafe_read_at_i: false},
	leader_options: {
		resend_phase1as_period: '1s',
		flush_phase2as_every_n: 1,
		noop_flush_period: '0s',
		election_options: {ping_period: '60s', no_ping_timeout_min: '120s', no_ping_timeout_max: '240s'},
	},
	proxy_leader_options: {flush_phase2as_every_n: 1},
	acceptor_options: {},
	replica_options: {
		log_grow_size: 5000,
		unsafe_dont_use_client_table: false,
		send_chosen_watermark_every_n_entries: 100,
		recover_log_entry_min_period: '2s',
		recover_log_entry_max_period: '5s',
		unsafe_dont_recover: false,
	},
	proxy_replica_options: {flush_every_n: 1, batch_flush: false},
	client_options: {
		resend_client_request_period: '1s',
		resend_max_slot_requests_period: '1s',
		resend_read_request_period: '1s',
		resend_sequential_read_request_period: '1s',
		resend_eventual_read_request_period: '1s',
		unsafe_read_at_first_slot: false,
		unsafe_read_at_i: false,
		flush_writes_every_n: 1,
		flush_reads_every_n: 1,
	},
};

export function heaps(client: string, server: string) {
	return {
		client_jvm_heap_size: client,
		batcher_jvm_heap_size: server,
		read_batcher_jvm_heap_size: server,
		leader_jvm_heap_size: server,
		proxy_leader_jvm_heap_size: server,
		acceptor_jvm_heap_size: server,
		replica_jvm_heap_size: server,
		proxy_replica_jvm_heap_size: server,
	};
}

/** Reads and writes of one key, so many bytes each. */
export const onOneKey = (reads: number, bytes = 16) => uniformReadWriteWorkload({num_keys: 1, read_fraction: reads, write_size_mean: bytes, write_size_std: 0});

/** Three acceptors that are one group, of which any two are a quorum; and a grid of two columns, whose rows are read from and whose columns are written to. */
export const oneGroup = {num_acceptor_groups: 1, num_acceptors_per_group: 3, flexible: false};
export const grid = (rows: number) => ({num_acceptor_groups: rows, num_acceptors_per_group: 2, flexible: true});

/** What the experiments have in common. */
export const published = {
	...common,
	...heaps('8g', '12g'),
	num_batchers: 0,
	num_read_batchers: 0,
	num_proxy_replicas: 0,
	measurement_group_size: 10,
	...publishedPhases,
	workload_label: 'write_only',
	workload: onOneKey(0),
	read_workload: onOneKey(1),
	write_workload: onOneKey(0),
	read_consistency: 'linearizable',
	batcher_options: {batch_size: 0},
};

/** What those have in common that send writes alone, in batches. */
export const batched = {
	...published,
	num_batchers: 2,
	num_proxy_leaders: 2,
	...oneGroup,
	num_replicas: 2,
	measurement_group_size: 100,
	proxy_replica_options: {flush_every_n: 1, batch_flush: true},
};

/** So many client procs of a hundred closed loops each. */
export const hundreds = (procs: number) => closedLoops(procs, 100);

/** Leaders that flush every so many messages. */
export const flushingEvery = (n: number) => ({...common.leader_options, flush_phase2as_every_n: n});

/** The summary's entries that most experiments share. */
export const flushes = {leader_flush_every_n: 'leader_options.flush_phase2as_every_n', proxy_leader_flush_every_n: 'proxy_leader_options.flush_phase2as_every_n'};
export const writes = {'write.latency.median_ms': 'write_output.latency.median_ms', 'write.start_throughput_1s.p90': 'write_output.start_throughput_1s.p90'};
export const reads = {'read.latency.median_ms': 'read_output.latency.median_ms', 'read.start_throughput_1s.p90': 'read_output.start_throughput_1s.p90'};
export const scaledRoles = ['num_client_procs', 'num_clients_per_proc', 'num_proxy_leaders', 'num_acceptor_groups', 'num_acceptors_per_group', 'num_replicas'];
export const batchedRoles = ['num_client_procs', 'num_clients_per_proc', 'num_batchers', ...scaledRoles.slice(2), 'num_proxy_replicas'];
export const batching = {batch_flush: 'proxy_replica_options.batch_flush', batch_size: 'batcher_options.batch_size'};
export const digits = {start_throughput_1s: 8};
