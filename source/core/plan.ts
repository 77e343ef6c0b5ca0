/*
A plan: everything that one benchmark would start, worked out from a suite, an input and a cluster, without touching
anything. `run` starts what `plan` prints.
*/
import {benchmarkId} from './benchmark-id.ts';
import {clusterRoles} from './cluster.ts';
import {BenchError} from './errors.ts';
import {scrapeIntervalMs, timingOf, tolerated} from './input-facts.ts';
import {type JsonObject} from './json.ts';
import {endpointsOf, type PlannedProc, planProc, type ProcKind, type Surroundings} from './plan-proc.ts';
import {placeRoles, type Placement} from './placement.ts';
import {refusePorts} from './planned-ports.ts';
import {prometheusConfig, type PrometheusJob} from './prometheus-config.ts';
import {clientRoles, hasProgram, jobName, type Protocol} from './protocol.ts';
import {callSuite, checkedCounts} from './suite-call.ts';
import {type Timing} from './timing.ts';

export {type PlannedProc, type ProcKind, type Surroundings} from './plan-proc.ts';

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
	const files = Object.entries(protocol.files ?? {}).map(
		([name, content]) => [name, callSuite(`Protocol ${protocol.name}: the file ${name} (benchmark ${id})`, () => content({input, at}))] as const,
	);
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

function placement(protocol: Protocol, input: JsonObject, around: Surroundings): Placement {
	const f = tolerated(protocol, input);
	const placedRoles = Object.entries(protocol.roles).filter(([, role]) => !role.at);
	const shapes = placedRoles.map(([name, role]) => {
		const what = `Protocol ${protocol.name}: the count of ${name}`;
		return {name, addresses: role.cluster ?? name, counts: checkedCounts(callSuite(what, () => role.count?.(input)), what)};
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

function planJobs(protocol: Protocol, at: Placement): readonly PrometheusJob[] {
	const roles = protocol.jobs?.roles ?? Object.entries(protocol.roles).filter(([name, role]) => hasProgram(role) && !(protocol.drivers ?? []).includes(name)).map(([name]) => name);
	return roles.map(name => {
		const role = protocol.roles[name];
		const endpoints = role?.at ? role.at(at) : at(name);
		return {name: jobName(protocol, name, role), role: name, targets: endpoints.map(({ip, port}) => `${ip}:${port + 1}`)};
	});
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
