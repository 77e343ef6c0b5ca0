/*
One benchmark, from a plan to its output: placing, starting servers, ready, lagging, warming up, measuring, stopping,
collecting, analysing. Every wait has a deadline. What fails it is a `BenchmarkFailure`; whatever happens, no proc is left.
*/
import {absentFigures, type OutputSpec} from '../core/output.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type ClientWindow, type Phase, type RunEvent} from '../core/event.ts';
import {type Host} from '../core/host.ts';
import {type JsonObject} from '../core/json.ts';
import {type BenchmarkPlan, type PlannedProc} from '../core/plan.ts';
import {durationMs, printSeconds} from '../core/duration.ts';
import {clientDeadlineMs} from '../core/timing.ts';
import {type BenchmarkDirectory} from '../directory/benchmark-directory.ts';
import {type RecorderAnalysis} from '../recorder/request.ts';
import {type RunnerEnvironment} from './environment.ts';
import {BenchmarkFailure, deathFailure, lastLines} from './failure.ts';
import {ProcStack} from './proc-stack.ts';

/** What servers get beyond the warm-up's timeout to accept connections. */
export const readyGraceMs = 30_000;
// When one proc dies, those that talked to it often die with it: the first is looked for among all that did so soon.
const deathWindowMs = 150;

export type BenchmarkRun = {
	readonly plan: BenchmarkPlan;
	readonly output: OutputSpec<JsonObject>;
	readonly directory: BenchmarkDirectory;
	/** The benchmark directory on a host. */
	readonly directoryOn: (host: string) => string;
	readonly env: RunnerEnvironment;
	readonly commandLine: (proc: PlannedProc) => string;
};

export type BenchmarkResult = {
	readonly output: JsonObject;
	/** Files in the benchmark directory that may go once the results row is on the disk. */
	readonly disposable: readonly string[];
};

