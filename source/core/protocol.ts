/*
A protocol is described once: its input, its roles in the order of placement, the order in which they start, the files
they read, and what the clients leave. `planBenchmark` turns a description, an input and a cluster into processes; `plan`,
`run` and `check` all start from that. What most roles of the JAR have in common is the default, so that a description
says what is particular.
*/
import {type z} from 'zod';
import {BenchError} from './errors.ts';
import {type JsonObject} from './json.ts';
import {type LiveSpecs} from './live.ts';
import {type OutputSpec} from './output.ts';
import {type Placed, type Placement} from './placement.ts';
import {type Flags} from './print-input.ts';
import {type Timing} from './timing.ts';

/** What a description's functions may use for one proc. */
export type ProcContext<Input> = {
	readonly input: Input;
	/** The endpoints of a role. */
	readonly at: Placement;
	/** The first endpoint of a role, which has to have one: `one('server').port`. */
	readonly one: (role: string) => Placed;
	/** The proc's own endpoint. */
	readonly self: Placed;
	readonly label: string;
	/** The path of a file in the benchmark directory, on the proc's host; the directory itself without a name. */
	readonly file: (name?: string) => string;
	/** `--host`, `--port`: the proc's own endpoint. */
	readonly address: Flags;
	/** `--index`, or one flag per level of a grouped role. */
	readonly who: Flags;
	/** `--log_level`, from the input's `<role>_log_level`. */
	readonly log: Flags;
	/** `--prometheus_host`, `--prometheus_port`: the port after the proc's own, or -1 where nobody scrapes. */
	readonly prometheus: Flags;
	/** `--options.…`, from the input's `<role>_options`, or `<role>` in older inputs. */
	readonly options: Flags;
	/** Warm-up, duration, timeouts and numbers of clients. */
	readonly measuring: Flags;
	/** Another group of the input as flags: `group('leader_options', 'leader')`. */
	readonly group: (field: string, prefix: string) => Flags;
};

export type Readiness =
	| 'port' // Its port accepts connections.
	| 'started' // It runs; for programs that listen nowhere.
	| {readonly line: RegExp}; // Its stdout or stderr has a line that matches.

export type Role<Input> = {
	/** The role of the cluster file that it takes its addresses from; by default its own name. */
	readonly cluster?: string;
	/** How many; `[2, 3]` for two groups of three, also deeper. Left out: one, without a number in its label. */
	count?(input: Input): number | readonly number[];
	/** Runs at endpoints of other roles, and takes no port itself. */
	at?(at: Placement): readonly Placed[];
	/** What its labels begin with; by default its name without a last `s`. */
	readonly label?: string;
	/** Names of the flags for its place in its groups; by default `index`, or `group_index`, `index`. */
	readonly index?: readonly string[];

	/* A role without a program is only endpoints: an election's, a heartbeat's. */

	/** The JAR's class, without its package: `ServerMain`. */
	readonly main?: string;
	/** The embedded engine's module under `suites/`: `unreplicated/engine/server`. */
	readonly engine?: string;
	/**
	Whether that module waits for the servers itself where BENCHDECK_PATIENT is in its environment, and may so start beside them.
	The variable says how many clients start: they begin together.
	*/
	readonly patient?: boolean;
	/** A program of one's own: the whole command. */
	command?(context: ProcContext<Input>): readonly string[];
	env?(context: ProcContext<Input>): Readonly<Record<string, string>>;

	/** Flags of the JAR's and the engine's programs; by default `who`, `--config`, `log`, `prometheus` and `options`. */
	flags?(context: ProcContext<Input>): Flags;
	/** The JVM's arguments; by default the protocol's. */
	jvm?(input: Input): readonly string[];
	/** By default `port` for servers. */
	readonly ready?: Readiness;
};

type FileContext<Input> = {readonly input: Input; readonly at: Placement};

// A method's parameter, unlike a function property's, lets a description stand where the input's type is forgotten.
type FileText<Input> = {text(context: FileContext<Input>): string | undefined}['text'];

