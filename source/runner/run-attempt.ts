/*
One attempt of one benchmark: its directory, its procs, its row. The row is on the disk before the benchmark counts as
finished.
*/
import {outputGroup} from '../core/columns.ts';
import {type KnownCause, remedyFor} from '../core/diagnosis.ts';
import {printSeconds} from '../core/duration.ts';
import {messageOf} from '../core/errors.ts';
import {type Failure} from '../core/event.ts';
import {groupOf} from '../core/field.ts';
import {type JsonObject} from '../core/json.ts';
import {benchmarkId} from '../core/benchmark-id.ts';
import {columnsOf, jsonText, reprOf} from '../core/print-input.ts';
import {summaryText} from '../core/summary.ts';
import {type BenchmarkDirectory} from '../directory/benchmark-directory.ts';
import {type BenchmarkResult} from './collect-output.ts';
import {BenchmarkFailure} from './failure.ts';
import {runBenchmark} from './run-benchmark.ts';
import {directoryOn, planOf, type Session} from './session.ts';

export type AttemptEnd =
	| {readonly kind: 'finished'}
	| {readonly kind: 'failed'; readonly failure: Failure; readonly durationMs: number}
	| {readonly kind: 'interrupted'};

/** Runs a benchmark once; `benchmark-finished` is emitted, a failure is handed back. */
export async function runAttempt(session: Session, index: number, attempt: number): Promise<AttemptEnd> {
	const {run: {suite, inputs}, env, policy, directory, hosts, control, emit} = session;
	const {clock} = env;
	const id = benchmarkId(index);
	const input = inputs[index - 1]!;
	const startedAt = clock.now();
	const durationMs = () => Math.round(clock.now() - startedAt);
	emit({type: 'benchmark-started', index, id, attempt});
	const benchmark = await directory.benchmark(id);
	const inputGroup = groupOf(suite.protocol.input);
	await Promise.all([benchmark.writeInput(jsonText(inputGroup, input), reprOf(inputGroup, input)), benchmark.writeStartTime(startedAt)]);

	const plan = planOf(session.run, env, index, directory.path);
	const needed = new Set(plan.procs.map(({host}) => host));
	const abort = new AbortController();
	const over = new AbortController();
	let isGathered = false;
	const unwatch = hosts.onLost(failure => {
		// What has come to this machine whole is not lost with the host.
		if (!isGathered && needed.has(failure.failure.host ?? '')) {
			abort.abort(failure);
		}
	});
	control.begin(id, abort);
	void boundTime();
	try {
		const result = await runBenchmark({
			plan,
			output: suite.protocol.output,
			suite: session.run.title,
			directory: benchmark,
			directoryOn: host => directoryOn(env, host, benchmark.path),
			env: {
				...env,
				hostOf: hosts.hostOf,
				signal: AbortSignal.any([session.signal, abort.signal]),
				emit(event) {
					isGathered ||= event.type === 'phase-entered' && event.phase === 'analysing';
					emit(event);
				},
			},
			commandLine: session.run.commandLine,
			onContext(context) {
				control.show(context);
			},
			...(policy.hold && {hold: async (failure, labels) => hold(failure, labels)}),
		});
		const stoppedAt = clock.now();
		const summary = summaryOf(session.run, input, result.output);
		const [cells] = await Promise.all([writeRow(session, index, {result, benchmark}), benchmark.writeStopTime(stoppedAt)]);
		emit({type: 'benchmark-finished', index, id, durationMs: durationMs(), summary, output: finiteOutput(result.output), cells});
		return {kind: 'finished'};
	} catch (error) {
		await benchmark.writeStopTime(clock.now());
		if (session.signal.aborted) {
			return {kind: 'interrupted'};
		}

		if (!(error instanceof BenchmarkFailure)) {
			throw error;
		}

		return {kind: 'failed', failure: withoutUndefined(withHint(error.failure, session.env.causes ?? [])), durationMs: durationMs()};
	} finally {
		over.abort();
		unwatch();
		control.end();
	}

	async function boundTime(): Promise<void> {
		const {benchmarkTimeoutMs} = policy;
		if (benchmarkTimeoutMs !== undefined) {
			await clock.sleep(benchmarkTimeoutMs, over.signal);
			if (!over.signal.aborted) {
				abort.abort(new BenchmarkFailure({kind: 'timed-out', message: `it took longer than ${printSeconds(benchmarkTimeoutMs)} (--benchmark-timeout).`}));
			}
		}
	}

	async function hold(failure: Failure, labels: readonly string[]): Promise<void> {
		if (failure.kind === 'skipped' || failure.kind === 'host-lost') {
			return;
		}

		over.abort();
		emit({type: 'held', index, id, labels, message: `${labels.join(', ')} of benchmark ${id} ${labels.length === 1 ? 'is' : 'are'} held until you let go: ${failure.message}`});
		await control.hold();
		emit({type: 'let-go', index});
	}
}

// Its functions are a person's own; what failed has no row.
function summaryOf({suite, title}: Session['run'], input: JsonObject, output: JsonObject): string {
	try {
		return summaryText(suite, input, output);
	} catch (error) {
		throw new BenchmarkFailure({kind: 'analysis-failed', message: `the summary of suite ${title} failed: ${messageOf(error).replace(/\.$/, '')}.`});
	}
}

type Finished = {readonly result: BenchmarkResult; readonly benchmark: BenchmarkDirectory};

async function writeRow({run: {suite, inputs}, rows}: Session, index: number, {result, benchmark}: Finished): Promise<readonly string[]> {
	const named = new Map([...columnsOf(groupOf(suite.protocol.input), inputs[index - 1]!), ...columnsOf(outputGroup(suite.protocol.output), result.output)]);
	const cells = rows.columns.map(name => named.get(name) ?? '');
	await rows.add(index, cells);
	await benchmark.removeFiles(suite.protocol.output.kind === 'recorder' ? result.disposable : []);
	return cells;
}

// JSON has no nan.
function finiteOutput(output: JsonObject): JsonObject {
	return JSON.parse(JSON.stringify(output), (_key, value: unknown) => value) as JsonObject;
}

/** The failure with what a person knows of its cause. */
function withHint(failure: Failure, causes: readonly KnownCause[]): Failure {
	return {...failure, hint: remedyFor(failure.lines ?? [], causes) ?? failure.hint};
}

function withoutUndefined(failure: Failure): Failure {
	return Object.fromEntries(Object.entries(failure).filter(([, value]) => value !== undefined)) as Failure;
}