/** Runs one benchmark. Throws a BenchmarkFailure, or a BenchError `canceled` when the signal aborts. */
export async function runBenchmark(run: BenchmarkRun): Promise<BenchmarkResult> {
	const {plan, directory, env} = run;
	const pids: Record<string, string> = {};
	const writes: Array<Promise<unknown>> = [];
	const emit = (event: DistributiveOmit<RunEvent, 'at'>) => {
		env.emit({at: Math.round(env.clock.now()), ...event});
	};

	const enter = (phase: Phase, expectedMs?: number) => {
		emit({type: 'phase-entered', index: plan.index, phase, ...(expectedMs !== undefined && {expectedMs: Math.round(expectedMs)})});
	};

	const log = (message: string) => {
		writes.push(directory.log(env.clock.now(), message));
	};

	const procs = new ProcStack({
		onStart(started) {
			pids[`${started.ip}:${started.pid}`] = started.label;
			emit({type: 'proc-started', index: plan.index, ...started});
		},
		onExit({label}, {returnCode, ended}) {
			emit({type: 'proc-exited', index: plan.index, label, returnCode, ended});
			if (returnCode !== undefined) {
				writes.push(directory.writeReturnCode(label, returnCode));
			}
		},
	});

	const outputOf = (label: string, host: string) => {
		const cwd = run.directoryOn(host);
		return {cwd, stdout: `${cwd}/${label}_out.txt`, stderr: `${cwd}/${label}_err.txt`};
	};

	const start = async (kinds: ReadonlyArray<PlannedProc['kind']>) => {
		try {
			await procs.start(plan.procs.filter(({kind}) => kinds.includes(kind)), env.hostOf, outputOf);
		} catch (error) {
			throw failureOf(error, 'start-failed');
		}
	};

	/** Waits for what should happen, unless a proc dies, the time runs out, or a person wants the end. */
	const during = async <Result>(work: Promise<Result>, deadlineMs: number, late: () => Promise<BenchmarkFailure>): Promise<Result> => {
		const waited = new AbortController();
		try {
			return await Promise.race([
				work,
				(async () => {
					const death = await procs.death;
					await env.clock.sleep(deathWindowMs, waited.signal);
					throw await firstDeath(procs, plan.id, outputOf) ?? await deathFailure(death, plan.id, outputOf(death.proc.label, death.proc.host));
				})(),
				(async () => {
					await env.clock.sleep(deadlineMs, waited.signal);
					// A race that is over ignores this.
					throw waited.signal.aborted ? new BenchError('canceled', '') : await late();
				})(),
				aborted(env.signal, waited.signal),
			]);
		} finally {
			waited.abort();
		}
	};

	try {
		await place(run);
		enter('starting-servers');
		await start(['server']);
		const prometheus = startPrometheus();
		const servers = procs.running.filter(({plan: {kind}}) => kind === 'server');
		const waitingFor = new Set(servers.map(({plan: {label}}) => label));
		const finding = new AbortController();
		const readyMs = plan.timing.warmupTimeoutMs + readyGraceMs;
		try {
			await during(Promise.all(servers.map(async ({plan: server, host}) => {
				await ready(server, host, outputOf(server.label, server.host), {env, signal: finding.signal});
				waitingFor.delete(server.label);
			})), readyMs, async () => notReady(waitingFor, servers, readyMs, {id: plan.id, outputOf}));
		} finally {
			finding.abort();
		}

		await prometheus;
		enter('ready');
		log('Servers started.');
		enter('lagging', plan.timing.lagMs);
		if (plan.timing.lagMs > 0) {
			await during(env.clock.sleep(plan.timing.lagMs, env.signal), plan.timing.lagMs * 2 + 1000, async () => new BenchmarkFailure({kind: 'timed-out', message: 'the lag did not end.'}));
		}

		log('Client lag ended.');
		await measure();
		const stopping = stop();
		const result = await collect();
		await stopping;
		return result;
	} finally {
		await procs.end();
		await Promise.all([directory.writePids(pids), ...writes]);
	}

	async function startPrometheus(): Promise<void> {
		try {
			await procs.start(plan.procs.filter(({kind}) => kind === 'prometheus'), env.hostOf, outputOf);
		} catch (error) {
			emit({type: 'warned', index: plan.index, message: `${messageOf(error)} The benchmark runs unmonitored.`});
		}
	}

	async function measure(): Promise<void> {
		const {timing} = plan;
		enter('warming-up', timing.warmupMs + timing.sleepMs);
		await start(['client']);
		writes.push(directory.writePids(pids));
		await start(['driver']);
		log(`Clients started and running for ${printSeconds(timing.durationMs)}.`);
		const measuring = new AbortController();
		void (async () => {
			await env.clock.sleep(timing.warmupMs + timing.sleepMs, measuring.signal);
			if (!measuring.signal.aborted) {
				enter('measuring', timing.durationMs);
			}
		})();

		const deadline = clientDeadlineMs(timing);
		try {
			await during(procs.exited('client'), deadline, async () => {
				const slow = plan.procs.filter(({kind, label}) => kind === 'client' && !procs.hasExited(label)).map(({label}) => label);
				const of = procs.running.find(({plan: {label}}) => label === slow[0]);
				return new BenchmarkFailure({
					kind: 'timed-out', label: slow[0], host: of?.plan.host,
					message: `${slow.join(', ')} did not end within ${printSeconds(deadline)} (timeouts of the input plus a grace) and ${slow.length === 1 ? 'was' : 'were'} ended.`,
					lines: of && await lastLines(of.host, outputOf(of.plan.label, of.plan.host)),
					commandFile: slow[0] && `${plan.id}/${slow[0]}_cmd.txt`,
				});
			});
			// The last client's exit and its death come together, and its server's a little later.
			if (procs.deaths.length > 0) {
				await env.clock.sleep(deathWindowMs, env.signal);
			}

			const died = await firstDeath(procs, plan.id, outputOf);
			if (died) {
				throw died;
			}
		} finally {
			measuring.abort();
		}
	}

	async function stop(): Promise<void> {
		enter('stopping');
		await procs.end();
		log('Clients finished and processes terminated.');
	}

	async function collect(): Promise<BenchmarkResult> {
		enter('collecting');
		enter('analysing');
		try {
			return run.output.kind === 'files' ? await readOutput() : await analyze();
		} catch (error) {
			throw failureOf(error, error instanceof BenchError && error.code === 'recorder' ? 'no-data' : 'analysis-failed');
		}
	}

	async function analyze(): Promise<BenchmarkResult> {
		const spec = run.output;
		if (spec.kind !== 'recorder') {
			throw new BenchError('suite', 'There is no recorder data to analyse.');
		}

		const names = plan.procs.filter(({kind}) => kind === 'client').map(({label}) => ({label, name: `${label}_data.csv`}));
		const analysis = await env.analyze({
			files: names.map(({label, name}) => ({label, path: directory.file(name)})),
			format: spec.format,
			dropPrefixMs: durationMs(spec.dropPrefix?.(plan.input) ?? '0s'),
			emptyFiles: 'fail',
			series: directory.file('series.csv'),
			histogram: directory.file('histogram.csv'),
			...(spec.keep && {keepData: directory.file('data.csv.gz')}),
		}, {signal: env.signal});
		for (const message of analysis.warnings) {
			emit({type: 'warned', index: plan.index, message});
		}

		tellClients(analysis);
		return {output: figuresOf(spec.into, analysis), disposable: names.map(({name}) => name)};
	}

	function tellClients({files}: RecorderAnalysis): void {
		const clients = files.map(({label, rows, firstAt, lastAt}): ClientWindow => ({label, rows, firstAt, lastAt}));
		const overlapMs = Math.max(0, Math.min(...clients.map(({lastAt}) => lastAt)) - Math.max(...clients.map(({firstAt}) => firstAt)));
		emit({type: 'clients-measured', index: plan.index, clients, overlapMs});
		const longest = Math.max(...clients.map(({firstAt, lastAt}) => lastAt - firstAt));
		if (overlapMs < longest * 0.8) {
			emit({type: 'warned', index: plan.index, message: `Benchmark ${plan.id}: the clients' samples overlap for only ${Math.round(overlapMs)} ms of ${Math.round(longest)} ms.`});
		}
	}

	async function readOutput(): Promise<BenchmarkResult> {
		const spec = run.output;
		if (spec.kind !== 'files') {
			throw new BenchError('suite', 'There are no files to read.');
		}

		const host = await env.hostOf(plan.procs[0]?.host ?? 'localhost');
		const texts = await Promise.all(spec.files(plan.input).map(async name => {
			const size = await host.files.size(directory.file(name));
			if (size === undefined) {
				throw new BenchError('recorder', `there is no ${plan.id}/${name}, which the suite reads its output from.`);
			}

			return [name, new TextDecoder().decode(await host.files.read(directory.file(name), 0, size))] as const;
		}));
		return {output: spec.read(Object.fromEntries(texts), plan.input), disposable: []};
	}
}

