/*
What runs on this machine, for tests of what must not be left.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';

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

/** Waits for a condition; fails, saying what never came, after a generous time. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, deadlineMs = 60_000): Promise<void> {
	for (const from = performance.now(); performance.now() - from < deadlineMs;) {
		if (await condition()) {
			return;
		}

		await pause(20);
	}

	assert.fail(`never: ${what}`);
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
