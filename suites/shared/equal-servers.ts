/*
What protocols have alike whose servers are all equal: each leads, stores and executes, and hears from the heartbeats of the
others who has failed.
*/
import {addresses, clientFields, count, monitoringFields, phaseFields, type Placement, protobufText, type Role, text, workload, workloadText} from '../../source/index.ts';
import {clients, machineFlags} from './roles.ts';

type Input = {readonly f: number; readonly num_client_procs: number; readonly num_servers: number; readonly state_machine: string; readonly workload: Parameters<typeof workloadText>[0]};

/** The fields with which their inputs begin. */
export const equalServersFields = {
	f: count(),
	...clientFields,
	num_servers: count(),
	client_jvm_heap_size: text(),
	server_jvm_heap_size: text(),
	measurement_group_size: count(),
	...phaseFields,
	state_machine: text(),
	workload,
	...monitoringFields,
};

const servers: Role<Input> = {count: ({num_servers}) => num_servers, main: 'ServerMain', flags: machineFlags};

/** Their roles and files, to be spread into a description. */
export const equalServers = {
	roles: {clients, servers, heartbeats: {count: ({num_servers}: Input) => num_servers, cluster: 'servers'}},
	start: ['servers'],
	apart: ['clients', 'servers'],
	files: {
		'config.pbtxt': ({input, at}: {readonly input: Input; readonly at: Placement}) =>
			protobufText({f: input.f, server_address: addresses(at('servers')), heartbeat_address: addresses(at('heartbeats'))}),
		'workload.pbtxt': ({input}: {readonly input: Input}) => workloadText(input.workload),
	},
};
