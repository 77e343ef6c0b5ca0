/*
Rehearsal: any protocol on small stand-ins. Servers listen on the planned ports and answer, clients measure requests to
the servers that they would talk to first and leave recorder data, so that suite, cluster and console are tried out
before there is a JAR or a rented machine. The figures are those of the stand-ins, and mean nothing else.
*/
import {type JsonObject} from './json.ts';
import {type Placed} from './placement.ts';
import {type Flags} from './print-input.ts';
import {hasProgram, type ProcContext, type Protocol} from './protocol.ts';
import {type Timing} from './timing.ts';

export const rehearsalModules = {server: 'source/rehearsal/server', client: 'source/rehearsal/client'} as const;

/** Where rehearsing clients send: the first role, in the order of placement, that starts servers. */
export function rehearsalTargets(protocol: Protocol, endpointsOf: (role: string) => readonly Placed[]): readonly Placed[] {
	const names = Object.keys(protocol.roles).filter(name => protocol.start.includes(name) && hasProgram(protocol.roles[name]!));
	return names.map(name => endpointsOf(name)).find(endpoints => endpoints.length > 0) ?? [];
}

export type RehearsedProc = {
	readonly role: string;
	/** What its metrics begin with: `multipaxos_leader`. */
	readonly metricsPrefix: string;
};

export function rehearsalServerFlags({address, log, prometheus, label}: ProcContext<JsonObject>, {role, metricsPrefix}: RehearsedProc): Flags {
	return {...address, ...log, ...prometheus, label, role, metrics_prefix: metricsPrefix};
}

export type RehearsedLoad = {readonly protocol: Protocol; readonly targets: readonly Placed[]; readonly timing: Timing};

/** A client's flags are a server's, whom to ask, how long, and what to write. */
export function rehearsalClientFlags(context: ProcContext<JsonObject>, proc: RehearsedProc, {protocol, targets, timing}: RehearsedLoad): Flags {
	const {input, file, label} = context;
	const {output} = protocol;
	const numberOr = (value: unknown, otherwise: number) => typeof value === 'number' ? value : otherwise;
	return {
		...rehearsalServerFlags(context, proc),
		servers: targets.map(({ip, port}) => `${ip}:${port}`).join(','),
		warmup_duration: seconds(timing.warmupMs),
		warmup_timeout: seconds(timing.warmupTimeoutMs),
		warmup_sleep: seconds(timing.sleepMs),
		num_warmup_clients: numberOr(input['num_warmup_clients_per_proc'], 0),
		duration: seconds(timing.durationMs),
		timeout: seconds(timing.timeoutMs),
		num_clients: numberOr(input['num_clients_per_proc'], 1),
		measurement_group_size: numberOr(input['measurement_group_size'], 1),
		// Without labels, the data are unlabelled.
		...(output.kind === 'recorder' && output.format === 'labelled' && {labels: Object.values(output.into).join(',')}),
		output_file_prefix: file(label),
	};
}

function seconds(ms: number): string {
	return `${ms / 1000}s`;
}
