/*
What runs on this machine, for tests of what must not be left.
*/
import fs from 'node:fs';

/** True while a process runs; one that has ended and only waits to be reaped does not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}

	try {
		return fs.readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]?.startsWith('Z') !== true;
	} catch {
		return process.platform !== 'linux';
	}
}

/** The command line of a process, for messages; empty where it has gone. */
export function commandOf(pid: number): string {
	try {
		return fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
	} catch {
		return '';
	}
}

/** The pids of processes whose environment holds a word; needs Linux. */
export function carrying(word: string): readonly number[] {
	return fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).filter(name => {
		try {
			return fs.readFileSync(`/proc/${name}/environ`, 'latin1').includes(word);
		} catch {
			return false;
		}
	}).map(Number).filter(pid => isAlive(pid));
}
