import {repeated, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {batchedunreplicated} from './batchedunreplicated.ts';
import {batchedLoads} from './loads.ts';

export default suite({
	protocol: batchedunreplicated,
	name: 'batchedunreplicated_lt',
	description: 'Latency against throughput of one server behind batchers, one to 4000 closed loops, three times (VLDB 2021).',
	inputs: () => repeated(3, batchedLoads.map(({clients, batch}) => ({
		...clients,
		num_batchers: 2,
		num_proxy_servers: 4,
		client_jvm_heap_size: '8g',
		batcher_jvm_heap_size: '12g',
		server_jvm_heap_size: '12g',
		proxy_server_jvm_heap_size: '12g',
		measurement_group_size: 100,
		warmup_duration: '10s',
		warmup_timeout: '15s',
		warmup_sleep: '5s',
		duration: '15s',
		timeout: '20s',
		client_lag: '5s',
		state_machine: 'KeyValueStore',
		workload: uniformSingleKeyWorkload({num_keys: 1, size_mean: 16, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		client_options: {},
		batcher_options: {batch_size: batch},
		server_options: {flush_every_n: 1},
		proxy_server_options: {flush_every_n: batch},
	}))),
	summary: [
		'num_client_procs',
		'num_clients_per_proc',
		'num_batchers',
		'num_proxy_servers',
		{
			batch_size: 'batcher_options.batch_size',
			server_flush_every_n: 'server_options.flush_every_n',
			proxy_server_flush_every_n: 'proxy_server_options.flush_every_n',
		},
		'latency.median_ms',
		'start_throughput_1s.p90',
	],
	digits: {start_throughput_1s: 8},
});
