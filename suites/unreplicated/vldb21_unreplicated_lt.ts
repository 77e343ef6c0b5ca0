import {ramp, repeated, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {publishedPhases} from '../shared/roles.ts';
import {unreplicated} from './unreplicated.ts';

// Values, and after how many responses the server flushes them where there are enough clients to fill that.
const values = [{bytes: 100, flushEvery: 25}, {bytes: 1000, flushEvery: 10}];

export default suite({
	protocol: unreplicated,
	name: 'unreplicated_lt',
	description: 'Latency against throughput with values of 100 and 1000 bytes, one to 1400 closed loops, five times (VLDB 2021).',
	inputs: () => repeated(5, values.flatMap(({bytes, flushEvery}) => ramp([1, 10, 50, 100], [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]).map(loops => ({
		...loops,
		jvm_heap_size: '12g',
		measurement_group_size: 10,
		...publishedPhases,
		state_machine: 'KeyValueStore',
		workload: uniformSingleKeyWorkload({num_keys: 1, size_mean: bytes, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		client_options: {},
		server_options: {flush_every_n: loops.num_clients_per_proc < 50 ? 1 : flushEvery},
	})))),
	summary: [
		'num_client_procs',
		'num_clients_per_proc',
		{flush_every_n: 'server_options.flush_every_n', value_size: 'workload.size_mean'},
		'latency.median_ms',
		'start_throughput_1s.p90',
	],
	digits: {start_throughput_1s: 7},
});
