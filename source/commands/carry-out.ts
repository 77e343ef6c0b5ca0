/*
A prepared run, carried out by this process: what `runSuite` wants, made of this machine's clock, hosts and analysis.
*/
import os from 'node:os';
import path from 'node:path';
import {serveControl, type ControlServer} from '../control/serve-control.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Emit, type SuiteOutcome} from '../core/event.ts';
import {type JsonObject} from '../core/json.ts';
import {reduce} from '../core/reduce.ts';
import {emptyState} from '../core/state.ts';
import {type Ask} from '../host/authentication.ts';
import {shellLine} from '../core/shell-quote.ts';
import {analyzeRecorder, warmRecorder} from '../recorder/analyze-recorder.ts';
import {rememberRoot} from '../results/last-root.ts';
import {takeEvidence} from '../runner/evidence.ts';
import {FilePlaces} from '../runner/file-places.ts';
import {runMarks} from '../runner/leftovers.ts';
import {type RunPolicy} from '../runner/policy.ts';
import {type RunControl} from '../runner/run-control.ts';
import {runSuite, type SuiteRun} from '../runner/run-suite.ts';
import {collectLate} from './collect-late.ts';
import {configuration} from './configuration.ts';
import {createHosts, resolveAll} from './connect-hosts.ts';
import {environmentOf} from './describe-environment.ts';
import {createObservers} from './observe.ts';
import {type ParsedFlags} from './flags.ts';
import {compressLeftMetrics} from './left-metrics.ts';
import {runOnFinish} from './on-finish.ts';
import {bareAddress, type Prepared} from './prepare.ts';
import {RemotePrograms} from './remote-programs.ts';
import {exportRun, type ExportedRun, type RunExporter} from './run-exporter.ts';
import {systemClock as clock} from './system-clock.ts';
import {versionOf} from './version.ts';

/** What clients get to start in before the recorder warms up, and how much warm-up of theirs that needs; the first analysis takes longer without. */
const startMs = 200;
const warmUpMs = 500;

export type Undertaking = {
	readonly prepared: Prepared;
	readonly policy: Partial<RunPolicy>;
	readonly onFinish: string | undefined;
	/** Of `run`: what a resume does again. */
	readonly command: {readonly argv: readonly string[]; readonly cwd: string};
	/** Of `resume`: the run that goes on, its inputs and what is left of them. */
	readonly resumed?: SuiteRun['resumed'] & {readonly inputs: readonly JsonObject[]; readonly selected: readonly number[]};
};

export type CarryOutOptions = {
	readonly emit: Emit;
	readonly control: RunControl;
	/** Says what is no event of the run. */
	readonly note: (text: string) => void;
	/** Asks for a key's passphrase; undefined where nobody is there. */
	readonly ask?: Ask | undefined;
};

/**
Runs a suite to its end.

@throws BenchError where it cannot start at all: nothing has been written then.
*/
export async function carryOut({prepared, policy, onFinish, command, resumed}: Undertaking, {emit, control, note, ask}: CarryOutOptions): Promise<SuiteOutcome> {
	const {flags} = prepared;
	const {signal} = control;
	const parent = resumed ? path.dirname(resumed.directory) : path.resolve(flags.text('suite-directory') ?? 'runs');
	const programs = new RemotePrograms(prepared.jar);
	const places = new FilePlaces(parent, async address => hosts.of(address));
	const hosts = createHosts(flags, {
		signal,
		ask,
		marks: () => runMarks(places.suiteDirectory),
		async arrive(host) {
			await places.arrive(host);
			await programs.arrive(host);
		},
	});
	const {scraping, hooks} = createObservers(prepared, hosts.of);
	let isWarm = false;
	let state = resumed?.state ?? emptyState;
	const exporter = await openExporter(flags, {state: () => state, scraping: () => scraping?.status() ?? [], now: () => clock.now()}, note);
	const server = await openControl(control, note);
	try {
		const ips = await resolveAll(prepared);
		await rememberRoot(parent, process.env);
		await (resumed && compressLeftMetrics(resumed, note));
		const outcome = await runSuite({
			suite: prepared.suite,
			title: prepared.title,
			name: prepared.name,
			parent,
			inputs: resumed?.inputs ?? prepared.inputs,
			selected: resumed?.selected ?? prepared.selected,
			args: prepared.args,
			policy,
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
			command,
			...(server && {control: server.path}),
			commandLine: ({argv: words, env}) => shellLine(words, env),
			random: Math.random,
			environment: async addresses => environmentOf(prepared, addresses, hosts.of),
			...(resumed && {resumed}),
		}, {
			hostOf: hosts.of,
			clock,
			signal,
			control,
			emit(event) {
				state = reduce(state, event);
				emit(event);
				// What it takes is taken from no start, nor from a measurement.
				if (event.type === 'phase-entered' && event.phase === 'warming-up' && (event.expectedMs ?? 0) >= warmUpMs && !isWarm) {
					isWarm = true;
					setTimeout(warmRecorder, startMs).unref();
				} else if (event.type === 'phase-entered' && event.phase === 'measuring') {
					// In a warm-up it is in nobody's way, and where all cores are busy it takes least if it is begun early.
					collectLate();
				}
			},
			analyze: analyzeRecorder,
			causes: configuration().causes,
			directoryOn: (address, directory) => places.directoryOn(address, directory),
			hooks: [places.hooks, takeEvidence(), ...hooks],
		});
		const trouble = onFinish === undefined ? undefined : await runOnFinish(onFinish, state);
		if (trouble !== undefined) {
			note(trouble);
		}

		return outcome;
	} finally {
		await hosts.close();
		await server?.close();
		await exporter?.close();
	}
}

async function openExporter(flags: ParsedFlags, run: ExportedRun, note: CarryOutOptions['note']): Promise<RunExporter | undefined> {
	const port = flags.number('metrics-port');
	if (port === undefined) {
		return undefined;
	}

	if (!Number.isSafeInteger(port) || port < 0 || port > 65_535) {
		throw new BenchError('usage', `--metrics-port takes a port, 0 to 65535, not "${port}".`);
	}

	const exporter = await exportRun(port, run);
	note(`Metrics of the run are served on http://${os.hostname()}:${exporter.port}/metrics.`);
	return exporter;
}

/** The control socket; a run goes on without one. */
async function openControl(control: RunControl, note: (text: string) => void): Promise<ControlServer | undefined> {
	try {
		return await serveControl({
			stop() {
				control.stop('A person stopped the run.');
			},
			skip() {
				control.skip();
			},
			letGo() {
				control.letGo();
			},
			answer(question, text) {
				control.answer(question, text);
			},
			file: (benchmark, label, name) => control.file(benchmark, label, name),
		});
	} catch (error) {
		note(`${messageOf(error)} The run cannot be stopped from another terminal.`);
		return undefined;
	}
}
