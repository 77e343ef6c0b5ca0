/*
Profiles of the procs that the description names: perf where a host has it and permits it, else Node's own profiler. perf
ends while the proc still runs, so that the names of compiled code can be asked for; then stacks are folded and drawn.
*/
import {createReadStream} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {type Clock} from '../core/clock.ts';
import {foldCpuProfile} from '../core/cpu-profile.ts';
import {messageOf} from '../core/errors.ts';
import {flameSvg} from '../core/flame-svg.ts';
import {flameTree} from '../core/flame-tree.ts';
import {foldedText, type FoldedStacks} from '../core/folded-stacks.ts';
import {type Host, type Proc} from '../core/host.ts';
import {PerfFolder} from '../core/perf-script.ts';
import {type BenchmarkPlan, type PlannedProc} from '../core/plan.ts';
import {remembered} from '../core/remembered.ts';
import {type BenchmarkContext, type BenchmarkHooks} from './hooks.ts';
import {perfOn, type PerfState} from './perf-state.ts';
import {type RunningProc} from './proc-stack.ts';

export type ProfileOptions = {
	readonly hostOf: (address: string) => Promise<Host>;
	readonly clock: Clock;
	readonly isProfiled: (plan: BenchmarkPlan) => boolean;
	readonly roles: readonly string[];
};

/** Not a divisor of what timers tick at. */
const samplesPerSecond = 499;
const startMs = 10_000;
const endMs = 20_000;
const scriptMs = 120_000;

/** Profiles procs of some roles in each benchmark that wants it. */
export function profileProcs({hostOf, clock, isProfiled, roles}: ProfileOptions): BenchmarkHooks {
	const states = new Map<string, Promise<PerfState>>();
	const told = new Set<string>();
	let recording: Array<{readonly of: RunningProc; readonly perf: Proc}> = [];
	const stateOn = async (address: string): Promise<PerfState> => remembered(states, address, async () => perfOn(await hostOf(address)));

	// Of the benchmark that runs: whose samples perf has in full.
	let recorded = new Set<string>();
	const isWanted = (plan: BenchmarkPlan, proc: PlannedProc) => isProfiled(plan) && roles.includes(proc.role);
	return {
		async adapt(plan) {
			return {...plan, procs: await Promise.all(plan.procs.map(async proc => isWanted(plan, proc) ? {...proc, argv: profiledCommand(proc, await stateOn(proc.host))} : proc))};
		},
		async place(context) {
			recorded = new Set();
			const wanted = context.plan.procs.filter(one => isWanted(context.plan, one));
			for (const proc of wanted) {
				const state = await stateOn(proc.host);
				if (state.kind === 'ready' || told.has(proc.host) || (state.kind === 'missing' && isNode(proc))) {
					continue;
				}

				told.add(proc.host);
				warn(context, `${proc.host}: ${state.message} ${howProfiled(proc)}`);
			}
		},
		holdsClients: plan => plan.procs.some(proc => isWanted(plan, proc)),
		async clientsStart(context) {
			const wanted = context.running.filter(({plan}) => isWanted(context.plan, plan));
			for (const of of wanted) {
				const {plan: {label, host: address}, host, proc} = of;
				if ((await stateOn(address)).kind === 'ready') {
					try {
						const cwd = context.directoryOn(address);
						// Else it copies binaries into the home directory there.
						const argv = ['perf', '--buildid-dir', '/dev/null', 'record', '-q', '-N', '-F', String(samplesPerSecond), '-g', '-o', `${cwd}/${label}.perf.data`, '-p', String(proc.pid)];
						const perf = await host.start({label: `${label}_perf`, argv, env: {}, cwd, stdout: `${cwd}/${label}_perf_out.txt`, stderr: `${cwd}/${label}_perf_err.txt`});
						recording.push({of, perf});
						await untilRecording(host, perf, `${cwd}/${label}.perf.data`);
					} catch (error) {
						warn(context, `${label} is not profiled: ${messageOf(error)}`);
					}
				}
			}
		},
		async clientsEnded(context) {
			await Promise.all(recording.map(async ({of, perf}) => {
				await endRecording(perf);
				try {
					await nameFrames(context, of);
					recorded.add(of.plan.label);
				} catch (error) {
					warn(context, `There is no profile of ${of.plan.label}: ${messageOf(error)}`);
				}
			}));
			recording = [];
		},
		async collect(context, stopped) {
			const wanted = context.plan.procs.filter(proc => isWanted(context.plan, proc));
			if (wanted.length > 0) {
				await stopped;
				await Promise.all(wanted.map(async proc => {
					// What is not profiled has been told of, and what was cut off is none.
					if ((await stateOn(proc.host)).kind === 'ready' ? recorded.has(proc.label) : isNode(proc)) {
						await drawProfile(context, proc.label);
					}
				}));
			}
		},
		async ended(context) {
			await Promise.all(recording.map(async ({perf}) => perf.kill()));
			recording = [];
			// Of what was cut off, the names of frames would stay behind.
			const named = context.running.filter(({plan}) => isWanted(context.plan, plan) && !recorded.has(plan.label));
			await Promise.allSettled([...Map.groupBy(named, ({host}) => host)].map(async ([host, its]) => host.run(['rm', '-f', ...its.map(({proc}) => `/tmp/perf-${proc.pid}.map`)])));
		},
	};

	// On INT, perf writes down what it has.
	async function endRecording(perf: Proc): Promise<void> {
		await perf.signal('SIGINT');
		const waited = new AbortController();
		await Promise.race([perf.exited, clock.sleep(endMs, waited.signal)]);
		waited.abort();
		await perf.kill();
	}
}

