import {type FlagTable} from './flag-table.ts';
import {policyFlags} from './policy-flags.ts';

/** Where the JAR is looked for without --jar, relative to the working directory. */
export const defaultJar = 'jvm/target/scala-2.12/frankenpaxos-assembly-0.1.0-SNAPSHOT.jar';

/** The flag of commands that open a screen. */
export const themeFlag = {theme: {type: 'string', value: 'dark|light|plain|auto', help: 'colours of the screen, for a dark or a light background, or none'}} as const satisfies FlagTable;

/** Flags that say what runs, of `run` and `plan`. */
export const suiteFlags = {
	engine: {type: 'string', value: 'embedded|jar|rehearsal', help: 'what runs the roles, by default the first that the protocol has; a rehearsal runs small stand-ins for any protocol'},
	jar: {type: 'string', short: 'j', value: 'FILE', help: `the FrankenPaxos JAR, implies --engine jar (default ${defaultJar})`},
	'suite-directory': {type: 'string', short: 's', value: 'DIR', help: 'where the suite\'s directory is made (default ./runs)'},
	'log-level': {type: 'string', short: 'l', value: 'LEVEL', help: 'debug, info, warn, error or fatal (default debug)'},
	monitor: {type: 'boolean', short: 'm', help: 'run a Prometheus server beside each benchmark'},
	scrape: {type: 'boolean', help: 'have the JAR export its metrics without -m; --no-scrape: scrape nothing'},
	profile: {type: 'boolean', short: 'p', help: 'profile the servers: perf where it is, else Node\'s own profiler; leaves flame graphs'},
	cluster: {type: 'string', value: 'FILE', help: 'the cluster file (default: the protocol\'s local one)'},
	'identity-file': {type: 'string', short: 'i', value: 'KEY', help: 'the SSH key; also this machine is then reached over SSH'},
	ssh: {type: 'boolean', help: 'reach also this machine over SSH'},
	'strict-host-key-checking': {type: 'string', value: 'yes|accept-new|no', help: 'what is done with a host\'s key that is not known (default accept-new)'},
	address: {type: 'string', short: 'a', value: 'ADDRESS', help: 'taken for old command lines; has no effect'},
	set: {type: 'string', value: 'FIELD=VALUE', help: 'set an input field in all benchmarks; may be given several times', multiple: true},
	repeat: {type: 'string', value: 'N', help: 'run the list of inputs N times'},
	shuffle: {type: 'string', value: 'SEED', help: 'run in a random order that the seed decides'},
	only: {type: 'string', value: 'WHICH', help: 'run some: 1,3-5, or an expression such as \'num_client_procs > 1\''},
	json: {type: 'boolean', help: 'JSON on stdout'},
} as const satisfies FlagTable;

export const runFlags = {
	...themeFlag,
	'metrics-port': {type: 'number', value: 'PORT', help: 'serve the run\'s own progress there for Prometheus (0: any free port)'},
	...suiteFlags,
	plain: {type: 'boolean', help: 'plain lines, also on a terminal'},
	...policyFlags,
	help: {type: 'boolean', short: 'h', help: 'the suite\'s own inputs and flags'},
} as const satisfies FlagTable;

export const planFlags = {
	...suiteFlags,
	commands: {type: 'boolean', help: 'print every command'},
	help: {type: 'boolean', short: 'h', help: 'the suite\'s own inputs and flags'},
} as const satisfies FlagTable;

const json = {type: 'boolean', help: 'JSON on stdout'} as const;
const where = {type: 'string', short: 's', value: 'DIR', help: 'where runs are looked for (default ./runs, else where suites were written last)'} as const;

export const attachFlags = {
	...themeFlag,
	plain: {type: 'boolean', help: 'plain lines, also on a terminal'},
	json: {type: 'boolean', help: 'every event as JSON, one a line'},
	'suite-directory': where,
} as const satisfies FlagTable;

export const stopFlags = {
	'let-go': {type: 'boolean', help: 'let go of what --hold keeps; the run goes on'},
	json,
	'suite-directory': where,
} as const satisfies FlagTable;

export const resumeFlags = {
	...themeFlag,
	plain: {type: 'boolean', help: 'plain lines, also on a terminal'},
	json: {type: 'boolean', help: 'every event as JSON, one a line'},
	'suite-directory': where,
	anyway: {type: 'boolean', help: 'also where the suite\'s inputs or the program have changed; the inputs stay those of the run'},
	...policyFlags,
	help: {type: 'boolean', short: 'h', help: 'this text'},
} as const satisfies FlagTable;
