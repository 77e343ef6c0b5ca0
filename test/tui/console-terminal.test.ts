/*
The console and what else is on its terminal, or on another: the shell, an editor, a second console, another machine.
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {cli} from '../helpers/command.ts';
import {PtyCommand} from '../helpers/pty.ts';
import {deadlineMs, signal, started} from '../helpers/started-run.ts';

const skip = fs.existsSync(cli) ? false : 'benchdeck is not built here';
const long = ['--set', 'duration=120s', '--set', 'timeout=150s'];

test('Ctrl-Z suspends the console alone, and fg draws it again', {skip}, async t => {
	let line = '';
	const {console: terminal, journal} = started(t, long, {
		env: {ENV: '', PS1: 'prompt> '},
		argv(command) {
			line = command.map(word => `'${word}'`).join(' ');
			return ['sh', '-i'];
		},
	});
	await terminal.waitFor('prompt>', deadlineMs);
	terminal.press(`${line}\r`);
	await terminal.waitFor(/▌1 server .*●/, deadlineMs);
	assert.ok(terminal.isAlternate());
	terminal.press('ctrl-z');
	// The prompt of before is on the screen as soon as the console has left it.
	await terminal.waitFor(/Stopped[\s\S]*prompt>/, deadlineMs);
	terminal.press('echo the shell says $((40 + 2))\r');
	await terminal.waitFor('the shell says 42', deadlineMs);
	assert.ok(!terminal.isAlternate());
	terminal.press('fg\r');
	await terminal.waitFor(/▌1 server .*●/, deadlineMs);
	assert.ok(terminal.isAlternate());
	// Keys reach it again, once there is a second process to go to.
	await terminal.waitFor('2 client_0', deadlineMs);
	terminal.press('2');
	await terminal.waitFor('▌2 client_0', deadlineMs);
	assert.ok(journal().every(({type}) => type !== 'suite-finished'));
	terminal.press('d');
	await terminal.waitFor('Detached; the run goes on.', deadlineMs);
});

test('v opens the log in the editor and comes back; consoles on one run see what the other does', {skip}, async t => {
	const {console: terminal, runs, env, journal, directory} = started(t, long, {env: {VISUAL: 'sh -c \'echo "editing $1"; read answer; echo "$answer" > "$1.answer"\' editor'}});
	await terminal.waitFor(/▌1 server .*●/, deadlineMs);
	terminal.press('v');
	await terminal.waitFor(/editing .*001\/server_out\.txt/, deadlineMs);
	assert.ok(!terminal.isAlternate());
	terminal.press('typed into the editor\r');
	await terminal.waitFor(/▌1 server .*●/, deadlineMs);
	assert.ok(terminal.isAlternate());
	assert.equal(fs.readFileSync(path.join(directory(), '001/server_out.txt.answer'), 'utf8'), 'typed into the editor\n');

	const second = new PtyCommand(process.execPath, [cli, 'attach', directory()], {env, columns: 80, rows: 24});
	t.after(() => {
		signal(second.pid, 'SIGKILL');
	});
	await second.waitFor(/▌1 server/, deadlineMs);

	// What another machine finds on a shared disk: a runner that is not here, and tells of itself.
	const elsewhere = path.join(runs, 'elsewhere', path.basename(directory()));
	fs.mkdirSync(elsewhere, {recursive: true});
	const file = path.join(elsewhere, 'events.jsonl');
	fs.writeFileSync(file, journal().map(event => `${JSON.stringify(event['type'] === 'suite-started' ? {...event, runner: {pid: 1, hostname: 'far-away', version: '0.1.0'}} : event)}\n`).join(''));
	const beat = () => {
		fs.appendFileSync(file, `${JSON.stringify({at: Date.now(), type: 'heartbeat'})}\n`);
	};

	beat();
	const timer = setInterval(beat, 1000);
	const far = new PtyCommand(process.execPath, [cli, 'attach', elsewhere], {env});
	t.after(() => {
		clearInterval(timer);
		signal(far.pid, 'SIGKILL');
	});
	await far.waitFor(/▌1 server .*●/, deadlineMs);
	far.press('X');
	await far.waitFor('its runner is on far-away', deadlineMs);
	far.press('ctrl-c');
	await far.exited(deadlineMs);

	second.press('X');
	await second.waitFor('Stop the run?', deadlineMs);
	second.press('y');
	await terminal.waitFor('interrupted', deadlineMs);
	await second.waitFor('interrupted', deadlineMs);
	terminal.press('q');
	second.press('q');
	assert.equal((await terminal.exited(deadlineMs)).exitCode, 130);
	await second.exited(deadlineMs);
	assert.ok(journal().some(({type, outcome}) => type === 'suite-finished' && outcome === 'interrupted'));
});
