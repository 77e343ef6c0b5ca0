/*
A real OpenSSH server, where one is installed.
*/
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {temporaryFolder} from './command.ts';

const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find(file => fs.existsSync(file));
const missing = sshd === undefined || spawnSync('ssh', ['-V']).error !== undefined || spawnSync('ssh-keygen', ['-?']).error !== undefined;
/** For a test's `skip`: false where OpenSSH is there, else what is missing. */
export const withoutSshd: string | false = missing && 'needs OpenSSH\'s sshd, ssh and ssh-keygen';

/** A stock sshd on a free port that lets the current user in with a key; its known hosts are the user's own file's, so each has a new port. */
export async function startSshd(context: TestContext): Promise<{readonly address: string; readonly key: string; readonly folder: string}> {
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

export async function freePort(): Promise<number> {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	return typeof address === 'object' && address ? address.port : 0;
}
