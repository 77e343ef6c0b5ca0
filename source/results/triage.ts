/*
Triage: why a benchmark failed, the way a person would find out. Which process died first and why, what is known of that
cause, what the others said in that second, and the command to try by hand.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {findCause, type FoundCause, type KnownCause} from '../core/diagnosis.ts';
import {type Failure} from '../core/event.ts';
import {signalName} from '../core/host.ts';
import {compareNaturally} from '../core/natural-order.ts';
import {type BenchmarkState} from '../core/state.ts';
import {type Run, type RunBenchmark} from '../directory/run.ts';
import {type SaidLine, saidAround} from './around.ts';
import {hostOffsets} from './benchmark-view.ts';
import {readHead} from './read-head.ts';
import {pasteCommand} from './paste-command.ts';

export type Triage = {
	/** `001`. */
	readonly id: string;
	readonly kind: Failure['kind'];
	/** One sentence: what ended the benchmark. */
	readonly message: string;
	/** The proc that died first, that hung, or that left no data; undefined where none did. */
	readonly first: FirstProc | undefined;
	readonly cause: FoundCause | undefined;
	/** What was collected from procs that hung or died. */
	readonly evidence: ReadonlyArray<{readonly label: string; /** Relative to the suite directory. */ readonly file: string; readonly lines: readonly string[]}>;
	/** What other procs said around the moment it died, by time where they tell it. */
	readonly others: readonly SaidLine[];
	/** The command of the first proc, without redirects; undefined where its file is lost. */
	readonly command: {readonly file: string; readonly line: string} | undefined;
};

/** What the first proc is to a failure. */
export function firstWord(kind: Failure['kind']): 'Died first' | 'Waited for' | 'Recorded by' {
	if (kind === 'no-data') {
		return 'Recorded by';
	}

	return kind === 'timed-out' || kind === 'not-ready' ? 'Waited for' : 'Died first';
}

export type FirstProc = {
	readonly label: string;
	readonly host: string | undefined;
	readonly returnCode: number | undefined;
	/** `SIGKILL`. */
	readonly signal: string | undefined;
	/** Epoch ms. */
	readonly diedAt: number | undefined;
	/** The last lines of its stderr, or of its stdout. */
	readonly lines: readonly string[];
};

type TriageOptions = {
	/** A person's own, which come before the known ones. */
	readonly causes?: readonly KnownCause[] | undefined;
};

const maxOthers = 8;
const linesEach = 2;
// Of a hundred procs, the logs of so many are asked.
const maxAsked = 40;
const evidenceLines = 40;

/** The triage of a run's failed benchmarks, in their order. Reads pieces of logs only; never rejects for what is missing. */
export async function triageRun(run: Run, options: TriageOptions = {}): Promise<readonly Triage[]> {
	const triages: Triage[] = [];
	const failed = run.benchmarks.filter(({status}) => status === 'failed');
	for (const benchmark of failed) {
		triages.push(await triageBenchmark(run, benchmark, options));
	}

	return triages;
}

/** The triage of one failed benchmark. */
export async function triageBenchmark(run: Run, benchmark: RunBenchmark, {causes = []}: TriageOptions = {}): Promise<Triage> {
	const {id, failure = {kind: 'no-data', message: 'It gave no results, and nothing says why.'}} = benchmark;
	const state = run.state?.benchmarks.find(({index}) => index === benchmark.index);
	const first = await firstProc(benchmark, failure, state);
	const evidence = await readEvidence(benchmark);
	const cause =
		findCause(first?.lines ?? [], causes)
		?? findCause(first?.lines ?? [])
		?? hangCause(
			failure,
			evidence.map(({file}) => file),
		)
		?? (failure.hint === undefined ? undefined : {name: failure.kind, remedy: failure.hint, line: undefined});
	return {
		id, kind: failure.kind, message: failure.message, first, cause, evidence,
		others: await othersSaid(run, benchmark, first, state),
		command: first && commandOf(benchmark, first.label),
	};
}

