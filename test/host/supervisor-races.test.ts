/*
Moments in which the supervisor could be caught: each is held open, by a step that waits for the test, and struck then.
*/
import assert from 'node:assert/strict';
import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test, {type TestContext} from 'node:test';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {supervisorScript, supervisorWord} from '../../source/host/supervisor-script.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

const noLinux = process.platform !== 'linux' && 'needs Linux';
const shells = Object.entries({dash: ['dash'], bash: ['bash'], 'bash --posix': ['bash', '--posix'], 'busybox sh': ['busybox', 'sh']})
	.map(([name, words]) => ({name, words, skip: noLinux || (spawnSync(words[0]!, ['-c', 'true']).status === null && `needs ${words[0]!}`)}));
/** Says that it is ready, and when it got TERM. */
const polite = 'trap "echo termed; exit 0" TERM; echo ready; while :; do sleep 0.05; done';

/** The script with a step before one of its own. */
function before(script: string, step: string, more: string): string {
	const parts = script.split(step);
	assert.equal(parts.length, 2, step);
	return parts.join(`${more}\n\t${step}`);
}

/** A supervisor that is spoken to directly, its script held wherever a step waits. */
class Held {
	readonly child: ChildProcess;
	readonly folder: string;
	readonly said: string[] = [];
	#starts = 0;

	constructor(context: TestContext, shell: readonly string[], change: (script: string, wait: string) => string = script => script) {
		this.folder = temporaryFolder(context);
		const wait = `echo >>'${this.folder}/reached'; until test -e '${this.folder}/go'; do sleep 0.05; done`;
		const script = change(supervisorScript, wait);
		const child = spawn(shell[0]!, [...shell.slice(1), '-c', script], {detached: true, stdio: ['pipe', 'pipe', 'ignore'], env: {...process.env, BENCHDECK_SUPERVISOR: path.basename(this.folder)}});
		this.child = child;
		child.stdin.on('error', () => {/* It has gone. */});
		createInterface({input: child.stdout}).on('line', line => {
			this.said.push(line);
		});
		context.after(() => {
			try {
				process.kill(-child.pid!, 'SIGKILL');
			} catch {
				// It has gone.
			}
		});
	}

	send(...words: readonly string[]): void {
		this.child.stdin?.write(`${words.map(word => supervisorWord(word)).join(' ')}\n`);
	}

	/** Starts a script; its output is `<id>_out.txt`. */
	start(script: string): string {
		const id = String(this.#starts++);
		this.send('start', id, this.folder, path.join(this.folder, `${id}_out.txt`), '/dev/null', `BENCHDECK_MARK=${path.basename(this.folder)}.${this.child.pid!}.0.`, '--', 'sh', '-c', script);
		return id;
	}

	async saw(pattern: RegExp): Promise<RegExpExecArray> {
		await until(() => `${String(pattern)}: ${this.said.join('; ')}`, () => this.said.some(line => pattern.test(line)));
		return pattern.exec(this.said.find(line => pattern.test(line))!)!;
	}

	output(id: string): string {
		return fs.existsSync(`${this.folder}/${id}_out.txt`) ? fs.readFileSync(`${this.folder}/${id}_out.txt`, 'utf8') : '';
	}

	async reached(): Promise<void> {
		await until('the moment', () => fs.existsSync(`${this.folder}/reached`));
	}

	go(): void {
		fs.writeFileSync(`${this.folder}/go`, '');
	}

	/** All processes that carry its lease, as procs and as itself. */
	left(): readonly number[] {
		return fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number).filter(pid => {
			try {
				return fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(path.basename(this.folder)) && isAlive(pid);
			} catch {
				return false;
			}
		});
	}

	async nothingIsLeft(): Promise<void> {
		await until('nothing is left of it', () => this.left().length === 0);
	}
}

