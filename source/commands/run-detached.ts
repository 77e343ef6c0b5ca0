/*
A run on a terminal: its runner is a process of its own, and this one only watches it.
*/
import process from 'node:process';
import {askHidden} from './ask-hidden.ts';
import {printableTo} from './printable.ts';
import {screenSettings} from './screen-settings.ts';
import {watchRun} from './watch-run.ts';
import {startRunner} from './start-runner.ts';

/**
Starts the runner and opens the console on its run.

@param words `run` or `resume`, and their arguments.
@returns The exit code.
*/
export async function runDetached(words: readonly string[]): Promise<number> {
	// Loading the screen takes as long as a runner takes to begin.
	const loading = import('../tui/open-console.ts').then(async ({loadConsole}) => loadConsole()).catch(() => undefined);
	const settings = screenSettings(words);
	const start = await startRunner(words, askHidden);
	const stderr = printableTo(process.stderr);
	if (start.type === 'ended') {
		process.stdout.write(start.stdout);
		stderr.write(start.stderr);
		return start.code;
	}

	for (const note of start.notes) {
		stderr.write(`${note}\n`);
	}

	await loading;
	return watchRun(start.directory, {role: 'started', ...settings});
}
