import {repeated, stringWorkload, suite} from '../../source/index.ts';
import {published, tunedSummary} from '../mencius/inputs.ts';
import {threeNodes} from './nodes.ts';
import {supermencius} from './supermencius.ts';

const loads = [
	{procs: 1, clients: 1, batchSize: 1, watermarkEvery: 1},
	{procs: 1, clients: 10, batchSize: 1, watermarkEvery: 1},
	{procs: 5, clients: 10, batchSize: 5, watermarkEvery: 1},
	{procs: 5, clients: 20, batchSize: 10, watermarkEvery: 1},
	{procs: 6, clients: 50, batchSize: 10, watermarkEvery: 2},
	{procs: 6, clients: 100, batchSize: 10, watermarkEvery: 3},
	{procs: 10, clients: 100, batchSize: 10, watermarkEvery: 4},
	{procs: 20, clients: 100, batchSize: 20, watermarkEvery: 5},
	{procs: 20, clients: 200, batchSize: 40, watermarkEvery: 5},
];

export default suite({
	protocol: supermencius,
	name: 'super_mencius_eurosys_lt',
	description: 'Latency against throughput of Mencius on three super nodes, three times (EuroSys).',
	inputs: () => repeated(3, loads.map(load => ({
		...published(load),
		...threeNodes,
		num_batchers: 3,
		workload: stringWorkload({size_mean: 1, size_std: 0}),
	}))),
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'num_batchers', tunedSummary, 'latency.median_ms', 'start_throughput_1s.p90'],
	digits: {start_throughput_1s: 7},
});