/** Writes what the procs need, and refuses ports that something else holds. */
async function place({plan, directory, env, commandLine}: BenchmarkRun): Promise<void> {
	env.emit({at: Math.round(env.clock.now()), type: 'phase-entered', index: plan.index, phase: 'placing'});
	const files = Object.entries(plan.files).map(async ([name, text]) => directory.writeFile(name, text));
	const commands = plan.procs.map(async proc => directory.writeCommand(proc.label, commandLine(proc)));
	await Promise.all([refuseTakenPorts([plan], env.hostOf), ...files, ...commands]);
}

/**
Looks whether a port of the plans accepts connections before anything was started.

@throws BenchmarkFailure naming the port.
*/
export async function refuseTakenPorts(plans: readonly BenchmarkPlan[], hostOf: RunnerEnvironment['hostOf']): Promise<void> {
	const wanted = new Map(plans.flatMap(({procs}) => procs).flatMap(proc => [proc.port, proc.metricsPort].filter(port => port !== undefined).map(port => [`${proc.host} ${port}`, {proc, port}] as const)));
	await Promise.all([...wanted.values()].map(async ({proc, port}) => {
		const host = await hostOf(proc.host);
		if (await accepts(host, proc.ip, port)) {
			throw new BenchmarkFailure({
				kind: 'port-taken', label: proc.label, host: proc.host,
				message: `port ${port} on ${proc.host}, which ${proc.label} needs, is taken by another process; end that process (ss -ltnp 'sport = :${port}' names it) and run again.`,
			});
		}
	}));
}

async function accepts(host: Host, ip: string, port: number): Promise<boolean> {
	try {
		const channel = await host.open({ip, port}, 1000);
		channel.destroy();
		return true;
	} catch {
		return false;
	}
}

