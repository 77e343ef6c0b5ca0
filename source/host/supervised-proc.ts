/*
A proc as the controller's end knows it, from the line that asks for it to the one that tells its end: TERM and, later, KILL
are sent to it, and a shell's word for its status becomes a return code.
*/
import {type Proc, type ProcExit, type ProcSpec, type Signal} from '../core/host.ts';

/** TERM, then this long, then KILL. */
const defaultGraceMs = 2000;
// What KILL does not end hangs in the kernel; nobody waits for it longer.
const killedMs = 5000;

export type Running = {
	readonly spec: ProcSpec;
	readonly started: PromiseWithResolvers<Proc>;
	readonly exited: PromiseWithResolvers<ProcExit>;
	pid: number;
	ended: boolean;
	gone: boolean;
	/** How the shell tells its end in words. */
	told?: string;
	/** Nobody waits for its start any more. */
	isLate?: boolean;
};

export type ProcCalls = {
	/** Sends a signal to its group, unless it has gone. */
	readonly signal: (name: Signal) => Promise<void>;
	/** It has ended, or nobody waits for its end any more. */
	readonly release: () => void;
};

/** The proc that whoever asked for it gets, once its pid is known. */
export function procOf(running: Running, {signal, release}: ProcCalls): Proc {
	let killing: Promise<ProcExit> | undefined;
	return {
		label: running.spec.label,
		pid: running.pid,
		startedAt: Date.now(),
		exited: running.exited.promise,
		signal,
		async kill(graceMs = defaultGraceMs) {
			killing ??= endProc(running, signal, graceMs);
			const exit = await killing;
			release();
			return exit;
		},
	};
}

/**
A shell says 128 + n of a proc that signal n ended, as of one that chose that number; its words for the latter hold the number.
It says 127, too, where its `wait` was interrupted and it has forgotten the rest.
*/
export function returnCodeOf(status: number, told = ''): number {
	const chosen = /\d+(?=\)?$)/.exec(told)?.[0];
	if (chosen === '127' || chosen === String(status)) {
		return Number(chosen);
	}

	return status > 128 && status <= 192 ? 128 - status : status;
}

async function endProc(running: Running, signal: (name: Signal) => Promise<void>, graceMs: number): Promise<ProcExit> {
	if (!running.gone) {
		running.ended = true;
		await signal('SIGTERM');
		const timer = setTimeout(() => {
			void signal('SIGKILL');
		}, graceMs);
		const givenUp = setTimeout(() => {
			running.exited.resolve({returnCode: undefined, ended: true, at: Date.now()});
		}, graceMs + killedMs);
		await running.exited.promise;
		clearTimeout(timer);
		clearTimeout(givenUp);
	}

	return running.exited.promise;
}
