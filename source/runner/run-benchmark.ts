/*
One benchmark, from a plan to its output: placing, starting servers, ready, lagging, warming up, measuring, stopping,
collecting, analysing. Every wait has a deadline. What fails it is a `BenchmarkFailure`; whatever happens, no proc is left.
*/
import {printSeconds} from '../core/duration.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Failure, type Phase} from '../core/event.ts';
import {type JsonObject} from '../core/json.ts';
import {type OutputSpec} from '../core/output.ts';
import {type BenchmarkPlan, type PlannedProc} from '../core/plan.ts';
import {clientDeadlineMs} from '../core/timing.ts';
import {type BenchmarkDirectory} from '../directory/benchmark-directory.ts';
import {endedClients, slowClients} from './clients-end.ts';
import {type BenchmarkResult, collectOutput} from './collect-output.ts';
import {type RunnerEnvironment} from './environment.ts';
import {BenchmarkFailure, failureOf, withClientOf} from './failure.ts';
import {type BenchmarkContext, type BenchmarkHooks, type UntimedEvent} from './hooks.ts';
import {refuseTakenPorts} from './ports.ts';
import {type OutputFiles, ProcStack} from './proc-stack.ts';
import {notReady, serverReady} from './readiness.ts';
import {during, reasonOf, settledDeath, type Watched} from './wait.ts';

/** What servers get beyond the warm-up's timeout to accept connections. */
const readyGraceMs = 30_000;

export type BenchmarkRun = {
	readonly plan: BenchmarkPlan;
	readonly output: OutputSpec<JsonObject>;
	/** What messages call the suite. */
	readonly suite: string;
	readonly directory: BenchmarkDirectory;
	/** The benchmark directory on a host. */
	readonly directoryOn: (host: string) => string;
	/** Its signal ends this benchmark: a BenchmarkFailure as its reason fails it, anything else interrupts it. */
	readonly env: RunnerEnvironment;
	readonly commandLine: (proc: PlannedProc) => string;
	/** Gets what the benchmark is made of, before anything starts. */
	readonly onContext?: (context: BenchmarkContext) => void;
	/** Keeps what a failed benchmark left alive until a person lets go. */
	readonly hold?: (failure: Failure, labels: readonly string[]) => Promise<void>;
};

/** Runs one benchmark. Throws a BenchmarkFailure, or a BenchError `canceled` when the signal aborts. */
export async function runBenchmark(run: BenchmarkRun): Promise<BenchmarkResult> {
	let {plan} = run;
	try {
		for (const hook of run.env.hooks ?? []) {
			plan = await hook.adapt?.(plan) ?? plan;
		}
	} catch (error) {
		throw failureOf(error, 'start-failed');
	}

	return runAdapted({...run, plan});
}

