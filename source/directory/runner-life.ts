import os from 'node:os';
import process from 'node:process';
import {type Runner} from '../core/event.ts';

/** Whether a runner is known to have ended: it ran on this machine, and there is no process of its number any more. */
export function isRunnerGone(runner: Runner | undefined): boolean {
	return runner?.hostname === os.hostname() && !isAlive(runner.pid);
}

/** Whether this machine has a process of a number. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
