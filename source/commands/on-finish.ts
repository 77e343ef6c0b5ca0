import {spawn} from 'node:child_process';
import {type RunState} from '../core/state.ts';
import {selectProgress} from '../core/selectors.ts';

/**
Runs `--on-finish`'s command, with what the run came to in its environment.

@returns A note where it failed.
*/
export async function runOnFinish(command: string, state: RunState): Promise<string | undefined> {
	const {total, finished, failed} = selectProgress(state);
	// What it prints is narration: stdout may be a stream of events.
	const child = spawn('sh', ['-c', command], {
		stdio: ['ignore', 2, 2],
		env: {
			...process.env,
			BENCHDECK_RUN: state.directory,
			BENCHDECK_OUTCOME: state.outcome ?? 'failed',
			BENCHDECK_SUITE: state.suite,
			BENCHDECK_TOTAL: String(total),
			BENCHDECK_FINISHED: String(finished),
			BENCHDECK_FAILED: String(failed),
		},
	});
	const {promise, resolve} = Promise.withResolvers<string | undefined>();
	child.on('error', error => {
		resolve(`--on-finish could not be run: ${error.message}.`);
	});
	child.on('exit', (code, signal) => {
		resolve(code === 0 ? undefined : `--on-finish ended with ${signal ?? `return code ${code}`}: ${command}`);
	});
	return promise;
}
