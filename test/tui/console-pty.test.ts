/*
The real command in a pseudo-terminal: as it is built, with a runner of its own.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {cli} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {PtyCommand} from '../helpers/pty.ts';
import {deadlineMs, type JournalEvent, runnerOf, signal, started} from '../helpers/started-run.ts';
import {until} from '../helpers/until.ts';

const skip = fs.existsSync(cli) ? false : 'benchdeck is not built here';
const finished = (journal: readonly JournalEvent[]) => journal.some(({type, outcome}) => type === 'suite-finished' && outcome === 'finished');

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
	const {console: terminal, journal} = started(t, ['--set', 'duration=60s', '--set', 'timeout=70s']);
	await terminal.waitFor(/client_0/, deadlineMs);
	await until('a client started', () => journal().some(({type, label}) => type === 'proc-started' && label === 'client_0'));
	const pids = journal().filter(({type}) => type === 'proc-started').map(({pid}) => Number(pid));
	assert.ok(pids.length >= 2);
	signal(runnerOf(journal()), 'SIGKILL');
	await until('the processes ended', () => pids.every(pid => !isAlive(pid)));
	await terminal.waitFor('the runner is gone', deadlineMs);
	await terminal.waitFor(/server .*end unknown/);
	assert.doesNotMatch(terminal.text(), /●/);
	terminal.press('q');
	await terminal.exited(deadlineMs);
	assert.ok(!terminal.isAlternate());
});

test('a terminal that cannot move its cursor gets no screen: help, and a suite as lines', {skip}, async t => {
	const dumb = {env: {TERM: 'dumb'}};
	const alone = new PtyCommand(process.execPath, [cli], dumb);
	const run = started(t, [], dumb);
	await alone.exited(deadlineMs);
	assert.match(alone.text(), /benchdeck help COMMAND|Examples:/);
	await run.console.exited(deadlineMs);
	assert.ok(!run.console.isAlternate());
	assert.match(run.console.text(), /^\[001\/001; 100\.0%\]/m);
	assert.doesNotMatch(run.console.text(), /tab next/);
});
