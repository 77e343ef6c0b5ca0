/*
The real command in a pseudo-terminal: as it is built, with a runner of its own.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {isObject} from '../../source/core/json.ts';
import {cli} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {PtyCommand} from '../helpers/pty.ts';
import {until} from '../helpers/until.ts';

const skip = fs.existsSync(cli) ? false : 'benchdeck is not built here';
const deadlineMs = 90_000;

type Started = {readonly console: PtyCommand; readonly runs: string; journal(): readonly Event[]; directory(): string};
type Event = Record<string, unknown>;

// A run that is started on a terminal; whatever is left of it ends with the test.
function started(t: TestContext, ...flags: readonly string[]): Started {
	const runs = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-pty-'));
	const env = {XDG_STATE_HOME: path.join(runs, '.state'), XDG_CONFIG_HOME: path.join(runs, '.config'), XDG_RUNTIME_DIR: runs};
	const command = new PtyCommand(process.execPath, [cli, 'run', 'unreplicated/smoke', '--only', '1', '-s', runs, ...flags], {env});
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
	return {console: command, runs, journal, directory};
}

function runnerOf(journal: readonly Event[]): number | undefined {
	const runner = journal.find(({type}) => type === 'suite-started')?.['runner'];
	return isObject(runner) && typeof runner['pid'] === 'number' ? runner['pid'] : undefined;
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
	try {
		process.kill(pid ?? NaN, name);
	} catch {
		// It has ended.
	}
}

const finished = (journal: readonly Event[]) => journal.some(({type, outcome}) => type === 'suite-finished' && outcome === 'finished');

test('the smoke suite runs in the console, and quitting restores the terminal and leaves the lines', {skip}, async t => {
	const {console: terminal, journal} = started(t);
	await terminal.waitFor('unreplicated_smoke', deadlineMs);
	assert.ok(terminal.isAlternate());
	await terminal.waitFor(/1\/1 .*finished/, deadlineMs);
	terminal.press('q');
	const {exitCode} = await terminal.exited(deadlineMs);
	assert.equal(exitCode, 0);
	assert.ok(!terminal.isAlternate());
	assert.match(terminal.text(), /Running suite in [\s\S]*\[001\/001; 100\.0%\]/);
	assert.ok(finished(journal()));
});

for (const how of ['SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
	test(`${how} of the console leaves the run going, and it can be attached to`, {skip}, async t => {
		const {console: terminal, journal, directory} = started(t);
		await terminal.waitFor(/client_0/, deadlineMs);
		signal(terminal.pid, how);
		await terminal.exited(deadlineMs);
		if (how === 'SIGTERM') {
			await terminal.waitFor('Detached; the run goes on.');
			assert.ok(!terminal.isAlternate());
		}

		const again = new PtyCommand(process.execPath, [cli, 'attach', directory()]);
		t.after(() => {
			signal(again.pid, 'SIGKILL');
		});
		await again.waitFor(/1\/1 .*finished/, deadlineMs);
		again.press('q');
		await again.exited(deadlineMs);
		assert.ok(finished(journal()));
		assert.equal(fs.readFileSync(path.join(directory(), 'results.csv'), 'utf8').trim().split('\n').length, 2);
	});
}

test('kill -9 of the runner leaves nothing alive, and the console says so', {skip}, async t => {
	const {console: terminal, journal} = started(t, '--set', 'duration=60s', '--set', 'timeout=70s');
	await terminal.waitFor(/client_0/, deadlineMs);
	await until('a client started', () => journal().some(({type, label}) => type === 'proc-started' && label === 'client_0'));
	const pids = journal().filter(({type}) => type === 'proc-started').map(({pid}) => Number(pid));
	assert.ok(pids.length >= 2);
	signal(runnerOf(journal()), 'SIGKILL');
	await until('the processes ended', () => pids.every(pid => !isAlive(pid)));
	await terminal.waitFor('the runner is gone', deadlineMs);
	terminal.press('q');
	await terminal.exited(deadlineMs);
	assert.ok(!terminal.isAlternate());
});
