/*
A port that something else holds is refused before anything starts: a stale server would answer the clients, and its
figures would be recorded as a success.
*/
import {type Host} from '../core/host.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {type RunnerEnvironment} from './environment.ts';
import {BenchmarkFailure} from './failure.ts';
import {portHolder} from './leftovers.ts';

const connectMs = 1000;

/**
Looks whether a port of the plans accepts connections before anything was started.

@throws BenchmarkFailure naming the port.
*/
export async function refuseTakenPorts(plans: readonly BenchmarkPlan[], hostOf: RunnerEnvironment['hostOf']): Promise<void> {
	const wanted = plans.flatMap(({procs}) => procs).flatMap(proc => [proc.port, proc.metricsPort].filter(port => port !== undefined).map(port => ({proc, port})));
	const once = new Map(wanted.map(one => [`${one.proc.host} ${one.port}`, one]));
	await Promise.all([...once.values()].map(async ({proc, port}) => {
		const host = await hostOf(proc.host);
		if (await accepts(host, proc.ip, port)) {
			const held = await portHolder(host, port) ?? `is taken by another process; end that process (ss -ltnp 'sport = :${port}' names it) and run again.`;
			throw new BenchmarkFailure({
				kind: 'port-taken', label: proc.label, host: proc.host,
				message: `port ${port} on ${proc.host}, which ${proc.label} needs, ${held}`,
			});
		}
	}));
}

/** Whether something accepts connections there. */
export async function accepts(host: Host, ip: string, port: number): Promise<boolean> {
	try {
		const channel = await host.open({ip, port}, connectMs);
		channel.destroy();
		return true;
	} catch {
		return false;
	}
}

/** Below the ports that systems give to outgoing connections. */
const firstFree = 20_000;
const lastFree = 32_000;

/** A port of a host on which nothing accepts connections, chosen at random so that two runs on one host do not meet. */
export async function freePort(host: Host, {ip, random, besides}: {readonly ip: string; readonly random: () => number; readonly besides: readonly number[]}): Promise<number> {
	for (;;) {
		const port = firstFree + Math.floor(random() * (lastFree - firstFree));
		if (!besides.includes(port) && !await accepts(host, ip, port)) {
			return port;
		}
	}
}
