/*
Roles that many protocols of the JAR have alike.
*/
import {boolean, duration, fraction, group, integer, type ProcContext, type Role} from '../../source/index.ts';

type Clients = Role<{readonly num_client_procs: number}>;

/** Closed-loop clients that find everybody in `config.pbtxt`. */
export const clients = {
	count: ({num_client_procs}) => num_client_procs,
	main: 'ClientMain',
	flags: ({address, file, log, prometheus, measuring, label, options}) => ({
		...address,
		config: file('config.pbtxt'),
		...log,
		...prometheus,
		...measuring,
		output_file_prefix: file(label),
		workload: file('workload.pbtxt'),
		...options,
	}),
} satisfies Clients;

/** The same, where the reference harness passes the workload first. */
export const workloadFirstClients = {
	...clients,
	flags({address, file, log, prometheus, measuring, label, options}) {
		return {...address, config: file('config.pbtxt'), ...log, ...prometheus, ...measuring, workload: file('workload.pbtxt'), output_file_prefix: file(label), ...options};
	},
} satisfies Clients;

/** The flags of a role that runs a state machine. */
export function machineFlags({who, file, log, input, prometheus, options}: ProcContext<{readonly state_machine: string}>) {
	return {...who, config: file('config.pbtxt'), ...log, state_machine: input.state_machine, ...prometheus, ...options};
}

/** When a leader counts as failed, and who follows it. */
export const electionOptions = group({ping_period: duration(), no_ping_timeout_min: duration(), no_ping_timeout_max: duration()});

/** When a server counts as failed. */
export const heartbeatOptions = group({fail_period: duration(), success_period: duration(), num_retries: integer(), network_delay_alpha: fraction()});

/** When a replica asks the others for a log entry that it lacks. */
export const logRecoveryFields = {recover_log_entry_min_period: duration(), recover_log_entry_max_period: duration(), unsafe_dont_recover: boolean()};

/** An election that nobody but the first leader ever wins. */
export const calmElection = {ping_period: '60s', no_ping_timeout_min: '120s', no_ping_timeout_max: '240s'};

/** An election that another leader wins five seconds after the first one failed. */
export const promptElection = {ping_period: '1s', no_ping_timeout_min: '5s', no_ping_timeout_max: '5s'};

/** Ten seconds of warm-up and fifteen of measurement, with a rest before each. */
export const publishedPhases = {warmup_duration: '10s', warmup_timeout: '15s', warmup_sleep: '5s', duration: '15s', timeout: '20s', client_lag: '5s'};

/** Two seconds of each. */
export const briefPhases = {warmup_duration: '2s', warmup_timeout: '3s', warmup_sleep: '0s', duration: '2s', timeout: '3s'};

/** A driver: it makes others fail and come back. */
export const driver: Role<unknown> = {
	main: 'DriverMain',
	flags: ({address, file, log}) => ({...address, config: file('config.pbtxt'), ...log, driver_workload: file('driver_workload.pbtxt')}),
};
