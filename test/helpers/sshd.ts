/*
A stock OpenSSH server of the test's own, on loopback. Neither the person's SSH configuration nor his known hosts are read
or written by a test that takes it.
*/
import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {temporaryFolder} from './command.ts';
import {freePort} from './free-port.ts';
import {until} from './until.ts';

export const sshd = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'].find(file => fs.existsSync(file));

/** For a test's `skip`: false where OpenSSH is installed, else what is missing. */
export const withoutSshd: string | false = sshd === undefined || spawnSync('ssh', ['-V']).error !== undefined || spawnSync('ssh-keygen', ['-?']).error !== undefined
	? 'needs OpenSSH\'s sshd, ssh and ssh-keygen'
	: false;

if (withoutSshd === false) {
	keepApart();
}

// Ports come again: what an earlier server left in the person's known hosts would refuse a later one.
function keepApart(): void {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-ssh-'));
	const real = execFileSync('sh', ['-c', 'command -v ssh'], {encoding: 'utf8'}).trim();
	fs.writeFileSync(path.join(folder, 'config'), `Host *\n\tUserKnownHostsFile ${folder}/known_hosts\n\tGlobalKnownHostsFile /dev/null\n`);
	fs.writeFileSync(path.join(folder, 'ssh'), `#!/bin/sh\nexec ${real} -F ${folder}/config "$@"\n`, {mode: 0o755});
	process.env['PATH'] = `${folder}:${process.env['PATH']}`;
	delete process.env['SSH_AUTH_SOCK'];
	process.on('exit', () => {
		fs.rmSync(folder, {recursive: true, force: true});
	});
}

/** A configuration with nothing but what lets it run beside the machine's own; MaxSessions and MaxStartups are the stock ones. */
export function sshdConfig({address, port, folder}: {readonly address: string; readonly port: number; readonly folder: string}): string {
	return `ListenAddress ${address}\nPort ${port}\nHostKey ${folder}/host\nAuthorizedKeysFile ${folder}/authorized\nStrictModes no\nPidFile none\nSubsystem sftp internal-sftp\n`;
}

export type Sshd = {
	readonly port: number;
	/** For the cluster file. */
	readonly address: string;
	/** The private key that lets in. */
	readonly key: string;
	/** Where its keys and configuration lie. */
	readonly folder: string;
	readonly process: ChildProcess;
};

/** Starts an sshd that lets the current user in with a key; gone after the test. Subsystems in `more` replace the stock one. */
export async function startSshd(context: TestContext, more = ''): Promise<Sshd> {
	const folder = temporaryFolder(context);
	for (const name of ['host', 'id']) {
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
	}

	const port = await freePort();
	fs.copyFileSync(path.join(folder, 'id.pub'), path.join(folder, 'authorized'));
	const stock = sshdConfig({address: '127.0.0.1', port, folder});
	fs.writeFileSync(path.join(folder, 'config'), (more.includes('Subsystem ') ? stock.replace(/^Subsystem .*\n/m, '') : stock) + more);
	if (process.getuid?.() === 0) {
		fs.mkdirSync('/run/sshd', {recursive: true});
	}

	const server = spawn(sshd!, ['-D', '-f', path.join(folder, 'config')], {stdio: 'ignore'});
	context.after(async () => {
		if (server.exitCode === null && server.signalCode === null) {
			server.kill('SIGKILL');
			await once(server, 'exit');
		}
	});
	await until('sshd accepts', async () => accepts('127.0.0.1', port));
	return {port, address: `${os.userInfo().username}@127.0.0.1:${port}`, key: path.join(folder, 'id'), folder, process: server};
}

/** True where something accepts on a port. */
export async function accepts(ip: string, port: number): Promise<boolean> {
	const socket = net.connect(port, ip);
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
