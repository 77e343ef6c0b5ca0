/*
Servers are ready when their port accepts, or a line of their log says so. A fixed sleep is never readiness.
*/
import {printSeconds} from '../core/duration.ts';
import {type Clock} from '../core/clock.ts';
import {type Host} from '../core/host.ts';
import {BenchmarkFailure, lastLines} from './failure.ts';
import {accepts} from './ports.ts';
import {type OutputFiles, type OutputOf, type RunningProc} from './proc-stack.ts';

const maxLogBytes = 1024 * 1024;

export type ReadyOptions = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** Whether others wait for the server themselves: who only wants to know need not take the cores from what starts. */
	readonly isUnhurried: boolean;
};

/** Resolves when a server is ready, or when the signal aborts. */
export async function serverReady({plan, host}: RunningProc, {stdout, stderr}: OutputFiles, {clock, signal, isUnhurried}: ReadyOptions): Promise<void> {
	const {ready, ip, port} = plan;
	for (let pauseMs = isUnhurried ? 25 : 2; !signal.aborted; pauseMs = Math.min(50, pauseMs * 1.08)) {
		if (ready === 'started' || (ready === 'port' && port !== undefined && await accepts(host, ip, port)) || (typeof ready === 'object' && await saysLine(host, [stdout, stderr], ready.line))) {
			return;
		}

		await clock.sleep(pauseMs, signal);
	}
}

type OfBenchmark = {readonly id: string; readonly outputOf: OutputOf};

/** The failure of servers that did not get ready; the first of them speaks. */
export async function notReady(labels: ReadonlySet<string>, servers: readonly RunningProc[], afterMs: number, {id, outputOf}: OfBenchmark): Promise<BenchmarkFailure> {
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

async function saysLine(host: Host, files: readonly string[], line: RegExp): Promise<boolean> {
	const texts = await Promise.all(files.map(async file => new TextDecoder().decode(await host.files.read(file, 0, maxLogBytes))));
	return texts.some(text => text.split('\n').some(one => line.test(one)));
}
