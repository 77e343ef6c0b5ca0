import assert from 'node:assert/strict';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {connectSshHost} from '../../source/host/ssh-host.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find(file => fs.existsSync(file));
const missing = sshd === undefined || spawnSync('ssh', ['-V']).error !== undefined || spawnSync('ssh-keygen', ['-?']).error !== undefined;
const options = missing ? {skip: 'needs OpenSSH\'s sshd, ssh and ssh-keygen'} : {};

/** A stock sshd on a free port that lets the current user in with a key; its known hosts are the user's own file's, so each has a new port. */
async function startSshd(context: TestContext): Promise<{readonly address: string; readonly key: string; readonly folder: string}> {
	const folder = temporaryFolder(context);
	for (const name of ['host', 'id']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
	}

	const port = await freePort();
	fs.copyFileSync(path.join(folder, 'id.pub'), path.join(folder, 'authorized'));
	fs.writeFileSync(path.join(folder, 'config'), `ListenAddress 127.0.0.1\nPort ${port}\nHostKey ${folder}/host\nAuthorizedKeysFile ${folder}/authorized\nStrictModes no\nPidFile none\nSubsystem sftp internal-sftp\n`);
	if (process.getuid?.() === 0) {
		fs.mkdirSync('/run/sshd', {recursive: true});
	}

	const server = spawn(sshd!, ['-D', '-f', path.join(folder, 'config')], {stdio: 'ignore'});
	context.after(async () => {
		server.kill();
		await once(server, 'exit');
	});
	for (;;) {
		const socket = net.connect(port, '127.0.0.1');
		try {
			await once(socket, 'connect');
			socket.destroy();
			break;
		} catch {
			await pause(20);
		}
	}

	return {address: `${os.userInfo().username}@127.0.0.1:${port}`, key: path.join(folder, 'id'), folder};
}

async function freePort(): Promise<number> {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	return typeof address === 'object' && address ? address.port : 0;
}

test('Procs start, exit and end over SSH, and files and ports are reached', options, async context => {
	const {address, key, folder} = await startSshd(context);
	const host = await connectSshHost(address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no'});
	context.after(async () => host.close());
	const start = async (label: string, ...argv: readonly string[]) => host.start({label, argv, env: {WORDS: 'a \'b\''}, cwd: folder, stdout: `${folder}/${label}_out.txt`, stderr: `${folder}/${label}_err.txt`});
	const one = await start('one', 'sh', '-c', 'echo "$WORDS"; exit 4');
	assert.equal((await one.exited).returnCode, 4);
	assert.equal(new TextDecoder().decode(await host.files.read(`${folder}/one_out.txt`, 0, 100)), 'a \'b\'\n');
	assert.equal(await host.files.size(`${folder}/none`), undefined);
	const sleeper = await start('two', 'sleep', '100');
	assert.equal((await sleeper.kill()).returnCode, -15);
	assert.deepEqual(await host.run(['printf', '%s', 'a  b']), {returnCode: 0, stdout: 'a  b', stderr: ''});
	await assert.rejects(host.open({ip: '127.0.0.1', port: 1}, 1000), /refused/i);
});

test('A wrong key and a closed port are one sentence each', options, async context => {
	const {address, folder} = await startSshd(context);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'other')]);
	await assert.rejects(connectSshHost(address, '127.0.0.1', {identityFile: path.join(folder, 'other'), strictHostKeyChecking: 'no'}), /authentication failed; pass the key/);
	await assert.rejects(connectSshHost(`127.0.0.1:${await freePort()}`, '127.0.0.1', {strictHostKeyChecking: 'no'}), /cannot connect: .*; is sshd running there\?/);
});

test('A suite runs over SSH with a key', options, async context => {
	const {address, key, folder} = await startSshd(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '-i', key, '--cluster', cluster, '-s', folder, '--only', '1', '--set', 'warmup_duration=100ms', '--set', 'duration=1100ms', '--plain']);
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\[001\/001; 100\.0%\]/);
});
