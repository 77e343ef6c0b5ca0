/*
Giving the terminal away for a while: to an editor, or to the shell where benchdeck itself is suspended as any program is.
Whoever had it last, what comes back is a fresh frame.
*/
import process from 'node:process';
import {setImmediate as immediate} from 'node:timers/promises';
import {type SuspendTerminal} from 'ink';

/** Gives the terminal to somebody else while they work, and takes it back. */
export async function lendTerminal(suspendTerminal: SuspendTerminal, work: () => Promise<void>): Promise<void> {
	await suspendTerminal(async () => {
		// Ink no longer listens, but Node goes on reading, and would take from the other what is typed next. A pause ends that, once
		// the stream knows that nobody listens.
		await immediate();
		process.stdin.pause();
		await immediate();
		await work();
	});
}

/** Stops this process group and resolves when it goes on. */
export async function suspendProcess(suspendTerminal: SuspendTerminal): Promise<void> {
	await lendTerminal(suspendTerminal, async () => {
		const resumed = new Promise<void>(resolve => {
			process.once('SIGCONT', () => {
				resolve();
			});
		});
		process.kill(0, 'SIGTSTP');
		await resumed;
	});
}
