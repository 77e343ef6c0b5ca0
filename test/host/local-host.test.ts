import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import test, {type TestContext} from 'node:test';
import {type Host} from '../../source/core/host.ts';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {Supervisor} from '../../source/host/supervisor.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

async function setUp(context: TestContext): Promise<{readonly host: Host; readonly folder: string; start(label: string, ...argv: readonly string[]): ReturnType<Host['start']>}> {
	const folder = temporaryFolder(context);
	const host = await connectLocalHost('localhost', '127.0.0.1');
	context.after(async () => host.close());
	return {
		host,
		folder,
		start: async (label, ...argv) => host.start({label, argv, env: {WORDS: 'it\'s "two\nlines"'}, cwd: folder, stdout: `${folder}/${label}_out.txt`, stderr: `${folder}/${label}_err.txt`}),
	};
}

test('A proc gets its words, environment and working directory, and its return code is told', async context => {
	const {start, folder} = await setUp(context);
	const proc = await start('one', 'sh', '-c', 'printf %s "$WORDS$1"; pwd >&2; exit 3', 'sh', ' $HOME\n\'');
	assert.deepEqual([(await proc.exited).returnCode, (await proc.exited).ended], [3, false]);
	assert.equal(fs.readFileSync(`${folder}/one_out.txt`, 'utf8'), 'it\'s "two\nlines" $HOME\n\'');
	assert.equal(fs.readFileSync(`${folder}/one_err.txt`, 'utf8'), `${fs.realpathSync(folder)}\n`);
});

test('A proc\'s environment may have any name that a variable can have', async context => {
	const {host, folder} = await setUp(context);
	const names = ['out', 'err', 'cwd', 'id', 'own', 'word', 'NL', 'lease'];
	const env = Object.fromEntries(names.map(name => [name, `${folder}/its own ${name}`]));
	const files = {stdout: `${folder}/one_out.txt`, stderr: `${folder}/one_err.txt`};
	const proc = await host.start({label: 'one', argv: ['sh', '-c', 'echo "$out" "$NL"; echo "$err" >&2'], env, cwd: folder, ...files});
	assert.equal((await proc.exited).returnCode, 0);
	assert.equal(fs.readFileSync(files.stdout, 'utf8'), `${env['out']!} ${env['NL']!}\n`);
	assert.equal(fs.readFileSync(files.stderr, 'utf8'), `${env['err']!}\n`);
	assert.deepEqual(fs.readdirSync(folder).toSorted(), ['one_err.txt', 'one_out.txt']);
});

test('The pid is the program\'s own, and it leads its process group', {skip: process.platform === 'linux' ? false : 'needs /proc'}, async context => {
	const {start} = await setUp(context);
	const proc = await start('one', 'sleep', '100');
	await until('the pid is sleep\'s', () => fs.readFileSync(`/proc/${proc.pid}/comm`, 'utf8') === 'sleep\n');
	assert.equal(fs.readFileSync(`/proc/${proc.pid}/stat`, 'utf8').split(') ', 2)[1]?.split(' ', 3)[2], String(proc.pid));
});

test('kill sends TERM, then KILL, and says which it was', async context => {
	const {start, folder} = await setUp(context);
	const meek = await start('meek', 'sleep', '100');
	assert.deepEqual(await meek.kill(), {...await meek.exited, returnCode: -15, ended: true});
	const stubborn = await start('stubborn', 'sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done');
	await until('it is ready', () => fs.readFileSync(`${folder}/stubborn_out.txt`, 'utf8') === 'ready\n');
	assert.equal((await stubborn.kill(50)).returnCode, -9);
});

test('Grandchildren end with their proc', async context => {
	const {start, folder} = await setUp(context);
	const proc = await start('parent', 'sh', '-c', 'sleep 100 & echo $!; wait');
	await until('the child is there', () => fs.readFileSync(`${folder}/parent_out.txt`, 'utf8').endsWith('\n'));
	const child = Number(fs.readFileSync(`${folder}/parent_out.txt`, 'utf8'));
	await proc.kill();
	await until('the grandchild has gone', () => !isAlive(child));
});

