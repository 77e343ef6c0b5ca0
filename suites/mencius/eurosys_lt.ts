import {repeated, stringWorkload, suite} from '../../source/index.ts';
import {published, tunedSummary} from './inputs.ts';
import {mencius} from './mencius.ts';

const loads = [
	{procs: 1, clients: 1, batchers: 2, batchSize: 1, watermarkEvery: 1},
	{procs: 1, clients: 10, batchers: 2, batchSize: 1, watermarkEvery: 1},
	{procs: 5, clients: 10, batchers: 2, batchSize: 10, watermarkEvery: 1},
	{procs: 5, clients: 20, batchers: 2, batchSize: 10, watermarkEvery: 1},
	{procs: 6, clients: 50, batchers: 2, batchSize: 10, watermarkEvery: 3},
	{procs: 6, clients: 100, batchers: 2, batchSize: 10, watermarkEvery: 4},
	{procs: 10, clients: 100, batchers: 4, batchSize: 10, watermarkEvery: 5},
	{procs: 20, clients: 100, batchers: 4, batchSize: 20, watermarkEvery: 5},
	{procs: 20, clients: 200, batchers: 8, batchSize: 40, watermarkEvery: 5},
];

export default suite({
	protocol: mencius,
	name: 'mencius_smoke',
	description: 'Latency against throughput of Mencius taken apart, three times (EuroSys).',
	inputs: () => repeated(3, loads.map(load => ({
		...published(load),
		num_batchers: load.batchers,
		num_leader_groups: 3,
		num_leaders_per_group: 2,
		num_proxy_leaders: 19,
		num_acceptor_groups_per_leader_group: 1,
		num_acceptors_per_group: 3,
		num_replicas: 5,
		num_proxy_replicas: 10,
		distribution_scheme: 'HASH',
		workload: stringWorkload({size_mean: 1, size_std: 0}),
	}))),
	summary: [
		'f',
		'num_client_procs',
		'num_clients_per_proc',
		'num_batchers',
		'num_leader_groups',
		'num_proxy_leaders',
		'num_replicas',
		'num_proxy_replicas',
		tunedSummary,
		'latency.median_ms',
		'start_throughput_1s.p90',
	],
	digits: {start_throughput_1s: 8},
});