type ReadyOptions = {readonly env: RunnerEnvironment; readonly signal: AbortSignal};

async function ready(server: PlannedProc, host: Host, {stdout, stderr}: {readonly stdout: string; readonly stderr: string}, {env, signal}: ReadyOptions): Promise<void> {
	const {ready: how, ip, port} = server;
	for (let pauseMs = 4; !signal.aborted; pauseMs = Math.min(50, pauseMs * 1.2)) {
		if (how === 'started' || (how === 'port' && port !== undefined && await accepts(host, ip, port)) || (typeof how === 'object' && await saysLine(host, [stdout, stderr], how.line))) {
			return;
		}

		await env.clock.sleep(pauseMs, signal);
	}
}

async function saysLine(host: Host, files: readonly string[], line: RegExp): Promise<boolean> {
	const texts = await Promise.all(files.map(async file => new TextDecoder().decode(await host.files.read(file, 0, 1024 * 1024))));
	return texts.some(text => text.split('\n').some(one => line.test(one)));
}

async function notReady(labels: ReadonlySet<string>, servers: ProcStack['running'], afterMs: number, {id, outputOf}: {readonly id: string; readonly outputOf: (label: string, host: string) => {readonly stdout: string; readonly stderr: string}}): Promise<BenchmarkFailure> {
	const [label = ''] = labels;
	const server = servers.find(({plan}) => plan.label === label);
	const where = server?.plan.port === undefined ? '' : ` on ${server.plan.ip}:${server.plan.port}`;
	return new BenchmarkFailure({
		kind: 'not-ready', label, host: server?.plan.host,
		message: `${[...labels].join(', ')} did not get ready${where} within ${printSeconds(afterMs)} (warmup_timeout plus a grace).`,
		lines: server && await lastLines(server.host, outputOf(label, server.plan.host)),
		commandFile: `${id}/${label}_cmd.txt`,
	});
}

// Servers die first and take their clients with them, whatever order the news comes in.
async function firstDeath(procs: ProcStack, id: string, outputOf: (label: string, host: string) => {readonly stdout: string; readonly stderr: string}): Promise<BenchmarkFailure | undefined> {
	const first = procs.deaths.find(({proc}) => proc.kind === 'server') ?? procs.deaths[0];
	return first && deathFailure(first, id, outputOf(first.proc.label, first.proc.host));
}

function figuresOf(into: Readonly<Record<string, string>>, {labels}: RecorderAnalysis): JsonObject {
	const pick = (label: string) => {
		const found = labels[label];
		return found ? {latency: found.latency, start_throughput_1s: found.start_throughput_1s} : undefined;
	};

	const [flat] = Object.entries(into).flatMap(([prefix, label]) => prefix === '' ? [label] : []);
	if (flat !== undefined) {
		const figures = pick(flat);
		if (!figures) {
			throw new BenchError('recorder', `no row has the label "${flat}"; the clients recorded ${Object.keys(labels).join(', ')}.`);
		}

		return figures;
	}

	if (Object.values(into).every(label => !labels[label])) {
		throw new BenchError('recorder', `no row has a label of ${Object.values(into).join(', ')}; the clients recorded ${Object.keys(labels).join(', ')}.`);
	}

	return Object.fromEntries(Object.entries(into).map(([prefix, label]) => [prefix, pick(label) ?? absentFigures()]));
}

function failureOf(error: unknown, kind: 'start-failed' | 'no-data' | 'analysis-failed'): Error {
	if (error instanceof BenchmarkFailure || (error instanceof BenchError && error.code === 'canceled')) {
		return error;
	}

	if (error instanceof BenchError || kind === 'analysis-failed') {
		const message = messageOf(error);
		return new BenchmarkFailure({kind, message: message.charAt(0).toLowerCase() + message.slice(1)});
	}

	return error instanceof Error ? error : new Error(String(error));
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
	const {promise, resolve} = Promise.withResolvers<void>();
	if (signal.aborted) {
		resolve();
	}

	signal.addEventListener('abort', () => {
		resolve();
	}, {once: true, signal: over});
	await promise;
	throw new BenchError('canceled', 'Interrupted.');
}

type DistributiveOmit<Union, Key extends string> = Union extends unknown ? Omit<Union, Key> : never;
