/*
What the protocols that order commands by a dependency graph share: EPaxos and the variants of BPaxos. They are of one
age: their config files have names in camel case, their clients are called alike, and leave unlabelled data.
*/
import {addresses, boolean, collectionLog, count, duration, group, heap, integer, oneOf, type Placed, type ProcContext, protobufText, unlabelled, workloadText} from '../../source/index.ts';
import {machineFlags, workloadFirstClients} from '../shared/roles.ts';

/** How a proposer picks whom to ask. */
export const thriftySystem = () => oneOf(['NotThrifty', 'Random', 'Closest']);

/** The collection of old vertices from a dependency graph. */
export const zigzagOptions = group({vertices_grow_size: count(), garbage_collect_every_n_commands: count()}, 'ZigzagOptions');

export const thriftyOptions = {
	leader: group({thrifty_system: thriftySystem(), resend_dependency_requests_timer_period: duration()}),
	proposer: group({thrifty_system: thriftySystem(), resend_phase1as_timer_period: duration(), resend_phase2as_timer_period: duration()}),
};

/** What dependencies a node answers with. */
export const dependencyFields = {top_k_dependencies: integer(), unsafe_return_no_dependencies: boolean()};

export const clientOptions = group({repropose_period: duration()});

/** Closed-loop clients, each JVM with its own choice of heap. */
export const benchmarkClients = {...workloadFirstClients, main: 'BenchmarkClientMain', jvm: () => []};

/** The JVM of BPaxos's servers: one heap size for all. */
export const sharedHeap = ({monitored, jvm_heap_size}: {readonly monitored: boolean; readonly jvm_heap_size: string}) => [...collectionLog({monitored}), ...heap(jvm_heap_size)];

/** The flags of a role that also keeps a dependency graph. */
export function graphFlags(context: ProcContext<{readonly state_machine: string}>) {
	return {...machineFlags(context), ...context.group('replica_zigzag_options', 'zigzag')};
}

/** `config.pbtxt`: the endpoints of each role under `leaderAddress`, …, in the given order. */
export function familyConfig(f: number, roles: Readonly<Record<string, readonly Placed[]>>): string {
	return protobufText({f, ...Object.fromEntries(Object.entries(roles).map(([key, endpoints]) => [key, addresses(endpoints)]))});
}

export const workloadFile = ({input}: {readonly input: {readonly workload: {readonly name: string}}}) => workloadText(input.workload);

/** The family keeps its rows. */
export const keptRows = unlabelled({keep: true});
