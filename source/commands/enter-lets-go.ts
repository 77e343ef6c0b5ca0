/*
Enter on the terminal of a plain run lets go of what --hold keeps. Only a process in the foreground may read from there: in the
background the terminal would stop it, and with it the lease of everything that is held.
*/
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import process from 'node:process';

/** Calls back at the next Enter; returns what ends the waiting, or undefined where nobody can press it. */
export async function onEnter(pressed: () => void): Promise<(() => void) | undefined> {
	const {stdin} = process;
	if (!stdin.isTTY || !await isInForeground()) {
		return undefined;
	}

	stdin.resume();
	stdin.once('data', pressed);
	return () => {
		stdin.off('data', pressed);
		stdin.pause();
	};
}

async function isInForeground(): Promise<boolean> {
	try {
		const {stdout} = await promisify(execFile)('ps', ['-o', 'pgid=,tpgid=', '-p', String(process.pid)], {timeout: 5000});
		const [group, foreground] = stdout.trim().split(/\s+/, 2);
		return group !== undefined && group === foreground;
	} catch {
		return false;
	}
}
