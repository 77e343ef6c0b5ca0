import {addresses, boolean, clientFields, count, duration, group, labelled, logLevel, monitoringFields, phaseFields, protobufText, protocol, text, workload, workloadText, z} from '../../source/index.ts';
import {horizontalDriverWorkload} from '../shared/driver-workload.ts';
import {clients, driver, electionOptions, machineFlags} from '../shared/roles.ts';

const input = z.object({
	f: count(),
	...clientFields,
	num_leaders: count(),
	num_acceptors: count(),
	num_replicas: count(),
	client_jvm_heap_size: text(),
	leader_jvm_heap_size: text(),
	acceptor_jvm_heap_size: text(),
	replica_jvm_heap_size: text(),
	driver_jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	state_machine: text(),
	workload,
	driver_workload: horizontalDriverWorkload,
	...monitoringFields,
	leader_options: group({log_grow_size: count(), alpha: count(), resend_phase1as_period: duration(), resend_phase2as_period: duration(), election_options: electionOptions}),
	leader_log_level: logLevel(),
	acceptor_options: group({}),
	acceptor_log_level: logLevel(),
	replica_options: group({
		log_grow_size: count(),
		unsafe_dont_use_client_table: boolean(),
		recover_log_entry_min_period: duration(),
		recover_log_entry_max_period: duration(),
		unsafe_dont_recover: boolean(),
	}),
	replica_log_level: logLevel(),
	client_options: group({resend_client_request_period: duration()}),
	client_log_level: logLevel(),
	driver_log_level: logLevel(),
});

/** MultiPaxos that reconfigures through its own log: the command in one slot names the acceptors of the slot that comes alpha later. */
export const horizontal = protocol({
	name: 'horizontal',
	input,
	roles: {
		clients,
		leaders: {count: ({num_leaders}) => num_leaders, main: 'LeaderMain'},
		leader_elections: {count: ({num_leaders}) => num_leaders, cluster: 'leaders'},
		acceptors: {count: ({num_acceptors}) => num_acceptors, main: 'AcceptorMain'},
		replicas: {count: ({num_replicas}) => num_replicas, main: 'ReplicaMain', flags: machineFlags},
		driver,
	},
	start: ['acceptors', 'replicas', 'leaders'],
	drivers: ['driver'],
	files: {
		'config.pbtxt': ({input, at}) => protobufText({
			f: input.f,
			leader_address: addresses(at('leaders')),
			leader_election_address: addresses(at('leader_elections')),
			acceptor_address: addresses(at('acceptors')),
			replica_address: addresses(at('replicas')),
		}),
		'workload.pbtxt': ({input}) => workloadText(input.workload),
		'driver_workload.pbtxt': ({input}) => workloadText(input.driver_workload, horizontalDriverWorkload),
	},
	output: labelled('write', {keep: true}),
});
