/*
One proc of a plan: its command on the engine that is asked for, its ports, and when it is ready.
*/
import {type Cluster} from './cluster.ts';
import {BenchError} from './errors.ts';
import {timingOf} from './input-facts.ts';
import {collectionLog, heap} from './java.ts';
import {type JsonObject} from './json.ts';
import {type Placed, type Placement} from './placement.ts';
import {flagArguments} from './print-input.ts';
import {procContext} from './proc-context.ts';
import {type Engine, jobName, type ProcContext, type Protocol, type Readiness, type Role, singular} from './protocol.ts';
import {rehearsalClientFlags, rehearsalModules, rehearsalServerFlags, rehearsalTargets} from './rehearsal.ts';
import {callSuite, checkedArgv, checkedEnv} from './suite-call.ts';

export type ProcKind = 'server' | 'prometheus' | 'client' | 'driver';

export type PlannedProc = {
	readonly label: string;
	readonly role: string;
	/** What Prometheus calls its job: `unreplicated_client`. */
	readonly job: string;
	readonly kind: ProcKind;
	/** The address as the cluster file has it. */
	readonly host: string;
	readonly ip: string;
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** The port that it listens on, where it has one. */
	readonly port?: number;
	/** The port of its metrics, where it exports any. */
	readonly metricsPort?: number;
	readonly ready: Readiness;
	/** A client that may start before the servers are ready, with BENCHDECK_PATIENT in its environment: it waits for them, and for the other clients. */
	readonly patient?: boolean;
};

/** Where things lie, and how addresses become IPs. */
export type Surroundings = {
	readonly engine: Engine;
	readonly cluster: Cluster;
	/** What messages call the cluster file. */
	readonly clusterFile: string;
	/** The address as flags name it. */
	readonly ipOf: (address: string) => string;
	/** The benchmark directory of an id on a host. */
	readonly directoryOn: (host: string, id: string) => string;
	/** The JAR on a host. */
	readonly jarOn: (host: string) => string;
	/** The command that runs a module of this package (`suites/unreplicated/engine/server`) on a host, before its flags. */
	readonly engineOn: (host: string, module: string) => readonly string[];
	/** Whether procs of engines that export metrics do so without `--monitor`. */
	readonly scrape?: boolean;
};

/** A proc that is to be planned, and all that its plan follows from. */
export type ProcSituation = {
	readonly protocol: Protocol;
	readonly name: string;
	readonly role: Role<JsonObject>;
	readonly kind: ProcKind;
	readonly input: JsonObject;
	readonly id: string;
	readonly at: Placement;
	readonly self: Placed;
	readonly around: Surroundings;
};

/** Where the procs of a role are. One that sits at the endpoints of others counts its own places. */
export function endpointsOf(name: string, role: Role<JsonObject>, at: Placement): readonly Placed[] {
	return role.at ? role.at(at).map((endpoint, index) => ({...endpoint, role: name, path: [index]})) : at(name);
}

/** Plans one proc. */
export function planProc(situation: ProcSituation): PlannedProc {
	const {protocol, name, role, kind, self, around} = situation;
	const context = procContext(situation);
	const isExportsMetrics = context.prometheus['prometheus_port'] !== -1;
	const isRehearsed = around.engine === 'rehearsal';
	const argv = isRehearsed ? rehearsalCommand(situation, context) : commandOf(situation, context);
	return {
		label: context.label,
		role: name,
		job: jobName(protocol, name, role),
		kind,
		host: self.host,
		ip: self.ip,
		argv,
		env: isRehearsed ? {} : envOf(situation, context),
		port: self.port,
		...(isExportsMetrics && argv.some(word => /^--prometheus_port(?:=|$)/.test(word)) && {metricsPort: self.port + 1}),
		...(around.engine === 'embedded' && role.patient && kind === 'client' && {patient: true}),
		ready: (isRehearsed ? undefined : role.ready) ?? (kind === 'server' ? 'port' : 'started'),
	};
}

function envOf({protocol, role, id}: ProcSituation, context: ProcContext<JsonObject>): Readonly<Record<string, string>> {
	const what = `Protocol ${protocol.name}: the env of ${context.label} (benchmark ${id})`;
	return checkedEnv(callSuite(what, () => role.env?.(context) ?? {}), what);
}

function commandOf({protocol, name, role, input, id, self, around}: ProcSituation, context: ProcContext<JsonObject>): readonly string[] {
	const flags = () => flagArguments(role.flags?.(context) ?? {...context.who, config: context.file('config.pbtxt'), ...context.log, ...context.prometheus, ...context.options});
	if (role.command) {
		const {command} = role;
		const what = `Protocol ${protocol.name}: the command of ${context.label} (benchmark ${id})`;
		return checkedArgv(callSuite(what, () => command(context)), what);
	}

	if (around.engine === 'embedded' && role.engine !== undefined) {
		return [...around.engineOn(self.host, `suites/${role.engine}`), ...flags()];
	}

	if (around.engine === 'jar' && role.main !== undefined) {
		const jvm = role.jvm?.(input) ?? protocol.jvm?.(input, name) ?? [...heap(input[`${singular(name)}_jvm_heap_size`]), ...collectionLog(input)];
		return ['java', ...jvm, '-cp', around.jarOn(self.host), `frankenpaxos.${protocol.package ?? protocol.name}.${role.main}`, ...flags()];
	}

	throw new BenchError('suite', `Protocol ${protocol.name}: the role "${name}" cannot run on the ${around.engine} engine (benchmark ${id}).`);
}

function rehearsalCommand({protocol, name, role, kind, input, at, self, around}: ProcSituation, context: ProcContext<JsonObject>): readonly string[] {
	const targets = rehearsalTargets(protocol, server => endpointsOf(server, protocol.roles[server]!, at));
	const isAsked = targets.some(({ip, port}) => ip === self.ip && port === self.port);
	const proc = {protocol, role: name, metricsPrefix: jobName(protocol, name, role), isAsked};
	const isClient = kind === 'client';
	const flags = isClient ? rehearsalClientFlags(context, proc, {targets, timing: timingOf(protocol, input)}) : rehearsalServerFlags(context, proc);
	return [...around.engineOn(self.host, isClient ? rehearsalModules.client : rehearsalModules.server), ...flagArguments(flags)];
}
