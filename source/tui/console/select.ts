/*
What the console shows of a run's state: which benchmark, which processes in which order, and in what words.
*/
import path from 'node:path';
import {type Json, type JsonObject} from '../../core/json.ts';
import {selectRunning} from '../../core/selectors.ts';
import {type BenchmarkState, type ProcState, type RunState} from '../../core/state.ts';
import {shortNumber, shortTime} from '../text/quantity.ts';

/** The benchmark on the screen: the chosen one, else the one that runs, else the last that did. */
export function shownBenchmark(state: RunState, chosen: number | undefined): BenchmarkState | undefined {
	if (chosen !== undefined) {
		return state.benchmarks[chosen - 1];
	}

	const begun = state.benchmarks.filter(({startedAt}) => startedAt !== undefined).toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
	return selectRunning(state) ?? begun.at(-1) ?? state.benchmarks[(state.selected[0] ?? 1) - 1];
}

export type ProcStatus = 'running' | 'ended' | 'died' | 'unknown' | 'later';

/** What a process is doing at a time; one that ended by itself with a code other than zero has died. */
export function procStatus(proc: ProcState, benchmark: BenchmarkState, at = Infinity): ProcStatus {
	if (proc.startedAt > at) {
		return 'later';
	}

	if (proc.exitedAt === undefined || proc.exitedAt > at) {
		return 'running';
	}

	const isBlamed = benchmark.failure?.label === proc.label && benchmark.failure.kind === 'proc-died';
	if (isBlamed || (proc.ended !== true && proc.returnCode !== 0)) {
		return 'died';
	}

	return proc.returnCode === undefined ? 'unknown' : 'ended';
}

/** The processes as they are shown: who died first, then in the order of the plan. */
export function orderedProcs(benchmark: BenchmarkState | undefined, at?: number): readonly ProcState[] {
	if (!benchmark) {
		return [];
	}

	const died = benchmark.procs.filter(proc => procStatus(proc, benchmark, at) === 'died')
		.toSorted((one, other) => Number(other.label === benchmark.failure?.label) - Number(one.label === benchmark.failure?.label) || (one.exitedAt ?? 0) - (other.exitedAt ?? 0));
	return died.length === 0 ? benchmark.procs : [...died, ...benchmark.procs.filter(proc => !died.includes(proc))];
}

/** `running`, `exit 1`, `SIGKILL`: how a process stands, in words. */
export function procWords(proc: ProcState, status: ProcStatus): string {
	switch (status) {
		case 'running': {
			return 'running';
		}

		case 'later': {
			return 'not yet';
		}

		case 'unknown': {
			return 'end unknown';
		}

		case 'ended':
		case 'died': {
			const code = proc.returnCode;
			return code === undefined ? 'gone' : (code < 0 ? `signal ${-code}` : `exit ${code}`);
		}
	}
}

/** How long a process has run at a time, or did. */
export function uptime(proc: ProcState, now: number): string {
	return shortTime(Math.min(now, proc.exitedAt ?? now) - proc.startedAt);
}

const flatCache = new WeakMap<JsonObject, ReadonlyMap<string, Json>>();

/** The leaves of an input or output by their dotted names. */
export function leavesOf(value: JsonObject): ReadonlyMap<string, Json> {
	const known = flatCache.get(value);
	if (known) {
		return known;
	}

	const leaves = new Map<string, Json>();
	const walk = (object: JsonObject, prefix: string) => {
		for (const [key, inner] of Object.entries(object)) {
			if (isGroup(inner)) {
				walk(inner, `${prefix}${key}.`);
			} else {
				leaves.set(prefix + key, inner);
			}
		}
	};

	walk(value, '');
	flatCache.set(value, leaves);
	return leaves;
}

function isGroup(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parameters in which the selected benchmarks differ, by their dotted names. */
export function differingParameters(state: Pick<RunState, 'benchmarks' | 'selected'>): readonly string[] {
	const inputs = state.selected.flatMap(index => state.benchmarks[index - 1] ?? []).map(({input}) => leavesOf(input));
	const names = new Set(inputs.flatMap(leaves => [...leaves.keys()]));
	return [...names].filter(name => new Set(inputs.map(leaves => JSON.stringify(leaves.get(name)))).size > 1);
}

/** Names shortened to what tells them apart: `workload.size_mean` → `size_mean`. */
export function shortNames(names: readonly string[]): readonly string[] {
	const last = (name: string) => name.slice(name.lastIndexOf('.') + 1);
	return names.map(name => (names.filter(other => last(other) === last(name)).length > 1 ? name : last(name)));
}

/** A leaf as a cell of a table shows it. */
export function cellText(value: Json | undefined): string {
	if (value === undefined || value === null) {
		return '';
	}

	return typeof value === 'number' ? shortNumber(value) : (typeof value === 'string' ? value : JSON.stringify(value));
}

/** The median latency and the throughput of an output, of the first label that has any. */
export function headline(output: JsonObject | undefined): {readonly latencyMs?: number; readonly throughput?: number} {
	const leaves = output ? [...leavesOf(output)] : [];
	const find = (ending: string) => {
		const found = leaves.find(([name, value]) => (name === ending || name.endsWith(`.${ending}`)) && typeof value === 'number' && value >= 0)?.[1];
		return typeof found === 'number' ? found : undefined;
	};

	return {latencyMs: find('latency.median_ms'), throughput: find('start_throughput_1s.p90')};
}

/** `local`, from the path of the cluster file. */
export function clusterName(args: JsonObject): string | undefined {
	const {cluster} = args;
	return typeof cluster === 'string' && cluster !== '' ? path.basename(cluster).replace(/\.json$/, '') : undefined;
}

/** What a benchmark was doing at a time: the phase, when it began, and how long it is expected to take. */
export function phaseAt(benchmark: BenchmarkState, at: number | undefined): {readonly phase: string; readonly sinceMs: number; readonly expectedMs?: number} | undefined {
	if (at === undefined) {
		return benchmark.phase === undefined ? undefined : {phase: benchmark.phase, sinceMs: benchmark.phaseAt ?? 0, expectedMs: benchmark.phaseMs};
	}

	const entered = benchmark.phases.findLast(phase => phase.at <= at);
	return entered && {phase: entered.phase, sinceMs: entered.at};
}

/** `warming-up` as words. */
export function phaseWords(phase: string): string {
	return phase.replaceAll('-', ' ');
}

/** What a running benchmark does, `measuring`, and of an analysis how far it is: `analysing 62 %`. */
export function phaseNow({phase, analysis}: BenchmarkState): string {
	const isReading = phase === 'analysing' && analysis !== undefined && analysis.bytes < analysis.totalBytes;
	return `${phaseWords(phase ?? '')}${isReading ? ` ${Math.floor(analysis.bytes / analysis.totalBytes * 100)} %` : ''}`;
}
