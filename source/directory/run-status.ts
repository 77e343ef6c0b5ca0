import {type Runner} from '../core/event.ts';
import {type JsonObject} from '../core/json.ts';
import {type RunState} from '../core/state.ts';
import {clientDeadlineMs, type Timing, usualTiming} from '../core/timing.ts';
import {type RunStatus} from './run.ts';
import {isRunnerGone} from './runner-life.ts';

/** A journal that is silent for so long belongs to a runner that is gone: a live one writes a heartbeat every 5 s. */
const journalSilenceMs = 20_000;

// Beyond its clients' own deadline, what a benchmark without heartbeat may need to start, to end and to analyse.
const overheadMs = 60_000;

/** Of a run with a journal. */
export function journaledStatus(state: RunState, now: number): RunStatus {
	return state.outcome ?? statusWithoutEnd({lastAt: state.lastEventAt, runner: state.runner}, now);
}

/** Of a run whose journal has no end: its runner lives, or was cut off. */
export function statusWithoutEnd({lastAt, runner}: {readonly lastAt: number; readonly runner: Runner | undefined}, now: number): RunStatus {
	return now - lastAt > journalSilenceMs || isRunnerGone(runner) ? 'interrupted' : 'running';
}

export type FileSigns = {
	/** Whether stop_time.txt is there. */
	readonly hasStopped: boolean;
	/** Benchmarks that the suite was to run, and those that finished. */
	readonly total: number;
	readonly finished: number;
	/** When something was last written, and when the last benchmark (or the suite) began, epoch ms. */
	readonly writtenAt: number | undefined;
	readonly begunAt: number | undefined;
	/** Of the benchmark that was begun last. */
	readonly lastInput: JsonObject | undefined;
};

/** Of a run without one: the reference harness leaves no sign of life but its files. */
export function statusFromFiles({hasStopped, total, finished, writtenAt, begunAt, lastInput}: FileSigns, now: number): RunStatus {
	if (total > 0 && finished >= total) {
		return 'finished';
	}

	if (hasStopped) {
		return 'failed';
	}

	const patienceMs = clientDeadlineMs(timingOf(lastInput)) + overheadMs;
	const isFresh = (at: number | undefined) => at !== undefined && now - at <= patienceMs;
	return isFresh(writtenAt) && isFresh(begunAt ?? writtenAt) ? 'running' : 'interrupted';
}

function timingOf(input: JsonObject | undefined): Timing {
	try {
		return usualTiming(input);
	} catch {
		// A duration that is none; the usual overhead has to do.
		return usualTiming({});
	}
}