/**
Settles when perf has its first words in its file, or has ended. It has then opened its counters, which a thread inherits that starts
later; one that starts between its look at the threads and that moment, such as a JVM's for the first client, would be missed.
*/
async function untilRecording(host: Host, perf: Proc, file: string): Promise<void> {
	const script = 'i=0; while [ ! -s "$1" ] && [ "$i" -lt 160 ] && kill -0 "$2" 2>/dev/null; do i=$((i + 1)); sleep 0.05; done';
	await Promise.race([perf.exited, host.run(['sh', '-c', script, 'sh', file, String(perf.pid)], {timeoutMs: startMs})]);
}

/** How a proc is profiled where perf does not. */
export function howProfiled(proc: PlannedProc): string {
	return isNode(proc) ? 'Node\'s own profiler is used.' : `${proc.label} is not profiled.`;
}

function isNode({argv}: PlannedProc): boolean {
	return path.basename(argv[0] ?? '') === 'node';
}

function isJava({argv}: PlannedProc): boolean {
	return path.basename(argv[0] ?? '') === 'java';
}

function profiledCommand(proc: PlannedProc, {kind}: PerfState): readonly string[] {
	const [program = '', ...rest] = proc.argv;
	if (isNode(proc)) {
		return kind === 'ready'
			? [program, '--perf-basic-prof', '--interpreted-frames-native-stack', '--no-logfile-per-isolate', '--logfile=/dev/null', ...rest]
			: [program, '--cpu-prof', `--cpu-prof-name=${proc.label}.cpuprofile`, ...rest];
	}

	return isJava(proc) && kind === 'ready' ? [program, '-XX:+PreserveFramePointer', ...rest] : proc.argv;
}

/** Turns addresses into names on the host, while the proc whose names they are still runs. */
async function nameFrames(context: BenchmarkContext, {plan, host, proc}: RunningProc): Promise<void> {
	const {label} = plan;
	if (isJava(plan)) {
		const {returnCode, stdout, stderr} = await host.run(['jcmd', String(proc.pid), 'Compiler.perfmap'], {timeoutMs: endMs});
		if (returnCode !== 0 || stdout.includes('Unknown diagnostic command')) {
			warn(context, `The names of ${label}'s compiled code are missing: jcmd ${proc.pid} Compiler.perfmap needs Java 17 or newer (${(stderr || stdout).trim().split('\n').at(-1)}).`);
		}
	}

	const file = `${context.directoryOn(plan.host)}/${label}.perf`;
	const script = 'perf --buildid-dir /dev/null script --no-inline -i "$1.data" -F comm,tid,time,event,ip,sym,dso >"$1.txt"; s=$?; rm -f "/tmp/perf-$2.map"; exit $s';
	const {returnCode, stderr} = await host.run(['sh', '-c', script, 'sh', file, String(proc.pid)], {timeoutMs: scriptMs});
	if (returnCode !== 0) {
		warn(context, `The profile of ${label} could not be read: ${stderr.trim().split('\n').at(-1)}.`);
	}
}

async function drawProfile(context: BenchmarkContext, label: string): Promise<void> {
	const {directory, plan} = context;
	try {
		const {stacks, unit} = await readStacks(directory.file(label));
		if (stacks.size === 0) {
			warn(context, `The profile of ${label} holds no samples.`);
			return;
		}

		await directory.writeFile(`${label}.folded`, foldedText(stacks));
		await directory.writeFile(`${label}.svg`, flameSvg(flameTree(stacks), {title: `${label} of benchmark ${plan.id}`, unit}));
	} catch (error) {
		warn(context, `There is no profile of ${label}: ${messageOf(error)}`);
	}
}

async function readStacks(base: string): Promise<{readonly stacks: FoldedStacks; readonly unit: string}> {
	const text = await readFile(`${base}.cpuprofile`, 'utf8').catch(() => undefined);
	if (text !== undefined) {
		return {stacks: foldCpuProfile(text), unit: 'µs'};
	}

	const folder = new PerfFolder();
	for await (const line of createInterface({input: createReadStream(`${base}.perf.txt`)})) {
		folder.push(line);
	}

	await rm(`${base}.perf.txt`);
	return {stacks: folder.stacks, unit: 'samples'};
}

function warn({plan, emit}: BenchmarkContext, message: string): void {
	emit({type: 'warned', index: plan.index, message});
}
