import {spawn} from 'node:child_process';
import process from 'node:process';
import {BenchError} from '../core/errors.ts';
import {type Ask} from '../host/authentication.ts';
import {type RunnerMessage, runnerMessage, type StarterMessage} from './runner-message.ts';

export type RunnerStart = Exclude<RunnerMessage, {readonly type: 'asked'}>;

/**
Starts a runner as a process of its own, in its own session, and waits until its run has begun or could not.

@param words `run` or `resume`, and their arguments.
*/
export async function startRunner(words: readonly string[], ask: Ask): Promise<RunnerStart> {
	const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, 'runner', ...words], {detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
	const {promise, resolve, reject} = Promise.withResolvers<RunnerStart>();
	child.on('error', error => {
		reject(new BenchError('usage', `The runner could not be started: ${error.message}.`, {cause: error}));
	});
	child.on('exit', (code, signal) => {
		reject(new BenchError('usage', `The runner ended before its run began (${signal ?? `return code ${code}`}).`));
	});
	child.on('message', said => {
		const parsed = runnerMessage.safeParse(said);
		if (!parsed.success) {
			return;
		}

		if (parsed.data.type === 'asked') {
			void answer(parsed.data.text);
		} else {
			resolve(parsed.data);
		}
	});
	// Ctrl-C now means that the run is not wanted; the runner has another session and does not hear it.
	const cancel = () => {
		child.kill('SIGTERM');
	};

	process.once('SIGINT', cancel);
	try {
		return await promise;
	} finally {
		process.off('SIGINT', cancel);
		if (child.connected) {
			child.disconnect();
		}

		child.unref();
	}

	async function answer(question: string): Promise<void> {
		try {
			child.send({type: 'answered', text: await ask(question)} satisfies StarterMessage);
		} catch {
			child.kill('SIGTERM');
		}
	}
}
