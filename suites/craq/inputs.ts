import {pointSkewedReadWriteWorkload} from '../../source/index.ts';

/** What smoke and the experiment have in common. */
export const common = {
	f: 1,
	prometheus_scrape_interval: '200ms',
	chain_node_options: {measure_latencies: true},
	client_options: {resend_client_request_period: '1s', resend_read_request_period: '1s', flush_writes_every_n: 1, flush_reads_every_n: 1, batch_size: 1},
};

export const skewed = (keys: number, reads: number, point: number, bytes: number) =>
	pointSkewedReadWriteWorkload({num_keys: keys, read_fraction: reads, point_fraction: point, write_size_mean: bytes, write_size_std: 0});

/** How many of the keys are the hot one: none to all of them. */
export const eighths = Array.from({length: 9}, (_, eighth) => eighth / 8);

export const summary = [
	'f',
	'num_chain_nodes',
	'num_client_procs',
	'num_clients_per_proc',
	'workload',
	{
		'write.latency.median_ms': 'write_output.latency.median_ms',
		'write.start_throughput_1s.p90': 'write_output.start_throughput_1s.p90',
		'read.latency.median_ms': 'read_output.latency.median_ms',
		'read.start_throughput_1s.p90': 'read_output.start_throughput_1s.p90',
	},
];
