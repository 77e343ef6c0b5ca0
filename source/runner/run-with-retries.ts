/*
A benchmark until it has finished or is given up: lost hosts are waited for, attempts are put aside and made again.
*/
import {printSeconds} from '../core/duration.ts';
import {type Failure} from '../core/event.ts';
import {benchmarkId} from '../core/benchmark-id.ts';
import {reasonToRetry} from './policy.ts';
import {runAttempt} from './run-attempt.ts';
import {planOf, type Session} from './session.ts';

/** `unreachable`: it failed without having begun, for a host that it needs is gone. */
export type BenchmarkEnd = 'finished' | 'failed' | 'skipped' | 'unreachable' | 'interrupted';

// A host that was given up may be back; who needs it asks it once more.
const quickMs = 5000;

/** Runs a benchmark; its last event is `benchmark-finished` or `benchmark-failed`, save where the run was interrupted. */
export async function runWithRetries(session: Session, index: number): Promise<BenchmarkEnd> {
	const {env, policy, directory, hosts, signal, emit} = session;
	const id = benchmarkId(index);
	const needed = [...new Set(planOf(session.run, env, index, directory.path).procs.map(({host}) => host))];
	const tries = {lost: 0, crashed: 0};
	const missing = await hosts.regain(needed, quickMs, signal);
	if (missing.length > 0 && !signal.aborted) {
		giveUp(unreachable(missing), 0);
		return 'unreachable';
	}

	await setEarlierAside();
	for (let attempt = (session.state().benchmarks[index - 1]?.attempt ?? 0) + 1; ; attempt++) {
		if (signal.aborted) {
			return 'interrupted';
		}

		const end = await runAttempt(session, index, attempt);
		if (end.kind !== 'failed') {
			return end.kind;
		}

		const {failure, durationMs} = end;
		const gone = failure.kind === 'host-lost' ? await hosts.regain(needed, policy.hostWaitMs, signal) : [];
		const reason = gone.length === 0 ? reasonToRetry(failure, tries, policy) : undefined;
		if (signal.aborted || reason === undefined) {
			giveUp(gone.length === 0 ? failure : {...failure, message: `${failure.message} ${waitedFor(gone)}`}, durationMs);
			return failure.kind === 'skipped' ? 'skipped' : 'failed';
		}

		tries[failure.kind === 'host-lost' ? 'lost' : 'crashed']++;
		emit({type: 'attempt-discarded', index, id, attempt, directory: await directory.setAside(id, attempt), message: reason, failure, durationMs});
	}

	/** What a resumed run finds of the benchmark. */
	async function setEarlierAside(): Promise<void> {
		const earlier = session.state().benchmarks[index - 1];
		if (earlier && earlier.attempt > 0) {
			const {attempt, failure, durationMs} = earlier;
			emit({
				type: 'attempt-discarded', index, id, attempt, directory: await directory.setAside(id, attempt),
				message: failure ? 'It had failed; the run was resumed.' : 'It was cut off; the run was resumed.',
				...(failure && {failure}), ...(durationMs !== undefined && {durationMs}),
			});
		}
	}

	function giveUp(failure: Failure, durationMs: number): void {
		emit({type: 'benchmark-failed', index, id, durationMs, failure});
	}

	function waitedFor(gone: readonly string[]): string {
		return `${gone.join(', ')} did not come back within ${printSeconds(policy.hostWaitMs)} (--host-wait).`;
	}
}

function unreachable(missing: readonly string[]): Failure {
	return {kind: 'host-lost', host: missing[0]!, message: `it needs ${missing.join(', ')}, which cannot be reached; it was not begun.`};
}
