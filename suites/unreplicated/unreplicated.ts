import {
	clientFields,
	collectionLog,
	count,
	countOrZero,
	group,
	heap,
	labelled,
	logLevel,
	mean,
	monitoringFields,
	phaseFields,
	protocol,
	quantiles,
	rate,
	text,
	workload,
	workloadText,
	z,
} from '../../source/index.ts';

const input = z.object({
	...clientFields,
	jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
	client_options: group({}),
	client_log_level: logLevel(),
	server_options: group({flush_every_n: countOrZero()}),
	server_log_level: logLevel(),
});

/** One server with a state machine, and closed-loop clients: the most that any replication of it can reach. */
export const unreplicated = protocol({
	name: 'unreplicated',
	input,
	roles: {
		clients: {
			count: ({num_client_procs}) => num_client_procs,
			main: 'ClientMain',
			engine: 'unreplicated/engine/client',
			patient: true,
			jvm: () => [],
			flags({address, one, log, prometheus, measuring, file, label}) {
				const {ip, port} = one('server');
				return {...address, server_host: ip, server_port: port, ...log, ...prometheus, ...measuring, workload: file('workload.pbtxt'), output_file_prefix: file(label)};
			},
		},
		server: {
			main: 'ServerMain',
			engine: 'unreplicated/engine/server',
			flags: ({address, log, input, prometheus, options}) => ({...address, ...log, state_machine: input.state_machine, ...prometheus, ...options}),
		},
	},
	start: ['server'],
	apart: ['clients', 'server'],
	jvm: input => [...collectionLog(input), ...heap(input.jvm_heap_size)],
	files: {'workload.pbtxt': ({input}) => workloadText(input.workload)},
	output: labelled('write'),
	// The JAR's clients export no latency.
	live: {
		throughput: rate('unreplicated_client_responses_total'),
		latency: quantiles('unreplicated_client_latency_ms'),
		server_latency: mean('unreplicated_server_requests_latency'),
	},
});