type Description<Schema extends z.ZodObject> = {
	readonly name: string;
	/** Keys are the columns of results.csv. */
	readonly input: Schema;
	/** In the order of placement. */
	readonly roles: Readonly<Record<string, Role<z.output<Schema>>>>;
	/** Servers, in the order in which they start. */
	readonly start: readonly string[];
	/** The roles that measure: they start together, and when they end the benchmark does. By default `clients`. */
	readonly clients?: readonly string[];
	/** Roles that start after the clients and are not waited for. */
	readonly drivers?: readonly string[];
	/** The JAR's package after `frankenpaxos.`; by default the name. */
	readonly package?: string;
	/** The JVM's arguments for a role; by default `-Xms` and `-Xmx` of `<role>_jvm_heap_size`, then the log of collections. */
	jvm?(input: z.output<Schema>, role: string): readonly string[];
	/** Files that are written into the benchmark directory before anything starts. */
	readonly files?: Readonly<Record<string, FileText<z.output<Schema>>>>;
	/** What the clients leave, and what becomes of it. */
	readonly output: OutputSpec<z.output<Schema>>;
	/** What the live charts show, from what the procs export: `throughput`, `latency`, and others by names of one's own. */
	readonly live?: LiveSpecs;
	/** How long each phase takes; by default from the usual fields (`client_lag`, `warmup_duration`, …). */
	timing?(input: z.output<Schema>): Timing;
	/** Prometheus jobs: their prefix, by default the name, and their roles in order, by default all that run. */
	readonly jobs?: {readonly prefix?: string; readonly roles?: readonly string[]};
	/** Roles whose procs a measurement wants on hosts of their own: `plan` warns where they share one. A suite may say otherwise. */
	readonly apart?: readonly string[];
	/** Roles that `-p` profiles; by default those that serve. */
	readonly profiled?: readonly string[];
	/** The value of f that picks the cluster's roles; by default the input's `f`, or 1. */
	f?(input: z.output<Schema>): number;
};

/** A description whose input's type is forgotten. */
export type Protocol<Schema extends z.ZodObject = z.ZodObject> = Description<Schema>;

/** What runs the roles: Node, the JAR, programs that the description names itself, or stand-ins for any of them. */
export type Engine = typeof engines[number];
const engines = ['program', 'embedded', 'jar', 'rehearsal'] as const;

/**
Checks a description and returns it.

@throws BenchError `suite` where it names a role that it does not have.
*/
export function protocol<Schema extends z.ZodObject>(description: Description<Schema>): Protocol<Schema> {
	const {start, drivers = [], jobs, apart = [], profiled = []} = description;
	const named = [...start, ...clientRoles(description), ...drivers, ...(jobs?.roles ?? []), ...apart, ...profiled];
	for (const role of named) {
		if (!description.roles[role]) {
			throw new BenchError('suite', `Protocol ${description.name}: "${role}" is none of its roles (${Object.keys(description.roles).join(', ')}).`);
		}
	}

	return description;
}

export function clientRoles(description: {readonly clients?: readonly string[]}): readonly string[] {
	return description.clients ?? ['clients'];
}

/** The engines that can run every role of a protocol that has a program, the default first. */
export function enginesOf(description: Protocol): readonly Engine[] {
	const programs = Object.values(description.roles).filter(role => hasProgram(role));
	const fits: Readonly<Record<Engine, (role: Role<JsonObject>) => boolean>> = {
		program: role => role.command !== undefined,
		embedded: role => role.engine !== undefined,
		jar: role => role.main !== undefined,
		rehearsal: () => canRehearse(description),
	};
	return engines.filter(engine => programs.every(role => fits[engine](role as Role<JsonObject>)));
}

/** Whether stand-ins can play a protocol: it has servers and clients, and its output is recorder data. */
function canRehearse(description: Protocol): boolean {
	const runs = (roles: readonly string[]) => roles.some(name => hasProgram(description.roles[name]!));
	return description.output.kind === 'recorder' && runs(description.start) && runs(clientRoles(description));
}

export function hasProgram(role: {readonly main?: string; readonly engine?: string; readonly command?: unknown}): boolean {
	return role.main !== undefined || role.engine !== undefined || role.command !== undefined;
}

/** `proxy_leaders` → `proxy_leader`. */
export function singular(role: string): string {
	return role.replace(/s$/, '');
}

/** What Prometheus calls the job of a role: `unreplicated_client`. */
export function jobName(description: Protocol, name: string, role: {readonly label?: string} | undefined): string {
	return `${description.jobs?.prefix ?? description.name}_${role?.label ?? singular(name)}`;
}
