import {stringWorkload, suite} from '../../source/index.ts';
import {brief} from '../simplebpaxos/inputs.ts';
import {simplegcbpaxos} from './simplegcbpaxos.ts';

export default suite({
	protocol: simplegcbpaxos,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		...brief,
		f: 1,
		num_leaders: 2,
		jvm_heap_size: '100m',
		workload: stringWorkload({size_mean: 1, size_std: 0}),
		leader_options: {thrifty_system: 'NotThrifty', resend_dependency_requests_timer_period: '60s'},
		proposer_options: {thrifty_system: 'NotThrifty', resend_phase1as_timer_period: '60s', resend_phase2as_timer_period: '60s'},
		dep_service_node_options: {
			top_k_dependencies: -1,
			garbage_collect_every_n_commands: 10_000,
			unsafe_return_no_dependencies: false,
			measure_latencies: true,
		},
		acceptor_options: {states_grow_size: 1000, measure_latencies: true},
		replica_options: {
			commands_grow_size: 10_000,
			recover_vertex_timer_min_period: '60s',
			recover_vertex_timer_max_period: '120s',
			unsafe_skip_graph_execution: false,
			num_blockers: -1,
			execute_graph_batch_size: 1,
			execute_graph_timer_period: '1s',
			send_watermark_every_n_commands: 10_000,
			send_snapshot_every_n_commands: 10_000,
			measure_latencies: true,
			unsafe_dont_recover: false,
		},
		garbage_collector_options: {},
		client_options: {repropose_period: '60s'},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
