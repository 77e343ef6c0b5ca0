/*
How the clients of a benchmark ended, or that they did not.
*/
import {printSeconds} from '../core/duration.ts';
import {type BenchmarkPlan} from '../core/plan.ts';
import {type BenchmarkDirectory} from '../directory/benchmark-directory.ts';
import {BenchmarkFailure, type EndedClient, lastLines} from './failure.ts';
import {type OutputOf, type ProcStack} from './proc-stack.ts';

type SlowOptions = {readonly plan: BenchmarkPlan; readonly deadlineMs: number; readonly outputOf: OutputOf};

/** The failure of clients that run beyond their deadline; the first of them speaks. */
export async function slowClients(procs: ProcStack, {plan, deadlineMs, outputOf}: SlowOptions): Promise<BenchmarkFailure> {
	const slow = plan.procs.filter(({kind, label}) => kind === 'client' && !procs.hasExited(label)).map(({label}) => label);
	const of = procs.running.find(({plan: {label}}) => label === slow[0]);
	return new BenchmarkFailure({
		kind: 'timed-out', label: slow[0], host: of?.plan.host,
		message: `${slow.join(', ')} did not end within ${printSeconds(deadlineMs)} (timeouts of the input plus a grace) and ${slow.length === 1 ? 'was' : 'were'} ended.`,
		lines: of && await lastLines(of.host, outputOf(of.plan.label, of.plan.host)),
		commandFile: slow[0] && `${plan.id}/${slow[0]}_cmd.txt`,
	});
}

/** The clients once all have ended: what a failure without data tells of the one that left none. */
export async function endedClients({running}: ProcStack, directory: BenchmarkDirectory, outputOf: OutputOf): Promise<readonly EndedClient[]> {
	return Promise.all(running.filter(({plan: {kind}}) => kind === 'client').map(async ({plan: {label}, host, proc}) => {
		const {returnCode} = await proc.exited;
		return {label, host, output: outputOf(label, host.address), recorderFile: directory.file(`${label}_data.csv`), returnCode};
	}));
}
