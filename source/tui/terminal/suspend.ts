/*
Suspending benchdeck's own screen, as any program is suspended: the terminal is given back, the process stops, and `fg`
comes back to a fresh frame.
*/
import process from 'node:process';
import {type SuspendTerminal} from 'ink';

/** Stops this process group and resolves when it goes on. */
export async function suspendProcess(suspendTerminal: SuspendTerminal): Promise<void> {
	await suspendTerminal(async () => {
		const resumed = new Promise<void>(resolve => {
			process.once('SIGCONT', () => {
				resolve();
			});
		});
		process.kill(0, 'SIGTSTP');
		await resumed;
	});
}