async function firstProc(benchmark: RunBenchmark, failure: Failure, state: BenchmarkState | undefined): Promise<FirstProc | undefined> {
	const dead = (state?.procs ?? []).filter(({exitedAt, ended}) => exitedAt !== undefined && ended !== true).toSorted((one, other) => one.exitedAt! - other.exitedAt!);
	const label = failure.label ?? dead.find(({returnCode}) => returnCode !== 0)?.label;
	if (label === undefined) {
		return undefined;
	}

	const proc = state?.procs.find(found => found.label === label);
	const returnCode = failure.returnCode ?? proc?.returnCode ?? benchmark.processes.find(found => found.label === label)?.returncode;
	return {
		label,
		host: failure.host ?? proc?.host,
		returnCode,
		signal: returnCode === undefined ? undefined : signalName(returnCode),
		diedAt: proc?.exitedAt ?? await lastWordAt(benchmark, label),
		lines: failure.lines ?? [],
	};
}

// A harness keeps no time of death; its last words are about as old. A copied directory's times tell nothing.
async function lastWordAt({path: directory, startedAt, stoppedAt}: RunBenchmark, label: string): Promise<number | undefined> {
	if (directory === undefined || startedAt === undefined || stoppedAt === undefined) {
		return undefined;
	}

	const stats = await Promise.all(['err', 'out'].map(async stream => fs.stat(path.join(directory, `${label}_${stream}.txt`)).catch(() => undefined)));
	const at = Math.max(...stats.map(found => found?.mtimeMs ?? 0));
	return at >= startedAt && at <= stoppedAt + 1000 ? at : undefined;
}

function hangCause({kind, label}: Failure, files: readonly string[]): FoundCause | undefined {
	if (kind !== 'timed-out' && kind !== 'not-ready') {
		return undefined;
	}

	const where = files.length === 0 ? 'nothing was collected of what it was doing' : `what it was doing then is in ${files.join(', ')}`;
	return {name: 'hang', remedy: `${label ?? 'A process'} ${kind === 'timed-out' ? 'did not end' : 'was not ready'} in time; ${where}.`, line: undefined};
}

async function readEvidence({path: directory, id}: RunBenchmark): Promise<Triage['evidence']> {
	const names = directory === undefined ? [] : await fs.readdir(directory).catch(() => []);
	const files = names.filter(name => name.endsWith('_evidence.txt')).toSorted(compareNaturally);
	return Promise.all(files.map(async name => ({label: name.replace(/_evidence\.txt$/, ''), file: `${id}/${name}`, lines: await readHead(path.join(directory!, name), evidenceLines)})));
}

async function othersSaid(run: Run, benchmark: RunBenchmark, first: FirstProc | undefined, state: BenchmarkState | undefined): Promise<readonly SaidLine[]> {
	const {path: directory} = benchmark;
	if (directory === undefined) {
		return [];
	}

	const labels = benchmark.processes.map(({label}) => label).filter(label => label !== first?.label).slice(0, maxAsked);
	const offsets = await hostOffsets(run.path);
	const said = await Promise.all(labels.flatMap(label => (['err', 'out'] as const).map(async stream => {
		const host = state?.procs.find(proc => proc.label === label)?.host;
		const offsetMinutes = host === undefined ? undefined : offsets.get(host);
		const context = {startedAt: benchmark.startedAt ?? run.startedAt ?? 0, endedAt: benchmark.stoppedAt, ...(offsetMinutes !== undefined && {offsetMinutes})};
		return saidAround(path.join(directory, `${label}_${stream}.txt`), {label, stream}, first?.diedAt, context, linesEach);
	})));
	const all = said.flat();
	// Errors first where there are too many; then by time.
	const chosen = all.toSorted((one, other) => Number(other.isError) - Number(one.isError)).slice(0, maxOthers);
	return chosen.toSorted((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity) || 0);
}

function commandOf({id, processes}: RunBenchmark, label: string): Triage['command'] {
	const command = processes.find(process => process.label === label)?.command;
	return command === undefined ? undefined : {file: `${id}/${label}_cmd.txt`, line: pasteCommand(command)};
}
