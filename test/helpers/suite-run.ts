/*
A run of the unreplicated smoke suite on fake hosts and a fake clock: a night in milliseconds.
*/
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {type Clock} from '../../source/core/clock.ts';
import {type Cluster} from '../../source/core/cluster.ts';
import {type RunEvent, type RunEventOf, type SuiteOutcome} from '../../source/core/event.ts';
import {type Host} from '../../source/core/host.ts';
import {type RunState} from '../../source/core/state.ts';
import {type Suite, suiteInputs} from '../../source/core/suite.ts';
import {createFakeHost, type FakeHost, type FakeProc} from '../../source/host/fake-host.ts';
import {analyzeRecorder} from '../../source/recorder/analyze-recorder.ts';
import {type BenchmarkHooks} from '../../source/runner/hooks.ts';
import {type RunPolicy} from '../../source/runner/policy.ts';
import {RunControl} from '../../source/runner/run-control.ts';
import {runSuite} from '../../source/runner/run-suite.ts';
import smoke from '../../suites/unreplicated/smoke.ts';
import {temporaryFolder} from './command.ts';
import {createFakeClock} from './fake-clock.ts';

/** Three seconds of a client, a request a millisecond. */
export const rows = `start,stop,count,latency_nanos,label\n${Array.from({length: 3000}, (_, index) => {
	const at = new Date(Date.UTC(2021, 3, 7, 18, 41, 22) + index).toISOString();
	return `${at},${at},1,500000,write\n`;
}).join('')}`;

/** The procs of the smoke suite when all is well. */
export function healthy(label: string, benchmark: number): FakeProc {
	return label === 'server' ? {listens: 10_000 + (benchmark * 100)} : {exitsAfterMs: 4000, files: {[`${label}_data.csv`]: rows}};
}

export type SuiteRunOptions = {
	/** What a proc does, by label, benchmark and attempt. */
	readonly scriptOf?: (label: string, benchmark: number, attempt: number) => FakeProc;
	/** @default unreplicated/smoke */
	readonly suite?: Suite;
	readonly policy?: Partial<RunPolicy>;
	readonly selected?: readonly number[];
	readonly cluster?: Cluster;
	readonly hooks?: readonly BenchmarkHooks[];
	/** Whether the procs export metrics. */
	readonly scrape?: boolean;
	/** Stands before the host of an address: what it throws is a connection that fails. */
	readonly beforeHost?: (address: string, control: RunControl) => void;
	readonly onEvent?: (event: RunEvent, all: {readonly hosts: ReadonlyMap<string, FakeHost>; readonly control: RunControl; readonly clock: Clock}) => void;
	readonly parent?: string;
	readonly resumed?: {readonly directory: string; readonly state: RunState; readonly columns: readonly string[] | undefined};
	readonly clock?: Clock;
};

export type Ran = {
	readonly events: readonly RunEvent[];
	readonly outcome: SuiteOutcome;
	readonly directory: string;
	/** By address, the newest connection to each. */
	readonly hosts: ReadonlyMap<string, FakeHost>;
	/** Labels in the order in which they started, on all hosts. */
	readonly started: readonly string[];
	readonly clock: Clock;
};

/** Runs the suite to its end. */
export async function runOnFakeHosts(context: TestContext, options: SuiteRunOptions = {}): Promise<Ran> {
	const {scriptOf = healthy, cluster = {1: {clients: ['localhost'], server: ['localhost']}}, clock = createFakeClock()} = options;
	const parent = options.parent ?? temporaryFolder(context);
	const events: RunEvent[] = [];
	const control = new RunControl();
	const hosts = new Map<string, FakeHost>();
	const started: string[] = [];
	let [benchmark, attempt] = [0, 0];
	const hostOf = async (address: string): Promise<Host> => {
		options.beforeHost?.(address, control);
		const known = hosts.get(address);
		if (known) {
			return known;
		}

		const host = createFakeHost(address, clock, label => {
			started.push(label);
			return scriptOf(label, benchmark, attempt);
		});
		hosts.set(address, host);
		void (async () => {
			await host.lost;
			hosts.delete(address);
		})();

		return host;
	};

	const outcome = await runSuite({
		suite: options.suite ?? smoke, title: 'unreplicated/smoke', name: 'unreplicated_smoke', parent, args: {}, policy: options.policy ?? {},
		inputs: suiteInputs(smoke, {logLevel: 'info', monitor: false, profile: false, flags: {}}, {title: 'unreplicated/smoke'}), selected: options.selected ?? [1, 2, 3],
		around: {engine: 'embedded', cluster, clusterFile: 'cluster.json', ipOf: () => '127.0.0.1', jarOn: () => '', engineOn: (_host, module) => ['node', module], scrape: options.scrape ?? false},
		runner: {pid: 1, hostname: 'here', version: '0'}, commandLine: ({argv}) => argv.join(' '), random: () => 0, environment: async () => ({}),
		...(options.resumed && {resumed: options.resumed}),
	}, {
		hostOf,
		clock,
		signal: new AbortController().signal,
		control,
		emit(event) {
			[benchmark, attempt] = event.type === 'benchmark-started' ? [event.index, event.attempt] : [benchmark, attempt];
			events.push(event);
			options.onEvent?.(event, {hosts, control, clock});
		},
		analyze: analyzeRecorder,
		hooks: options.hooks ?? [],
	});
	return {events, outcome, hosts, started, clock, directory: path.join(parent, fs.readdirSync(parent)[0]!)};
}

/** The events of one type. */
export function ofType<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type): ReadonlyArray<RunEventOf<Type>> {
	return events.filter((event): event is RunEventOf<Type> => event.type === type);
}
