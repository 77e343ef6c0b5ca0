import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {shellQuote} from '../../source/core/shell-quote.ts';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {connectSshHost} from '../../source/host/ssh-host.ts';
import {scriptFromInput} from '../../source/host/supervisor-script.ts';
import {benchdeck} from '../helpers/command.ts';
import {freePort} from '../helpers/free-port.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';

const options = {skip: withoutSshd};

test('Procs start, exit and end over SSH, and files and ports are reached', options, async context => {
	const {address, key, folder} = await startSshd(context);
	const host = await connectSshHost(address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no'});
	context.after(async () => host.close());
	const start = async (label: string, ...argv: readonly string[]) =>
		host.start({label, argv, env: {WORDS: 'a \'b\''}, cwd: folder, stdout: `${folder}/${label}_out.txt`, stderr: `${folder}/${label}_err.txt`});
	const one = await start('one', 'sh', '-c', 'echo "$WORDS"; exit 4');
	assert.equal((await one.exited).returnCode, 4);
	assert.equal(new TextDecoder().decode(await host.files.read(`${folder}/one_out.txt`, 0, 100)), 'a \'b\'\n');
	assert.equal(await host.files.size(`${folder}/none`), undefined);
	const sleeper = await start('two', 'sleep', '100');
	assert.equal((await sleeper.kill()).returnCode, -15);
	assert.deepEqual(await host.run(['printf', '%s', 'a  b']), {returnCode: 0, stdout: 'a  b', stderr: ''});
	await assert.rejects(host.open({ip: '127.0.0.1', port: 1}, 1000), /refused/i);
});

test('A command\'s output is text however its bytes arrive, and cut after 1 MiB', options, async context => {
	const {address, key} = await startSshd(context);
	const host = await connectSshHost(address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no'});
	context.after(async () => host.close());
	// Characters of three bytes, so that some lie on the edge of a chunk.
	const script = 'process.stdout.write("€".repeat(2 ** 20)); process.stderr.write("€".repeat(300_000)); process.exitCode = 3';
	const {returnCode, stdout, stderr} = await host.run([process.execPath, '-e', script]);
	assert.equal(returnCode, 3);
	assert.equal(stdout, '€'.repeat(Math.floor((2 ** 20) / 3)));
	assert.equal(stderr, '€'.repeat(300_000));
});

test('A file that cannot take its name leaves nothing of itself behind', options, async context => {
	const {address, key, folder} = await startSshd(context);
	const host = await connectSshHost(address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no'});
	const here = await connectLocalHost('localhost', '127.0.0.1');
	context.after(async () => Promise.all([host.close(), here.close()]));
	const taken = path.join(folder, 'taken');
	fs.mkdirSync(path.join(taken, 'by a directory'), {recursive: true});
	const before = fs.readdirSync(folder);
	await assert.rejects(host.files.write(taken, 'text'), {name: 'BenchError'});
	await assert.rejects(host.files.upload(key, taken), {name: 'BenchError'});
	await assert.rejects(here.files.write(taken, 'text'), {name: 'BenchError'});
	assert.deepEqual(fs.readdirSync(folder), before);
});

test('A wrong key and a closed port are one sentence each', options, async context => {
	const {address, folder} = await startSshd(context);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'other')]);
	await assert.rejects(
		connectSshHost(address, '127.0.0.1', {identityFile: path.join(folder, 'other'), strictHostKeyChecking: 'no'}),
		/authentication failed; it does not let \S+ in with \S+other \(SHA256:\S+\): add \S+other\.pub to ~\/\.ssh\/authorized_keys there/,
	);
	await assert.rejects(connectSshHost(`127.0.0.1:${await freePort()}`, '127.0.0.1', {strictHostKeyChecking: 'no'}), /cannot connect: .*; is sshd running there\?/);
});

test('A suite runs over SSH with a key', options, async context => {
	const {address, key, folder} = await startSshd(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const {code, stdout, stderr} = await benchdeck([
		'run',
		'unreplicated/smoke',
		'-i',
		key,
		'--cluster',
		cluster,
		'-s',
		folder,
		'--only',
		'1',
		'--set',
		'warmup_duration=100ms',
		'--set',
		'duration=1100ms',
		'--plain',
	]);
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\[001\/001; 100\.0%\]/);
});

for (const shell of ['sh', 'bash', 'dash', 'zsh', 'fish', 'busybox']) {
	test(`A script reaches sh unchanged through the login shell ${shell}`, {skip: spawnSync(shell, ['--help']).error && `needs ${shell}`}, () => {
		const words = [String.raw`a\\b\'`, '\'"$HOME!*', 'two\nlines'];
		const script = `printf '%s;' "$LEASE" ${words.map(word => shellQuote(word)).join(' ')}; cat`;
		const {stdout, status} = spawnSync(shell, [...shell === 'busybox' ? ['sh'] : [], '-c', scriptFromInput(script, ['LEASE=abc'])], {input: `${script}the rest`, encoding: 'utf8'});
		assert.deepEqual([stdout, status], [`abc;${words.join(';')};the rest`, 0]);
	});
}
