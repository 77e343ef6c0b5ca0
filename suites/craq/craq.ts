import {
	addresses,
	boolean,
	clientFields,
	count,
	duration,
	group,
	labelled,
	logLevel,
	mean,
	monitoringFields,
	phaseFields,
	protobufText,
	protocol,
	rate,
	readWriteWorkload,
	text,
	workloadText,
	z,
} from '../../source/index.ts';
import {clients} from '../shared/roles.ts';

const input = z.object({
	f: count(),
	...clientFields,
	num_chain_nodes: count(),
	client_jvm_heap_size: text(),
	chain_node_jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	workload_label: text(),
	workload: readWriteWorkload,
	...monitoringFields,
	chain_node_options: group({measure_latencies: boolean('none')}),
	chain_node_log_level: logLevel(),
	client_options: group({
		resend_client_request_period: duration(),
		resend_read_request_period: duration(),
		flush_writes_every_n: count(),
		flush_reads_every_n: count(),
		batch_size: count(),
	}),
	client_log_level: logLevel(),
});

/** Chain replication in which every node of the chain answers reads: of what it knows to be clean itself, of the rest with the tail's help. */
export const craq = protocol({
	name: 'craq',
	input,
	roles: {
		clients,
		chain_nodes: {count: ({num_chain_nodes}) => num_chain_nodes, main: 'ChainNodeMain'},
	},
	start: ['chain_nodes'],
	apart: ['clients', 'chain_nodes'],
	files: {
		'config.pbtxt': ({input, at}) => protobufText({f: input.f, chain_node_address: addresses(at('chain_nodes'))}),
		'workload.pbtxt': ({input}) => workloadText(input.workload),
	},
	live: {
		throughput: rate('craq_client_requests_total', {type: ['ClientReply', 'ReadReply']}),
		chain_node_latency: mean('craq_chain_node_requests_latency'),
	},
	output: labelled({read_output: 'read', write_output: 'write'}),
});
