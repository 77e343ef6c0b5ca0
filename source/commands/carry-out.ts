/*
A prepared run, carried out by this process: what `runSuite` wants, made of this machine's clock, hosts and analysis.
*/
import os from 'node:os';
import path from 'node:path';
import {type Emit, type SuiteOutcome} from '../core/event.ts';
import {shellLine} from '../host/shell-quote.ts';
import {analyzeRecorder, warmRecorder} from '../recorder/analyze-recorder.ts';
import {rememberRoot} from '../results/last-root.ts';
import {FilePlaces} from '../runner/file-places.ts';
import {runSuite} from '../runner/run-suite.ts';
import {configuration} from './configuration.ts';
import {createHosts, resolveAll} from './connect-hosts.ts';
import {environmentOf} from './describe-environment.ts';
import {createObservers} from './observe.ts';
import {policyOf} from './policy-flags.ts';
import {bareAddress, type Prepared} from './prepare.ts';
import {RemotePrograms} from './remote-programs.ts';
import {systemClock as clock} from './system-clock.ts';
import {versionOf} from './version.ts';

export type CarryOutOptions = {
	readonly emit: Emit;
	/** Aborts when a person wants the end. */
	readonly signal: AbortSignal;
};

/**
Runs a suite to its end.

@throws BenchError where it cannot start at all: nothing has been written then.
*/
export async function carryOut(prepared: Prepared, {emit, signal}: CarryOutOptions): Promise<SuiteOutcome> {
	warmRecorder();
	const {flags} = prepared;
	const parent = path.resolve(flags.text('suite-directory') ?? 'runs');
	const programs = new RemotePrograms(prepared.jar);
	const places = new FilePlaces(parent, async address => hosts.of(address));
	const hosts = createHosts(flags, {
		signal,
		word: () => places.word,
		async arrive(host) {
			await places.arrive(host);
			await programs.arrive(host);
		},
	});
	const {scraping, hooks} = createObservers(prepared, hosts.of);
	try {
		const ips = await resolveAll(prepared);
		await rememberRoot(parent, process.env);
		return await runSuite({
			suite: prepared.suite,
			title: prepared.title,
			name: prepared.name,
			parent,
			inputs: prepared.inputs,
			selected: prepared.selected,
			args: prepared.args,
			policy: policyOf(flags),
			isScraped: scraping !== undefined,
			around: {
				engine: prepared.engine,
				cluster: prepared.cluster,
				clusterFile: prepared.clusterFile,
				ipOf: address => ips.get(address) ?? bareAddress(address),
				jarOn: address => programs.jarOn(address),
				engineOn: (address, module) => programs.engineOn(address, module),
				scrape: prepared.scrape,
			},
			runner: {pid: process.pid, hostname: os.hostname(), version: versionOf()},
			commandLine: ({argv: words, env}) => shellLine(words, env),
			random: Math.random,
			environment: async addresses => environmentOf(prepared, addresses, hosts.of),
		}, {
			hostOf: hosts.of,
			clock,
			signal,
			emit,
			analyze: analyzeRecorder,
			causes: configuration().causes,
			directoryOn: (address, directory) => places.directoryOn(address, directory),
			hooks: [places.hooks, ...hooks],
		});
	} finally {
		await hosts.close();
	}
}
