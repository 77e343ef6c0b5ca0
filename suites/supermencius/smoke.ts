import {stringWorkload, suite} from '../../source/index.ts';
import {brief} from '../mencius/inputs.ts';
import {threeNodes} from './nodes.ts';
import {supermencius} from './supermencius.ts';

export default suite({
	protocol: supermencius,
	name: 'super_mencius_smoke',
	description: 'Three super nodes, without and with batchers, two seconds each: does everything work?',
	apart: [],
	inputs: () => [0, 3].map(number_batchers => ({
		...brief,
		...threeNodes,
		num_batchers: number_batchers,
		client_lag: '5s',
		workload: stringWorkload({size_mean: 1, size_std: 0}),
	})),
	summary: ['f', 'num_batchers', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
