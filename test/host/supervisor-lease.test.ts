/*
The lease, under every shell that a host may have: whatever ends or silences the controller or the supervisor, nothing that
was started stays alive.
*/
import assert from 'node:assert/strict';
import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {supervisorScript, supervisorWord} from '../../source/host/supervisor-script.ts';
import {newLease} from '../../source/host/supervisor.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

const shells = {sh: ['sh'], dash: ['dash'], bash: ['bash'], 'bash --posix': ['bash', '--posix'], 'busybox sh': ['busybox', 'sh']};
const holder = fileURLToPath(new URL('../helpers/lease-holder.ts', import.meta.url));

// Ten seconds until silence is noticed, five until nothing lives; the rest is for a busy machine.
const goneWithinMs = 60_000;
const noLinux = process.platform !== 'linux' && 'needs Linux';

type Holder = {readonly controller: ChildProcess; readonly supervisor: number; readonly pids: readonly number[]};

async function hold(context: TestContext, shell: readonly string[], PATH = process.env['PATH']): Promise<Holder> {
	const controller = spawn(process.execPath, ['--import=tsx', holder, temporaryFolder(context), ...shell], {stdio: ['pipe', 'pipe', 'inherit'], env: {...process.env, PATH}});
	context.after(() => {
		controller.kill('SIGKILL');
	});
	const [line] = await once(createInterface({input: controller.stdout}), 'line') as [string];
	return {controller, ...JSON.parse(line) as {readonly supervisor: number; readonly pids: readonly number[]}};
}

const areGone = (pids: readonly number[]) => pids.every(pid => !isAlive(pid));

type Fault = {readonly title: string; readonly strike: (holder: Holder) => void; readonly sparesSupervisor?: boolean};

const faults: readonly Fault[] = [
	{title: 'its controller closes the lease', strike: ({controller}) => controller.stdin?.end()},
	{title: 'its controller is killed', strike: ({controller}) => controller.kill('SIGKILL')},
	{title: 'its controller falls silent, which a stopped one does', strike: ({controller}) => controller.kill('SIGSTOP')},
	{title: 'the supervisor itself is killed', strike: ({supervisor}) => process.kill(supervisor, 'SIGKILL'), sparesSupervisor: true},
	{title: 'the supervisor is stopped', strike: ({supervisor}) => process.kill(supervisor, 'SIGSTOP')},
];

const cases = Object.entries(shells).flatMap(([name, shell]) => faults.map(fault => ({name, shell, ...fault, skip: spawnSync(shell[0]!, ['-c', 'true']).status === null && `needs ${shell[0]!}`})));

test('Whatever happens to controller or supervisor, under any shell nothing stays alive', {skip: noLinux, concurrency: 10}, async context => {
	await Promise.all(cases.map(async ({name, shell, title, strike, sparesSupervisor, skip}) => context.test(`${name}: when ${title}`, {skip}, async inner => {
		const held = await hold(inner, shell);
		const all = sparesSupervisor ? held.pids : [held.supervisor, ...held.pids];
		assert.ok(all.every(pid => isAlive(pid)));
		strike(held);
		try {
			await until('all have gone', () => areGone(all), goneWithinMs);
		} catch (error) {
			const left = all.filter(pid => isAlive(pid)).map(pid => fs.readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ', 5).join(' '));
			throw new Error(`of ${held.supervisor} and ${held.pids.join(', ')} there are ${left.join('; ')}`, {cause: error});
		}
	})));
});

for (const shell of ['dash', 'bash']) {
	test(`${shell}: a signal to the supervisor while it looks for what left its group does not end the search`, {skip: noLinux}, async context => {
		const folder = temporaryFolder(context);
		const real = execFileSync('sh', ['-c', 'command -v grep'], {encoding: 'utf8'}).trim();
		fs.writeFileSync(path.join(folder, 'grep'), `#!/bin/sh\necho searching >>${folder}/searching\nwhile test ! -e ${folder}/go; do sleep 0.1; done\nexec ${real} "$@"\n`, {mode: 0o755});
		const {controller, supervisor, pids} = await hold(context, [shell], `${folder}:${process.env['PATH']}`);
		controller.stdin?.end();
		await until('the search', () => fs.existsSync(`${folder}/searching`));
		process.kill(-supervisor, 'SIGUSR1');
		process.kill(-supervisor, 'SIGTERM');
		fs.writeFileSync(`${folder}/go`, '');
		await until('all have gone', () => areGone([supervisor, ...pids]));
	});
}

type Stepped = {
	readonly supervisor: ChildProcess;
	/** Says a line, and waits for its answer. */
	say(answer: RegExp, ...words: readonly string[]): Promise<RegExpExecArray>;
	/** Lets so many sleeps of the guard pass. */
	pass(count: number): Promise<void>;
};

/** A supervisor whose guard counts sleeps that last as long as a test wants. */
function stepped(context: TestContext, shell: string, folder: string): Stepped {
	const [tick, asleep] = [path.join(folder, 'tick'), path.join(folder, 'asleep')];
	execFileSync('mkfifo', [tick]);
	fs.writeFileSync(asleep, '');
	fs.writeFileSync(path.join(folder, 'sleep'), `#!/bin/sh\necho >>${asleep}\nuntil read -r _ <${tick}; do :; done\n`, {mode: 0o755});
	const supervisor = spawn(shell, ['-c', supervisorScript], {
		detached: true,
		stdio: ['pipe', 'pipe', 'ignore'],
		env: {...process.env, BENCHDECK_SUPERVISOR: newLease(), PATH: `${folder}:${process.env['PATH']}`},
	});
	context.after(() => {
		try {
			process.kill(-supervisor.pid!, 'SIGKILL');
		} catch {
			// Not even a sleep that nobody woke is left.
		}
	});
	let answers = '';
	supervisor.stdout.on('data', (chunk: Buffer) => {
		answers += String(chunk);
	});
	let slept = 0;
	const sleeps = async () => until(`sleep ${slept + 1} of the guard`, () => fs.statSync(asleep).size > slept);
	return {
		supervisor,
		async say(answer, ...words) {
			supervisor.stdin.write(`${words.map(word => supervisorWord(word)).join(' ')}\n`);
			return until(() => `${String(answer)} in ${answers}`, () => answer.exec(answers) ?? undefined);
		},
		async pass(count) {
			for (let index = 0; index < count; index++) {
				await sleeps();
				slept++;
				await fs.promises.writeFile(tick, '\n');
			}

			await sleeps();
		},
	};
}

for (const shell of ['dash', 'bash']) {
	const skip = spawnSync(shell, ['-c', 'true']).status === null && `needs ${shell}`;
	test(`${shell}: a silence is borne where a beat ends it in time, and where none does it ends everything`, {skip}, async context => {
		const folder = temporaryFolder(context);
		const {supervisor, say, pass} = stepped(context, shell, folder);
		const [, pid] = await say(/^pid 0 (\d+)$/m, 'start', '0', folder, '/dev/null', '/dev/null', '--', 'tail', '-f', '/dev/null');
		await pass(3);
		await say(/^beat 0$/m, 'beat', '0');
		await pass(4);
		assert.ok(isAlive(Number(pid)));
		assert.equal(supervisor.exitCode, null);
		await pass(1);
		await until('its end', () => supervisor.exitCode !== null || supervisor.signalCode !== null);
		assert.ok(!isAlive(Number(pid)));
	});
}
