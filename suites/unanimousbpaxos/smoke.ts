import {stringWorkload, suite} from '../../source/index.ts';
import {unanimousbpaxos} from './unanimousbpaxos.ts';

export default suite({
	protocol: unanimousbpaxos,
	name: 'unanimous_smoke',
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		f: 1,
		num_client_procs: 1,
		num_clients_per_proc: 1,
		duration: '2s',
		timeout: '3s',
		client_lag: '0s',
		state_machine: 'Noop',
		workload: stringWorkload({size_mean: 0, size_std: 0}),
		prometheus_scrape_interval: '200ms',
		leader_options: {
			resend_dependency_requests_timer_period: '1s',
			resend_phase1as_timer_period: '1s',
			resend_phase2as_timer_period: '1s',
			recover_vertex_timer_min_period: '1s',
			recover_vertex_timer_max_period: '1s',
		},
		leader_dependency_graph: 'Tarjan',
		dep_service_node_options: {},
		acceptor_options: {},
		client_options: {repropose_period: '100ms'},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
