import {closedLoops, stringWorkload, suite} from '../../source/index.ts';
import {fastmultipaxos} from './fastmultipaxos.ts';

const tenMinutes = 600_000;

export default suite({
	protocol: fastmultipaxos,
	description: 'One closed-loop client for two seconds: does everything work?',
	apart: [],
	inputs: () => [{
		f: 1,
		...closedLoops(1, 1),
		round_system_type: 'CLASSIC_ROUND_ROBIN',
		jvm_heap_size: '100m',
		warmup_duration: '2s',
		warmup_timeout: '3s',
		warmup_sleep: '0s',
		duration_seconds: 2,
		timeout_seconds: 3,
		client_lag_seconds: 0,
		state_machine: 'Noop',
		workload: stringWorkload({size_mean: 0, size_std: 0}),
		prometheus_scrape_interval_ms: 200,
		acceptor: {wait_period_ms: 0, wait_stagger_ms: 0},
		leader: {
			thrifty_system: 'Random',
			resend_phase1as_timer_period_ms: tenMinutes,
			resend_phase2as_timer_period_ms: tenMinutes,
			phase2a_max_buffer_size: 1,
			phase2a_buffer_flush_period_ms: tenMinutes,
			value_chosen_max_buffer_size: 1,
			value_chosen_buffer_flush_period_ms: tenMinutes,
			election: {
				ping_period_ms: tenMinutes,
				no_ping_timeout_min_ms: 2 * tenMinutes,
				no_ping_timeout_max_ms: 2.5 * tenMinutes,
				not_enough_votes_timeout_min_ms: 2 * tenMinutes,
				not_enough_votes_timeout_max_ms: 2.5 * tenMinutes,
			},
			heartbeat: {fail_period_ms: tenMinutes, success_period_ms: 2 * tenMinutes, num_retries: 3, network_delay_alpha: 0.9},
		},
		client: {repropose_period_ms: tenMinutes},
	}],
	summary: ['f', 'num_client_procs', 'num_clients_per_proc', 'latency.median_ms', 'start_throughput_1s.p90'],
});
