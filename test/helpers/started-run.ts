/*
The real command on a terminal, with a run of its own.
*/
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {isObject} from '../../source/core/json.ts';
import {cli} from './command.ts';
import {PtyCommand} from './pty.ts';

/** For a machine that is busy. */
export const deadlineMs = 90_000;

export type Started = {readonly console: PtyCommand; readonly runs: string; readonly env: Readonly<Record<string, string>>; journal(): readonly JournalEvent[]; directory(): string};
export type JournalEvent = Record<string, unknown>;
type StartOptions = {
	readonly env?: Readonly<Record<string, string>>;
	/** What starts the command: a shell around it. */
	readonly argv?: (command: readonly string[]) => readonly string[];
};

/** A run that is started on a terminal; whatever is left of it ends with the test. */
export function started(t: TestContext, flags: readonly string[] = [], {env: own = {}, argv = command => command}: StartOptions = {}): Started {
	const runs = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-pty-'));
	const env = {...own, XDG_STATE_HOME: path.join(runs, '.state'), XDG_CONFIG_HOME: path.join(runs, '.config'), XDG_RUNTIME_DIR: runs};
	const [program = '', ...args] = argv([process.execPath, cli, 'run', 'unreplicated/smoke', '--only', '1', '-s', runs, ...flags]);
	const command = new PtyCommand(program, args, {env});
	const directory = () => path.join(runs, fs.readdirSync(runs).find(name => name.endsWith('_unreplicated_smoke')) ?? '');
	const journal = () => {
		const file = path.join(directory(), 'events.jsonl');
		const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
		// The last may be half-written.
		return lines.slice(0, -1).map((line): unknown => JSON.parse(line)).filter(event => isObject(event));
	};

	t.after(async () => {
		signal(runnerOf(journal()), 'SIGKILL');
		signal(command.pid, 'SIGKILL');
		await command.exited().catch(() => undefined);
		fs.rmSync(runs, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
	});
	return {console: command, runs, env, journal, directory};
}

/** The pid of the run's runner. */
export function runnerOf(journal: readonly JournalEvent[]): number | undefined {
	const runner = journal.find(({type}) => type === 'suite-started')?.['runner'];
	return isObject(runner) && typeof runner['pid'] === 'number' ? runner['pid'] : undefined;
}

export function signal(pid: number | undefined, name: NodeJS.Signals): void {
	try {
		process.kill(pid ?? NaN, name);
	} catch {
		// It has ended.
	}
}