test('A missing program, directory or output is an error that names it', async context => {
	const {start, host, folder} = await setUp(context);
	await assert.rejects(start('one', 'no-such-program'), /localhost: cannot start one, there is no program "no-such-program"/);
	await assert.rejects(host.start({label: 'one', argv: ['true'], cwd: `${folder}/none`, stdout: `${folder}/o`, stderr: `${folder}/e`}), /no directory .*none/);
});

test('A start that no shell could be told is refused, and the host goes on', async context => {
	const {start} = await setUp(context);
	await assert.rejects(start('one', 'echo', 'a\0b'), {name: 'BenchError', code: 'host', message: /^localhost: cannot start one, one of its words holds a NUL/});
	const proc = await start('two', 'true');
	assert.equal((await proc.exited).returnCode, 0);
});

test('A command that does not end in time is an error that names host and program, and ends', async context => {
	const {host, folder} = await setUp(context);
	const script = `echo $$ >${folder}/pid; trap "" TERM; while :; do sleep 0.05; done`;
	await assert.rejects(host.run(['sh', '-c', script], {timeoutMs: 500}), {name: 'BenchError', code: 'host', message: 'localhost: sh did not end within 500 ms.'});
	const pid = Number(fs.readFileSync(`${folder}/pid`, 'utf8'));
	await until('the command has gone', () => !isAlive(pid));
});

test('A command that says more than 1 MiB goes on to its end, and what it said is cut', async context => {
	const {host} = await setUp(context);
	const {returnCode, stdout, stderr} = await host.run([process.execPath, '-e', 'process.stdout.write("a" + "ä".repeat(2 ** 20)); process.stderr.write("b".repeat(2 ** 21)); process.exitCode = 3']);
	assert.equal(returnCode, 3);
	assert.equal(stdout, 'a' + 'ä'.repeat((2 ** 19) - 1));
	assert.equal(stderr, 'b'.repeat(2 ** 20));
	const {returnCode: missing, stderr: reason} = await host.run(['no-such-program']);
	assert.deepEqual([missing, reason], [127, 'spawn no-such-program ENOENT']);
});

test('A host that is closed while a proc is being started, which then fails, is closed', async () => {
	const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
	const supervisor = new Supervisor({stdin, stdout, stderr, address: 'far', lease: 'a'});
	stdout.write('ready 1\n');
	await supervisor.ready;
	const starting = assert.rejects(supervisor.start({label: 'one', argv: ['none'], cwd: '/', stdout: '/dev/null', stderr: '/dev/null'}), /far: cannot start one, there is no program "none"/);
	const closing = supervisor.close();
	stdout.write('fail 0 program\n');
	await Promise.all([starting, closing]);
});

test('A hundred procs start and end', async context => {
	const {start, host} = await setUp(context);
	const procs = await Promise.all(Array.from({length: 100}, async (_, index) => start(`p${index}`, 'sleep', '100')));
	await host.close();
	assert.ok(procs.every(({pid}) => !isAlive(pid)));
});

test('After a kill -9 of benchdeck nothing is alive, not even what ignores TERM', async context => {
	const folder = temporaryFolder(context);
	const script = `
		const {connectLocalHost} = await import(${JSON.stringify(new URL('../../source/host/local-host.ts', import.meta.url).href)});
		const host = await connectLocalHost('localhost', '127.0.0.1');
		const start = async (label, argv) => host.start({label, argv, cwd: ${JSON.stringify(folder)}, stdout: ${JSON.stringify(folder)} + '/' + label, stderr: '/dev/null'});
		const procs = [await start('a', ['sleep', '100']), await start('b', ['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'])];
		console.log(procs.map(({pid}) => pid).join(' '));
		setInterval(() => {}, 1000);
	`;
	const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {stdio: ['ignore', 'pipe', 'inherit']});
	const [line] = await once(child.stdout, 'data') as [Buffer];
	const pids = line.toString().trim().split(' ').map(Number);
	await until('the stubborn one is ready', () => fs.readFileSync(path.join(folder, 'b'), 'utf8') === 'ready\n');
	child.kill('SIGKILL');
	await until('all have gone', () => pids.every(pid => !isAlive(pid)));
});
