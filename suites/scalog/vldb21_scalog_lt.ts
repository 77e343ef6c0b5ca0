import {millisecondsFlag, suite, uniformSingleKeyWorkload} from '../../source/index.ts';
import {aggregatorOptions, heaps, leaderOptions, replicaOptions, serverOptions} from './inputs.ts';
import {scalog} from './scalog.ts';

// The largest loads come first: whether they hold decides about the rest.
const loads = [
	...[30, 35, 40].map(procs => ({procs, clients: 100})),
	...[1, 50, 100].map(clients => ({procs: 1, clients})),
	...[2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 35, 40].map(procs => ({procs, clients: 100})),
];

export default suite({
	protocol: scalog,
	name: 'scalog_lt',
	description: 'Latency against throughput of three shards, one to 4000 closed loops (VLDB 2021).',
	inputs: () => loads.map(({procs, clients}) => ({
		f: 1,
		num_client_procs: procs,
		num_warmup_clients_per_proc: clients,
		num_clients_per_proc: clients,
		num_shards: 3,
		num_servers_per_shard: 2,
		num_leaders: 2,
		num_acceptors: 3,
		num_replicas: 5,
		num_proxy_replicas: 0,
		...heaps('8g', '12g'),
		measurement_group_size: 100,
		warmup_duration: '10s',
		warmup_timeout: '15s',
		warmup_sleep: '5s',
		duration: '15s',
		timeout: '20s',
		client_lag: '5s',
		state_machine: 'KeyValueStore',
		workload_label: 'final_v2',
		workload: uniformSingleKeyWorkload({num_keys: 1, size_mean: 16, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		server_options: {...serverOptions, push_size: 100, push_period: '100ms', recover_period: '1s'},
		aggregator_options: {...aggregatorOptions, num_shard_cuts_per_proposal: 1, recover_period: '1s'},
		leader_options: {...leaderOptions, resend_phase1as_period: '1s'},
		acceptor_options: {},
		replica_options: {...replicaOptions, batch_flush: true, recover_log_entry_min_period: '1s', recover_log_entry_max_period: '5s'},
		proxy_replica_options: {batch_flush: true},
		client_options: {resend_client_request_period: '1s'},
	})),
	summary: [
		'num_client_procs',
		'num_clients_per_proc',
		'num_shards',
		{
			push_size: ({input}) => String(input.server_options.push_size),
			push_period: ({input}) => millisecondsFlag(input.server_options.push_period),
		},
		'num_replicas',
		'num_proxy_replicas',
		{
			batch_flush: 'replica_options.batch_flush',
			num_shard_cuts_per_proposal: 'aggregator_options.num_shard_cuts_per_proposal',
			yolo: 'replica_options.unsafe_yolo_execution',
			'latency.median_ms': 'output.latency.median_ms',
			'start_throughput_1s.p90': 'output.start_throughput_1s.p90',
		},
	],
	digits: {start_throughput_1s: 8},
});
