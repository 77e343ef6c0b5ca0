import {addresses, clientFields, count, group, labelled, logLevel, mean, monitoringFields, phaseFields, protobufText, protocol, rate, text, workload, workloadText, z} from '../../source/index.ts';

const input = z.object({
	...clientFields,
	num_batchers: count(),
	num_proxy_servers: count(),
	client_jvm_heap_size: text(),
	batcher_jvm_heap_size: text(),
	server_jvm_heap_size: text(),
	proxy_server_jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	client_options: group({}),
	client_log_level: logLevel(),
	batcher_options: group({batch_size: count()}),
	batcher_log_level: logLevel(),
	server_options: group({flush_every_n: count()}),
	server_log_level: logLevel(),
	proxy_server_options: group({flush_every_n: count()}),
	proxy_server_log_level: logLevel(),
});

/** One server with a state machine behind batchers and proxies: the most that a batched replication of it can reach. */
export const batchedunreplicated = protocol({
	name: 'batchedunreplicated',
	input,
	roles: {
		clients: {
			count: ({num_client_procs}) => num_client_procs,
			main: 'ClientMain',
			flags: ({address, file, log, prometheus, measuring, label}) => ({
				...address,
				config: file('config.pbtxt'),
				...log,
				...prometheus,
				...measuring,
				workload: file('workload.pbtxt'),
				output_file_prefix: file(label),
			}),
		},
		batchers: {count: ({num_batchers}) => num_batchers, main: 'BatcherMain'},
		server: {
			main: 'ServerMain',
			flags: ({file, log, input, prometheus, options}) => ({config: file('config.pbtxt'), ...log, state_machine: input.state_machine, ...prometheus, ...options}),
		},
		proxy_servers: {count: ({num_proxy_servers}) => num_proxy_servers, main: 'ProxyServerMain'},
	},
	start: ['batchers', 'proxy_servers', 'server'],
	apart: ['clients', 'batchers', 'server', 'proxy_servers'],
	files: {
		'config.pbtxt': ({at}) => protobufText({batcher_address: addresses(at('batchers')), server_address: addresses(at('server')), proxy_server_address: addresses(at('proxy_servers'))}),
		'workload.pbtxt': ({input}) => workloadText(input.workload),
	},
	live: {throughput: rate('batchedunreplicated_client_responses_total'), server_latency: mean('batchedunreplicated_server_requests_latency')},
	output: labelled('write'),
});
