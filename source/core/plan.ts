/*
A plan: everything that one benchmark would start, worked out from a suite, an input and a cluster, without touching
anything. `run` starts what `plan` prints.
*/
import {benchmarkId} from './benchmark-id.ts';
import {clusterRoles, type Cluster} from './cluster.ts';
import {durationMs} from './duration.ts';
import {BenchError} from './errors.ts';
import {type Group, groupOf} from './field.ts';
import {collectionLogFlags} from './java.ts';
import {isObject, type JsonObject} from './json.ts';
import {durationFlags} from './measuring.ts';
import {firstPort, lastPort, placeRoles, type Placed, type Placement, portStep} from './placement.ts';
import {flagArguments, flagsOf} from './print-input.ts';
import {prometheusConfig, type PrometheusJob} from './prometheus-config.ts';
import {clientRoles, type Engine, hasProgram, type ProcContext, type Protocol, type Readiness, type Role, singular} from './protocol.ts';
import {rehearsalClientFlags, rehearsalModules, rehearsalServerFlags, rehearsalTargets} from './rehearsal.ts';
import {callSuite, checkedArgv, checkedEnv} from './suite-call.ts';
import {type Timing, usualTiming} from './timing.ts';

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
};

export type BenchmarkPlan = {
	/** From 1: the position in the suite's list of inputs. */
	readonly index: number;
	/** `001`. */
	readonly id: string;
	readonly input: JsonObject;
	/** Name → text, written into the benchmark directory before anything starts. */
	readonly files: Readonly<Record<string, string>>;
	/** In the order of launch: servers, Prometheus, clients, drivers. */
	readonly procs: readonly PlannedProc[];
	readonly jobs: readonly PrometheusJob[];
	readonly scrapeIntervalMs: number;
	readonly timing: Timing;
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

/**
Plans one benchmark.

@param protocol
@param input
@param index From 1.
@param around
@throws BenchError where the cluster lacks what the input needs, or two procs would share a port.
*/
export function planBenchmark(protocol: Protocol, input: JsonObject, index: number, around: Surroundings): BenchmarkPlan {
	const id = benchmarkId(index);
	const at = placement(protocol, input, around);
	const isMonitored = input['monitored'] === true;
	const planRole = (name: string, kind: ProcKind): readonly PlannedProc[] => {
		const role = protocol.roles[name];
		return role && hasProgram(role) ? endpointsOf(name, role, at).map(self => planProc({protocol, name, role, kind, input, id, at, self, around})) : [];
	};

	const servers = protocol.start.flatMap(name => planRole(name, 'server'));
	const clients = clientRoles(protocol).flatMap(name => planRole(name, 'client'));
	const drivers = (protocol.drivers ?? []).flatMap(name => planRole(name, 'driver'));
	const jobs = planJobs(protocol, at);
	const prometheus = isMonitored ? [planPrometheus(clients[0] ?? servers[0], id, around)] : [];
	const procs = [...servers, ...prometheus, ...clients, ...drivers];
	refusePorts(procs);
	const files = Object.entries(protocol.files ?? {}).map(([name, content]) => [name, callSuite(`Protocol ${protocol.name}: the file ${name} (benchmark ${id})`, () => content({input, at}))] as const);
	return {
		index,
		id,
		input,
		files: {
			...Object.fromEntries(files.filter((file): file is readonly [string, string] => file[1] !== undefined)),
			...(isMonitored && {'prometheus.yml': prometheusConfig(jobs, scrapeIntervalMs(input))}),
		},
		procs,
		jobs,
		scrapeIntervalMs: scrapeIntervalMs(input),
		timing: timingOf(protocol, input),
	};
}

/** How many failures an input tolerates: the f that picks the cluster's roles. */
export function tolerated(protocol: Protocol, input: JsonObject): number {
	return protocol.f?.(input) ?? (typeof input['f'] === 'number' ? input['f'] : 1);
}

function placement(protocol: Protocol, input: JsonObject, around: Surroundings): Placement {
	const f = tolerated(protocol, input);
	const placedRoles = Object.entries(protocol.roles).filter(([, role]) => !role.at);
	const shapes = placedRoles.map(([name, role]) => {
		const counts = callSuite(`Protocol ${protocol.name}: the count of ${name}`, () => role.count?.(input));
		return {name, addresses: role.cluster ?? name, counts: typeof counts === 'number' ? [counts] : counts};
	});
	const needed = shapes.filter(({counts}) => !counts?.includes(0)).map(({addresses}) => addresses);
	const placed = placeRoles(shapes, clusterRoles(around.cluster, f, [...new Set(needed)], around.clusterFile), around.ipOf);
	return role => {
		const endpoints = placed.get(role);
		if (!endpoints) {
			throw new BenchError('suite', `Protocol ${protocol.name}: at("${role}") names none of its roles (${[...placed.keys()].join(', ')}).`);
		}

		return endpoints;
	};
}

// A role that sits at the endpoints of others counts its own places.
function endpointsOf(name: string, role: Role<JsonObject>, at: Placement): readonly Placed[] {
	return role.at ? role.at(at).map((endpoint, index) => ({...endpoint, role: name, path: [index]})) : at(name);
}

type ProcSituation = {
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

function planProc(situation: ProcSituation): PlannedProc {
	const {protocol, name, role, kind, self, around, input} = situation;
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
		...(isExportsMetrics && argv.includes('--prometheus_port') && {metricsPort: self.port + 1}),
		ready: (isRehearsed ? undefined : role.ready) ?? (kind === 'server' ? 'port' : 'started'),
	};

	function envOf({id}: ProcSituation, its: ProcContext<JsonObject>): Readonly<Record<string, string>> {
		const what = `Protocol ${protocol.name}: the env of ${its.label} (benchmark ${id})`;
		return checkedEnv(callSuite(what, () => role.env?.(its) ?? {}), what);
	}

	function commandOf({id}: ProcSituation, its: ProcContext<JsonObject>): readonly string[] {
		const flags = () => flagArguments(role.flags?.(its) ?? {...its.who, config: its.file('config.pbtxt'), ...its.log, ...its.prometheus, ...its.options});
		if (role.command) {
			const {command} = role;
			const what = `Protocol ${protocol.name}: the command of ${its.label} (benchmark ${id})`;
			return checkedArgv(callSuite(what, () => command(its)), what);
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
}

function rehearsalCommand({protocol, name, role, kind, input, at, self, around}: ProcSituation, context: ProcContext<JsonObject>): readonly string[] {
	const targets = rehearsalTargets(protocol, server => endpointsOf(server, protocol.roles[server]!, at));
	const isAsked = targets.some(({ip, port}) => ip === self.ip && port === self.port);
	const proc = {protocol, role: name, metricsPrefix: jobName(protocol, name, role), isAsked};
	const isClient = kind === 'client';
	const flags = isClient ? rehearsalClientFlags(context, proc, {targets, timing: timingOf(protocol, input)}) : rehearsalServerFlags(context, proc);
	return [...around.engineOn(self.host, isClient ? rehearsalModules.client : rehearsalModules.server), ...flagArguments(flags)];
}

/** The heap's size as the JVM takes it; nothing where an input has none. */
export function heap(size: unknown): readonly string[] {
	return typeof size === 'string' ? [`-Xms${size}`, `-Xmx${size}`] : [];
}

/** The flags that make a JVM log its collections, where an input is monitored. */
export function collectionLog(input: {readonly monitored?: unknown}): readonly string[] {
	return input.monitored === true ? collectionLogFlags : [];
}

function procContext({protocol, name, role, input, id, at, self, around}: ProcSituation): ProcContext<JsonObject> {
	const one = role.label ?? singular(name);
	const label = [one, ...self.path].join('_');
	const fields = groupOf(protocol.input);
	const levels = role.index ?? (self.path.length > 1 ? ['group_index', 'index'] : ['index']);
	const isScraped = input['monitored'] === true || (around.scrape ?? false);
	const group = (field: string, prefix: string) => flagsOf(subgroup(fields, field), input[field], prefix);
	const directory = around.directoryOn(self.host, id);
	return {
		input,
		at,
		one(wanted) {
			const [first] = at(wanted);
			if (!first) {
				throw new BenchError('suite', `Protocol ${protocol.name}: one("${wanted}") for ${label}, but benchmark ${id} has no ${wanted}.`);
			}

			return first;
		},
		self,
		label,
		file: file => file === undefined ? directory : `${directory}/${file}`,
		address: {host: self.ip, port: self.port},
		who: Object.fromEntries(self.path.map((place, level) => [levels[level] ?? `index_${level}`, place])),
		log: {log_level: textOr(input[`${one}_log_level`] ?? input['log_level'])},
		prometheus: {prometheus_host: self.ip, prometheus_port: isScraped ? self.port + 1 : -1},
		options: group(`${one}_options` in input ? `${one}_options` : one, 'options'),
		measuring: durationFlags(fields, input),
		group,
	};
}

function subgroup(fields: Group, name: string): Group {
	const field = fields.fields.find(([key]) => key === name)?.[1];
	return field?.kind === 'group' ? field : {kind: 'group', fields: []};
}

function textOr(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

function planJobs(protocol: Protocol, at: Placement): readonly PrometheusJob[] {
	const roles = protocol.jobs?.roles ?? Object.entries(protocol.roles).filter(([name, role]) => hasProgram(role) && !(protocol.drivers ?? []).includes(name)).map(([name]) => name);
	return roles.map(name => {
		const role = protocol.roles[name];
		const endpoints = role?.at ? role.at(at) : at(name);
		return {name: jobName(protocol, name, role), role: name, targets: endpoints.map(({ip, port}) => `${ip}:${port + 1}`)};
	});
}

function jobName(protocol: Protocol, name: string, role: {readonly label?: string} | undefined): string {
	return `${protocol.jobs?.prefix ?? protocol.name}_${role?.label ?? singular(name)}`;
}

/** How long the parts of a benchmark take, as its input says. */
export function timingOf(protocol: Protocol, input: JsonObject): Timing {
	return callSuite(`Protocol ${protocol.name}: timing`, () => protocol.timing?.(input)) ?? usualTiming(input);
}

function planPrometheus(beside: PlannedProc | undefined, id: string, around: Surroundings): PlannedProc {
	if (!beside) {
		throw new BenchError('suite', 'There is no proc to monitor.');
	}

	const directory = around.directoryOn(beside.host, id);
	return {
		label: 'prometheus',
		role: 'prometheus',
		job: 'prometheus',
		kind: 'prometheus',
		host: beside.host,
		ip: beside.ip,
		argv: ['prometheus', `--config.file=${directory}/prometheus.yml`, `--storage.tsdb.path=${directory}/prometheus_data`],
		env: {},
		ready: 'started',
	};
}

/** How often procs are scraped, as the input says. */
export function scrapeIntervalMs(input: JsonObject): number {
	const {prometheus_scrape_interval: interval, prometheus_scrape_interval_ms: ms} = input;
	return typeof interval === 'string' ? durationMs(interval) : (typeof ms === 'number' ? ms : 200);
}

// What two would share, or nobody can have.
function refusePorts(procs: readonly PlannedProc[]): void {
	const taken = new Map<string, string>();
	for (const {label, ip, port, metricsPort} of procs) {
		for (const used of [port, metricsPort]) {
			if (used === undefined) {
				continue;
			}

			if (used > lastPort) {
				throw new BenchError('suite', `${label} would need port ${used}, and ports end at ${lastPort}: with one each ${portStep} from ${firstPort} on there is room for ${Math.floor((lastPort - firstPort) / portStep) + 1} endpoints; give the roles smaller counts.`);
			}

			const place = `${ip}:${used}`;
			const other = taken.get(place);
			if (other !== undefined && other !== label) {
				throw new BenchError('suite', `${other} and ${label} would both use ${place}; give the roles other addresses or counts.`);
			}

			taken.set(place, label);
		}
	}
}

/** True where two inputs' values are the same thing, nested ones too. */
export function sameInput(one: unknown, other: unknown): boolean {
	if (isObject(one) && isObject(other)) {
		const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
		return [...keys].every(key => sameInput(one[key], other[key]));
	}

	return Object.is(one, other) || JSON.stringify(one) === JSON.stringify(other);
}
