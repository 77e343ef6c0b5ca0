/*
Rehearsal: any protocol on small stand-ins. Servers listen on the planned ports and answer, clients measure requests to
the servers that they would talk to first and leave recorder data, so that suite, cluster and console are tried out
before there is a JAR or a rented machine. The figures are those of the stand-ins, and mean nothing else.
*/
import {type JsonObject} from './json.ts';
import {type LiveSpec} from './live.ts';
import {type Placed} from './placement.ts';
import {type Flags} from './print-input.ts';
import {clientRoles, hasProgram, type ProcContext, type Protocol, singular} from './protocol.ts';
import {type Timing} from './timing.ts';

export const rehearsalModules = {server: 'source/rehearsal/server', client: 'source/rehearsal/client'} as const;

/** An engine, for people: a rehearsal says what it is. */
export function engineText(engine: string): string {
	return engine === 'rehearsal' ? 'rehearsal: stand-ins, whose figures say nothing about the protocol' : engine;
}

/** Where rehearsing clients send: the first role, in the order of placement, that starts servers. */
export function rehearsalTargets(protocol: Protocol, endpointsOf: (role: string) => readonly Placed[]): readonly Placed[] {
	const names = Object.keys(protocol.roles).filter(name => protocol.start.includes(name) && hasProgram(protocol.roles[name]!));
	return names.map(name => endpointsOf(name)).find(endpoints => endpoints.length > 0) ?? [];
}

type RehearsedProc = {
	readonly protocol: Protocol;
	readonly role: string;
	/** What its metrics begin with: `multipaxos_leader`. */
	readonly metricsPrefix: string;
	/** Whether clients ask it: only those servers have something to export, whichever role the metric is named after. */
	readonly isAsked: boolean;
};

/** What a stand-in is told: where it is, what it stands for, and which metrics of the live charts are its own. */
export function rehearsalServerFlags({address, log, prometheus, label}: ProcContext<JsonObject>, {protocol, role, metricsPrefix, isAsked}: RehearsedProc): Flags {
	const clients = clientRoles(protocol);
	const namesClients = (metric: string) => clients.some(name => metric.includes(`_${protocol.roles[name]?.label ?? singular(name)}_`));
	const live = Object.values(protocol.live ?? {}).filter(({metric}) => namesClients(metric) ? clients.includes(role) : isAsked);
	const named = (kind: LiveSpec['kind']) => live.filter(spec => spec.kind === kind).map(spec => sampleOf(spec)).join(',') || undefined;
	return {...address, ...log, ...prometheus, label, role, metrics_prefix: metricsPrefix, counters: named('rate'), summaries: named('mean'), histograms: named('quantiles')};
}

/** A metric as its samples are called, with the labels that its figure asks for. */
function sampleOf({metric, only = {}}: LiveSpec): string {
	const labels = Object.entries(only).map(([name, [value = '']]) => `${name}="${value}"`).join(' ');
	return labels === '' ? metric : `${metric}{${labels}}`;
}

type RehearsedLoad = {readonly targets: readonly Placed[]; readonly timing: Timing};

/** A client's flags are a server's, whom to ask, how long, and what to write. */
export function rehearsalClientFlags(context: ProcContext<JsonObject>, proc: RehearsedProc, {targets, timing}: RehearsedLoad): Flags {
	const {input, file, label} = context;
	const {output} = proc.protocol;
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