/** Each holds a supervisor in a moment, and strikes it there. */
const moments: Readonly<Record<string, (context: TestContext, words: readonly string[]) => Promise<void>>> = {
	async 'the lease ends while a watcher has no traps yet: the proc does not begin'(context, words) {
		const held = new Held(context, words, (script, wait) => before(script, 'child= ending=', wait));
		const id = held.start(polite);
		await held.reached();
		held.child.stdin?.end();
		await once(held.child, 'exit');
		held.go();
		await held.nothingIsLeft();
		assert.equal(held.output(id), '');
	},
	async 'TERM comes before the watcher knows its proc: it is passed on when it does'(context, words) {
		const held = new Held(context, words, (script, wait) => before(script, 'child=$!', wait));
		const id = held.start(polite);
		await until('the proc is ready', () => held.output(id) === 'ready\n');
		held.send('kill', 'TERM', id, '0');
		held.send('beat', '1');
		await held.saw(/^beat 1$/);
		held.go();
		await held.saw(/^exit 0 0$/);
		assert.equal(held.output(id), 'ready\ntermed\n');
	},
	async 'TERM comes while a watcher is noted down: its proc gets it too'(context, words) {
		const held = new Held(context, words, (script, wait) => before(script, 'eval "w_$1=$!"', wait));
		const id = held.start(polite);
		await until('the proc is ready', () => held.output(id) === 'ready\n');
		await held.reached();
		held.child.kill('SIGTERM');
		held.go();
		await held.nothingIsLeft();
		assert.equal(held.output(id), 'ready\ntermed\n');
	},
	async 'a guard that was killed is followed by another, which outlives beats that come at once'(context, words) {
		const held = new Held(context, words, script => script.replace('echo "ready $$"', 'echo "ready $$"; sh -c \'echo "guard $PPID"\''));
		const first = (await held.saw(/^guard (\d+)$/))[1]!;
		process.kill(Number(first), 'SIGKILL');
		await until('it has gone', () => !isAlive(Number(first)));
		for (let beat = 0; beat < 20; beat++) {
			held.send('beat', String(beat));
		}

		await held.saw(/^beat 19$/);
		await until('another guard', () => held.said.filter(line => line.startsWith('guard ')).length > 1);
		held.send('beat', '20');
		await held.saw(/^beat 20$/);
		const guards = held.said.filter(line => line.startsWith('guard ')).map(line => Number(line.slice(6)));
		assert.equal(guards.length, 2);
		assert.ok(isAlive(guards[1]!));
		held.child.stdin?.end();
		await held.nothingIsLeft();
	},
	async 'nobody reads its answers any more: it ends all the same'(context, words) {
		const held = new Held(context, words);
		const id = held.start('trap "" TERM; echo ready; while :; do sleep 0.05; done');
		await until('the proc is ready', () => held.output(id) === 'ready\n');
		held.child.stdout?.pause();
		// More answers than a pipe holds, besides what Node has read already.
		for (let beat = 0; beat < 40_000; beat++) {
			held.send('beat', String(beat));
		}

		held.child.stdin?.end();
		await held.nothingIsLeft();
	},
	async 'its answers find a closed pipe: it ends with its lease'(context, words) {
		const held = new Held(context, words);
		const id = held.start(polite);
		await until('the proc is ready', () => held.output(id) === 'ready\n');
		held.child.stdout?.destroy();
		held.send('beat', '1');
		held.send('kill', 'TERM', id, '0');
		await until('the proc has ended', () => held.output(id) === 'ready\ntermed\n');
		const other = held.start(polite);
		held.child.stdin?.end();
		await held.nothingIsLeft();
		assert.equal(held.output(other), '');
	},
	async 'a proc that has gone is not signalled any more'(context, words) {
		const held = new Held(context, words, (script, wait) => before(script, 'echo "exit $id $status"', wait));
		const id = held.start('exit 7');
		await held.reached();
		// Its pid may be another's by now; here it would be this test's group.
		held.send('kill', 'TERM', id, String(held.child.pid));
		held.send('beat', '1');
		await held.saw(/^beat 1$/);
		held.go();
		await held.saw(/^exit 0 7$/);
	},
};

async function strikeAll(context: TestContext, words: readonly string[]): Promise<void> {
	await Promise.all(Object.entries(moments).map(async ([title, strike]) => context.test(title, async inner => strike(inner, words))));
}

test('The supervisor can be struck at any moment, under any shell', {concurrency: true}, async shared => {
	await Promise.all(shells.map(async ({name, words, skip}) => shared.test(name, {skip}, async context => strikeAll(context, words))));
});

for (const {name, words, skip} of shells) {
	test(`${name}: a status that a program chose is told from a signal`, {skip}, async context => {
		const folder = temporaryFolder(context);
		const host = await connectLocalHost('localhost', '127.0.0.1', {shell: words});
		context.after(async () => host.close());
		const codes = await Promise.all(Object.entries({
			'exit 143': 143, 'exit 137': 137, 'exit 129': 129, 'exit 192': 192, 'exit 255': 255, 'exit 127': 127,
			'kill -s TERM $$': -15, 'kill -s KILL $$': -9, 'kill -s HUP $$': -1, 'kill -s USR1 $$': -10, 'kill -s SEGV $$': -11,
		}).map(async ([script, code], index) => {
			const proc = await host.start({label: `p${index}`, argv: ['sh', '-c', script], cwd: folder, stdout: '/dev/null', stderr: '/dev/null'});
			return [script, (await proc.exited).returnCode, code] as const;
		}));
		assert.deepEqual(codes.map(([script, code]) => [script, code]), codes.map(([script, , code]) => [script, code]));
		const proc = await host.start({
			label: 'graceful',
			argv: ['sh', '-c', 'trap "exit 143" TERM; echo ready; while :; do sleep 0.05; done'],
			cwd: folder,
			stdout: path.join(folder, 'out'),
			stderr: '/dev/null',
		});
		await until('the proc is ready', () => fs.readFileSync(path.join(folder, 'out'), 'utf8') === 'ready\n');
		assert.equal((await proc.kill()).returnCode, 143);
	});

	test(`${name}: a proc whose shell is not there yet ends with the lease, and one that never comes is told`, {skip}, async context => {
		const folder = temporaryFolder(context);
		const real = execFileSync('sh', ['-c', 'command -v setsid'], {encoding: 'utf8'}).trim();
		fs.writeFileSync(
			path.join(folder, 'setsid'),
			`#!/bin/sh\necho $$ >>${folder}/reached\nwhile test -e ${folder}/hold; do sleep 0.05; done\ntest ! -e ${folder}/refuse || exit 9\nexec ${real} "$@"\n`,
			{mode: 0o755},
		);
		const host = await connectLocalHost('localhost', '127.0.0.1', {shell: ['env', `PATH=${folder}:${process.env['PATH']}`, ...words]});
		const start = async (label: string) => host.start({label, argv: ['sleep', '1000'], cwd: folder, stdout: '/dev/null', stderr: '/dev/null'});
		fs.writeFileSync(path.join(folder, 'refuse'), '');
		await assert.rejects(start('refused'), /localhost: cannot start refused: its shell ended with 9 before it/);
		fs.writeFileSync(path.join(folder, 'hold'), '');
		const early = assert.rejects(start('early'), /localhost: cannot start early: its shell ended with 143 before it/);
		await until('the start of a group', () => fs.readFileSync(path.join(folder, 'reached'), 'utf8').split('\n').length === 3);
		const pid = Number(fs.readFileSync(path.join(folder, 'reached'), 'utf8').split('\n', 2)[1]);
		await host.close();
		await early;
		await until('it has gone', () => !isAlive(pid));
	});
}
