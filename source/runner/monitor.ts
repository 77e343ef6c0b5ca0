/*
The Prometheus server of a monitored benchmark. The reference harness starts it last, on port 9090, and kills it first; its
first scrape comes five seconds after its start, so that a short benchmark leaves an empty database. Here it is started first,
on a free port; the clients wait for its first samples of every server, and it for the last samples of them.
*/
import {type Clock} from '../core/clock.ts';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';
import {type BenchmarkPlan, type PlannedProc} from '../core/plan.ts';
import {type BenchmarkContext, type BenchmarkHooks} from './hooks.ts';
import {lastLines} from './failure.ts';
import {freePort} from './ports.ts';

export type MonitorOptions = {
	readonly hostOf: (address: string) => Promise<Host>;
	readonly clock: Clock;
	readonly random: () => number;
	/** The instant vector that an expression gives on a server that listens on the host's loopback address. */
	readonly ask: (host: Host, port: number, promql: string) => Promise<ReadonlyArray<{readonly labels: Readonly<Record<string, string>>; readonly value: number}>>;
};

/** Its discovery hands targets on five seconds after the start at the earliest, and nothing makes it quicker. */
const firstSampleMs = 20_000;
/** Beyond one interval, for the samples after the last request. */
const lastSampleGraceMs = 3000;
const pollMs = 50;

/** Looks after the Prometheus of every benchmark whose plan has one. */
export function monitorBenchmarks({hostOf, clock, random, ask}: MonitorOptions): BenchmarkHooks {
	const server = {port: 0, isGone: false};
	return {
		async begin(plans) {
			const addresses = new Set(plans.flatMap(({procs}) => procs.filter(isPrometheus).map(({host}) => host)));
			await Promise.all([...addresses].map(async address => requirePrometheus(await hostOf(address))));
		},
		async adapt(plan) {
			const planned = plan.procs.find(isPrometheus);
			if (!planned) {
				return plan;
			}

			server.port = await freePort(await hostOf(planned.host), {ip: '127.0.0.1', random, besides: portsOn(plan, planned.host)});
			server.isGone = false;
			const argv = [...planned.argv, `--web.listen-address=127.0.0.1:${server.port}`];
			return {...plan, procs: plan.procs.map(proc => proc === planned ? {...proc, argv} : proc)};
		},
		procStarted(context, {plan, host, proc}) {
			if (!isPrometheus(plan)) {
				return;
			}

			void (async () => {
				const {returnCode, ended} = await proc.exited;
				server.isGone = true;
				if (!ended && returnCode !== undefined) {
					const directory = context.directoryOn(plan.host);
					const [word] = (await lastLines(host, {stdout: `${directory}/prometheus_out.txt`, stderr: `${directory}/prometheus_err.txt`})).slice(-1);
					warn(context, `Prometheus ended by itself with return code ${returnCode}${word === undefined ? '' : ` (${word})`}; the benchmark goes on unmonitored.`);
				}
			})();
		},
		holdsClients: ({procs}) => procs.some(({kind}) => kind === 'prometheus'),
		async clientsStart(context) {
			const targets = serverTargets(context.plan);
			await untilServers(context, {deadlineMs: firstSampleMs + context.plan.scrapeIntervalMs, what: 'had no samples of'}, async vector => {
				const up = new Set((await vector('up')).filter(({value}) => value === 1).map(({labels}) => labels['instance']));
				return targets.filter(target => !up.has(target));
			});
		},
		// A sample of each server that is newer than the newest of now was taken when all requests were over.
		async clientsEnded(context) {
			const targets = serverTargets(context.plan);
			let seen: ReadonlyMap<string, number> | undefined;
			await untilServers(context, {deadlineMs: lastSampleGraceMs + context.plan.scrapeIntervalMs, what: 'took no last samples of'}, async vector => {
				const times = new Map((await vector('timestamp(up)')).map(({labels, value}) => [labels['instance'] ?? '', value]));
				seen ??= times;
				return targets.filter(target => (times.get(target) ?? -Infinity) <= (seen?.get(target) ?? -Infinity));
			});
		},
	};

	type Vector = (promql: string) => ReturnType<MonitorOptions['ask']>;
	/** `what`: what Prometheus did not do to those that are left. */
	type Wait = {readonly deadlineMs: number; readonly what: string};

	/** Asks again and again until no server is left; what lasts too long is told, and the benchmark goes on. */
	async function untilServers(context: BenchmarkContext, {deadlineMs, what}: Wait, missing: (vector: Vector) => Promise<readonly string[]>): Promise<void> {
		const running = context.running.find(({plan}) => isPrometheus(plan));
		if (!running) {
			return;
		}

		const vector: Vector = async promql => ask(running.host, server.port, promql);
		const until = clock.now() + deadlineMs;
		let problem = '';
		while (!server.isGone && !context.signal.aborted) {
			try {
				const left = await missing(vector);
				if (left.length === 0) {
					return;
				}

				problem = `Prometheus ${what} ${left.join(', ')}`;
			} catch (error) {
				problem = `Prometheus: ${messageOf(error).replace(/\.$/, '')}`;
			}

			if (clock.now() >= until) {
				warn(context, `${problem}, ${Math.round(deadlineMs / 1000)} s long; the benchmark goes on.`);
				return;
			}

			await clock.sleep(pollMs, context.signal);
		}
	}
}

/**
Finds out whether Prometheus is on a host's PATH.

@throws BenchError `host` where it is not, saying what to do.
*/
async function requirePrometheus(host: Host): Promise<void> {
	const {returnCode} = await host.run(['prometheus', '--version']);
	if (returnCode !== 0) {
		throw new BenchError('host', `${host.address}: ${prometheusMissing}`);
	}
}

/** What is missing of a host without Prometheus, and what to do. */
export const prometheusMissing = 'prometheus, which a monitored benchmark runs there, is not on the PATH; install it (Debian: apt-get install prometheus) or run without -m.';

function isPrometheus({kind}: PlannedProc): boolean {
	return kind === 'prometheus';
}

function serverTargets({procs}: BenchmarkPlan): readonly string[] {
	return procs.filter(({kind, metricsPort}) => kind === 'server' && metricsPort !== undefined).map(({ip, metricsPort}) => `${ip}:${metricsPort}`);
}

function portsOn({procs}: BenchmarkPlan, address: string): readonly number[] {
	return procs.filter(({host}) => host === address).flatMap(({port, metricsPort}) => [port, metricsPort].filter(one => one !== undefined));
}

function warn({plan, emit}: BenchmarkContext, message: string): void {
	emit({type: 'warned', index: plan.index, message});
}
