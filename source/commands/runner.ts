/*
The runner as a process of its own: `benchdeck runner run …`, started by `run` and `resume` on a terminal, never by a person.
It has no terminal and no streams; once the run has begun it depends on nobody.
*/
import fs from 'node:fs';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {RunControl} from '../runner/run-control.ts';
import {carryOut, type Undertaking} from './carry-out.ts';
import {exitCodes} from './run-outcome.ts';
import {type RunnerMessage, starterMessage} from './runner-message.ts';

/** Carries out what the words of a command ask for, and tells its starter of the beginning. */
export async function runnerCommand([name, ...argv]: readonly string[]): Promise<number> {
	const notes: string[] = [];
	let directory: string | undefined;
	const control = new RunControl();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			control.stop(`${signal}: ending the benchmark and its processes.`);
		});
	}

	// A lost login is none of its business.
	process.on('SIGHUP', () => undefined);
	process.on('uncaughtExceptionMonitor', error => {
		keep(directory, error.stack ?? error.message);
	});
	try {
		const undertaking = await undertakingOf(name, argv);
		if ('help' in undertaking) {
			await tell({type: 'ended', code: 0, stdout: undertaking.help, stderr: ''});
			return 0;
		}

		const outcome = await carryOut(undertaking, {
			control,
			// A screen is open once the run has begun; until then the terminal that started it is asked.
			ask: async text => directory === undefined ? ask(text) : control.ask(text),
			note(text) {
				notes.push(text);
				keep(directory, text);
			},
			emit(event) {
				if (event.type === 'suite-started' || event.type === 'suite-resumed') {
					directory = event.type === 'suite-started' ? event.directory : undertaking.resumed?.directory;
					void tell({type: 'started', directory: directory ?? '', notes: [...undertaking.prepared.notes, ...notes]});
				}
			},
		});
		return exitCodes[outcome];
	} catch (error) {
		const isExpected = error instanceof BenchError;
		const text = isExpected ? error.message : `${error instanceof Error ? error.stack ?? error.message : messageOf(error)}\nThis is a bug in benchdeck.`;
		keep(directory, text);
		const code = isExpected ? (error.code === 'canceled' ? 130 : 2) : 70;
		await tell({type: 'ended', code, stdout: '', stderr: `${text}\n`});
		return code;
	}
}

async function undertakingOf(name: string | undefined, argv: readonly string[]): Promise<Undertaking | {readonly help: string}> {
	if (name === 'resume') {
		const {prepareResume} = await import('./resume.ts');
		return prepareResume(argv);
	}

	const {prepareRun} = await import('./run.ts');
	return prepareRun(argv);
}

/** Says something to the starter, if it is still there; the beginning is the last that it hears. */
async function tell(message: RunnerMessage): Promise<void> {
	if (!process.connected || !process.send) {
		return;
	}

	const {promise, resolve} = Promise.withResolvers<void>();
	process.send(message, undefined, {}, () => {
		resolve();
	});
	await promise;
	if (message.type !== 'asked' && process.connected) {
		process.disconnect();
	}
}

async function ask(text: string): Promise<string> {
	if (!process.connected) {
		throw new BenchError('host', `${text} There is nobody to answer any more; add the key to the agent (ssh-add).`);
	}

	const answered = Promise.withResolvers<string>();
	const gone = () => {
		answered.reject(new BenchError('host', 'Nobody answered the question for a passphrase.'));
	};

	process.once('message', said => {
		const parsed = starterMessage.safeParse(said);
		if (parsed.success) {
			answered.resolve(parsed.data.text);
		} else {
			gone();
		}
	});
	process.once('disconnect', gone);
	await tell({type: 'asked', text});
	try {
		return await answered.promise;
	} finally {
		process.off('disconnect', gone);
	}
}

// What nobody hears is kept beside the run.
function keep(directory: string | undefined, text: string): void {
	if (directory === undefined) {
		return;
	}

	try {
		fs.appendFileSync(path.join(directory, 'runner_err.txt'), `${text}\n`);
	} catch {
		// The disk that refuses this has said so in the journal, or cannot.
	}
}