async function runAdapted(run: BenchmarkRun): Promise<BenchmarkResult> {
	const {plan, directory, env} = run;
	const hooks = env.hooks ?? [];
	const pids: Record<string, string> = {};
	const writes: Array<Promise<unknown>> = [];
	const emit = (event: UntimedEvent) => {
		env.emit({at: Math.round(env.clock.now()), ...event});
	};

	const enter = (phase: Phase, expectedMs?: number) => {
		emit({type: 'phase-entered', index: plan.index, phase, ...(expectedMs !== undefined && {expectedMs: Math.round(expectedMs)})});
	};

	const log = (message: string) => {
		writes.push(directory.log(env.clock.now(), message));
	};

	const procs = new ProcStack({
		onStart(started, running) {
			pids[`${started.ip}:${started.pid}`] = started.label;
			emit({type: 'proc-started', index: plan.index, ...started, place: plan.procs.indexOf(running.plan)});
			for (const hook of hooks) {
				hook.procStarted?.(context, running);
			}
		},
		onExit({label}, {returnCode, ended}) {
			emit({type: 'proc-exited', index: plan.index, label, returnCode, ended});
			if (returnCode !== undefined) {
				writes.push(directory.writeReturnCode(label, returnCode));
			}
		},
	});

	const outputOf = (label: string, host: string): OutputFiles => {
		const cwd = run.directoryOn(host);
		return {cwd, stdout: `${cwd}/${label}_out.txt`, stderr: `${cwd}/${label}_err.txt`};
	};

	const context: BenchmarkContext = {plan, directory, directoryOn: run.directoryOn, running: procs.running, emit, signal: env.signal};
	const watched: Watched = {id: plan.id, procs, clock: env.clock, signal: env.signal, outputOf};
	let isCollected = false;
	/** The start of clients that wait for the servers themselves. */
	let earlyClients: Promise<void> | undefined;
	run.onContext?.(context);
	try {
		await prepare();
		await measure();
		const stopping = stop();
		enter('collecting');
		await collect(stopping);
		enter('analysing');
		const result = await analyze();
		await stopping;
		return result;
	} catch (error) {
		throw await failed(error);
	} finally {
		await procs.end();
		if (!isCollected) {
			// What a failed benchmark left is worth as much as its failure; that comes first.
			await collect(Promise.resolve()).catch((error: unknown) => {
				emit({type: 'warned', index: plan.index, message: messageOf(error)});
			});
		}

		await eachHook(async hook => hook.ended?.(context));

		await Promise.all([directory.writePids(pids), ...writes]);
	}

	/** All that comes before the clients. */
	async function prepare(): Promise<void> {
		try {
			await place();
			await startServers();
			await lag();
			await eachHook(async hook => hook.clientsStart?.(context));
		} catch (error) {
			throw failureOf(error, 'start-failed');
		}
	}

	async function eachHook(call: (hook: BenchmarkHooks) => Promise<void> | undefined): Promise<void> {
		for (const hook of hooks) {
			await call(hook);
		}
	}

	/** Writes what the procs need, and refuses ports that something else holds. */
	async function place(): Promise<void> {
		enter('placing');
		const files = Object.entries(plan.files).map(async ([name, text]) => directory.writeFile(name, text));
		const commands = plan.procs.map(async proc => directory.writeCommand(proc.label, run.commandLine(proc)));
		await Promise.all([refuseTakenPorts([plan], env.hostOf), ...files, ...commands]);
		await eachHook(async hook => hook.place?.(context));
	}

	async function startServers(): Promise<void> {
		enter('starting-servers');
		// It takes longest to be of use.
		const prometheus = startPrometheus();
		await start(['server']);
		if (mayStartEarly()) {
			earlyClients = start(['client']);
			// Told when they are to be there.
			earlyClients.catch(() => undefined);
		}

		const servers = procs.running.filter(({plan: {kind}}) => kind === 'server');
		const waitingFor = new Set(servers.map(({plan: {label}}) => label));
		const finding = new AbortController();
		const deadlineMs = plan.timing.warmupTimeoutMs + readyGraceMs;
		try {
			await during(Promise.all(servers.map(async server => {
				const {label, host} = server.plan;
				await serverReady(server, outputOf(label, host), {clock: env.clock, signal: finding.signal, isUnhurried: earlyClients !== undefined});
				waitingFor.delete(label);
			})), {deadlineMs, late: async () => notReady(waitingFor, servers, deadlineMs, {id: plan.id, outputOf})}, watched);
		} finally {
			finding.abort();
		}

		await prometheus;
		enter('ready');
		log('Servers started.');
		await eachHook(async hook => hook.serversReady?.(context));
	}

	async function lag(): Promise<void> {
		const {lagMs} = plan.timing;
		enter('lagging', lagMs);
		if (lagMs > 0) {
			const late = async () => new BenchmarkFailure({kind: 'timed-out', message: 'the lag did not end.'});
			await during(env.clock.sleep(lagMs, env.signal), {deadlineMs: lagMs * 2 + 1000, late}, watched);
		}

		log('Client lag ended.');
	}

	/** Whether the clients can be left to wait for the servers, so that all programs start at the same time. */
	function mayStartEarly(): boolean {
		const clients = plan.procs.filter(({kind}) => kind === 'client');
		return plan.timing.lagMs === 0 && clients.every(({patient}) => patient) && hooks.every(hook => !hook.holdsClients?.(plan));
	}

	async function start(kinds: ReadonlyArray<PlannedProc['kind']>): Promise<void> {
		if (env.signal.aborted) {
			throw reasonOf(env.signal);
		}

		try {
			await procs.start(plan.procs.filter(({kind}) => kinds.includes(kind)), env.hostOf, outputOf);
		} catch (error) {
			throw failureOf(error, 'start-failed');
		}
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
		await (earlyClients ?? start(['client']));
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

		const deadlineMs = clientDeadlineMs(timing);
		try {
			await during(procs.exited('client'), {deadlineMs, late: async () => slowClients(procs, {plan, deadlineMs, outputOf})}, watched);
			const died = await settledDeath(watched);
			if (died) {
				throw died;
			}

			await eachHook(async hook => hook.clientsEnded?.(context)).catch((error: unknown) => {
				throw failureOf(error, 'not-collected');
			});
		} finally {
			measuring.abort();
		}
	}

	async function stop(): Promise<void> {
		enter('stopping');
		await procs.end();
		log('Clients finished and processes terminated.');
	}

	/** What one hook cannot get keeps none of the others from theirs; the first to say so is heard. */
	async function collect(stopped: Promise<void>): Promise<void> {
		isCollected = true;
		const errors: unknown[] = [];
		for (const hook of hooks) {
			try {
				await hook.collect?.(context, stopped);
			} catch (error) {
				errors.push(error);
			}
		}

		if (errors.length > 0) {
			throw failureOf(errors[0], 'not-collected');
		}
	}

	async function analyze(): Promise<BenchmarkResult> {
		try {
			return await collectOutput(run.output, {...context, suite: run.suite}, env.analyze);
		} catch (error) {
			const failure = failureOf(error, error instanceof BenchError && error.code === 'recorder' ? 'no-data' : 'analysis-failed');
			throw failure instanceof BenchmarkFailure ? new BenchmarkFailure(await withClientOf(failure.failure, await endedClients(procs, directory, outputOf), plan.id)) : failure;
		}
	}

	/** What ends the benchmark; evidence of a failure is taken while what is left of it still runs. */
	async function failed(error: unknown): Promise<unknown> {
		const cause = env.signal.aborted ? reasonOf(env.signal) : error;
		if (cause instanceof BenchmarkFailure) {
			await eachHook(async hook => hook.failed?.(context, cause.failure));
			const alive = procs.running.map(({plan: {label}}) => label).filter(label => !procs.hasExited(label));
			if (alive.length > 0) {
				await run.hold?.(cause.failure, alive);
			}
		}

		return cause;
	}
}
