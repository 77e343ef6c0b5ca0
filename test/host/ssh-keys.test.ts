/*
Keys: which are shown to a host, in which order, and what is said of those that do not open it.
*/
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import ssh2 from 'ssh2';
import {connectSshHost} from '../../source/host/ssh-host.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {configureSsh} from '../helpers/ssh-configuration.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';
import {until} from '../helpers/until.ts';

const needsSshd = {skip: withoutSshd};

function makeKey(folder: string, name: string): string {
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path.join(folder, name)]);
	return path.join(folder, name);
}

function fingerprintOf(file: string): string {
	return execFileSync('ssh-keygen', ['-lf', file], {encoding: 'utf8'}).split(' ', 2)[1]!;
}

/** A real ssh-agent that holds some keys; gives its socket. */
async function startAgent(context: TestContext, keys: readonly string[]): Promise<string> {
	const socket = path.join(temporaryFolder(context), 'agent');
	const agent = spawn('ssh-agent', ['-D', '-a', socket], {stdio: 'ignore'});
	context.after(() => {
		agent.kill();
	});
	await until('the agent\'s socket', () => fs.existsSync(socket));
	execFileSync('ssh-add', ['-q', ...keys], {env: {...process.env, SSH_AUTH_SOCK: socket}, stdio: 'ignore'});
	return socket;
}

/** A private key's file whose public half is a security key's. */
function writeSecurityKey(file: string): void {
	const field = (content: string | Buffer) => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(content.length);
		return Buffer.concat([length, Buffer.from(content)]);
	};

	const publicKey = Buffer.concat([field('sk-ssh-ed25519@openssh.com'), field(Buffer.alloc(32, 1)), field('ssh:')]);
	const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field(''), Buffer.from([0, 0, 0, 1]), field(publicKey), field(Buffer.alloc(64))]);
	fs.writeFileSync(file, `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`, {mode: 0o600});
}

test('A file that is no private key, and a key that the server refuses, are said to be that', needsSshd, async context => {
	const {address, folder} = await startSshd(context);
	configureSsh(context, '');
	const other = makeKey(folder, 'other');
	const words = path.join(folder, 'words');
	fs.writeFileSync(words, 'not a key\n');
	const cut = path.join(folder, 'cut');
	fs.writeFileSync(cut, fs.readFileSync(other, 'utf8').replace(/\n.{20}/, '\n'));
	const refusal = async (identityFile: string) => {
		try {
			await connectSshHost(address, '127.0.0.1', {identityFile, strictHostKeyChecking: 'no'});
			return 'none';
		} catch (error) {
			return error instanceof Error ? error.message.replace(address, 'HOST').replace(folder, 'DIR') : String(error);
		}
	};

	assert.equal(await refusal(words), 'HOST: the identity file DIR/words is no private key.');
	assert.equal(await refusal(`${other}.pub`), `HOST: the identity file DIR/other.pub is a public key; give the private one (${other}).`);
	assert.equal(await refusal(cut), `HOST: the identity file DIR/cut is a private key of a kind that benchdeck cannot read; ssh-keygen -p -f ${cut} writes it as OpenSSH's.`);
	assert.match(await refusal(path.join(folder, 'none')), /^HOST: cannot read the identity file DIR\/none: there is no such file\.$/);
	const refused = await refusal(other);
	assert.ok(refused.startsWith('HOST'), refused);
	assert.match(refused, /: authentication failed; it does not let \S+ in with \S+\/other \(SHA256:\S+\): add \S+\/other\.pub to ~\/\.ssh\/authorized_keys there, or give another user or key\.$/);
	assert.ok(refused.includes(fingerprintOf(other)), refused);
});

test('Keys of an agent that an identity file names go first, then files, then the agent\'s others', needsSshd, async context => {
	const {address, key, folder} = await startSshd(context);
	const [named, extra, file] = [makeKey(folder, 'named'), makeKey(folder, 'extra'), makeKey(folder, 'file')];
	const settings = (agent: string, more = '') => `Host *\n\tIdentityAgent ${agent}\n\tIdentityFile ${file}\n\tIdentityFile ${named}\n${more}`;
	const wrong = await startAgent(context, [extra, named]);
	configureSsh(context, settings(wrong));
	await assert.rejects(connectSshHost(address, '127.0.0.1', {strictHostKeyChecking: 'no'}), (error: Error) => {
		const {order} = /does not let \S+ in with (?<order>.*): pass the key/.exec(error.message)?.groups ?? {};
		assert.equal(order, `the agent's named (${fingerprintOf(named)}), ${file} (${fingerprintOf(file)}), the agent's extra (${fingerprintOf(extra)})`, error.message);
		return true;
	});
	configureSsh(context, settings(wrong, '\tIdentitiesOnly yes\n'));
	await assert.rejects(connectSshHost(address, '127.0.0.1', {strictHostKeyChecking: 'no'}), (error: Error) => !error.message.includes('extra') && error.message.includes('the agent\'s named'));
	const right = await startAgent(context, [extra, key]);
	fs.rmSync(key);
	configureSsh(context, settings(right));
	const host = await connectSshHost(address, '127.0.0.1', {strictHostKeyChecking: 'no'});
	assert.equal((await host.run(['echo', 'in'])).stdout, 'in\n');
	await host.close();
});

test('A security key gets a sentence, given by hand or by the settings', needsSshd, async context => {
	const {address, folder} = await startSshd(context);
	const file = path.join(folder, 'hardware');
	writeSecurityKey(file);
	configureSsh(context, '');
	await assert.rejects(
		connectSshHost(address, '127.0.0.1', {identityFile: file, strictHostKeyChecking: 'no'}),
		/authentication failed; its SSH settings name security keys \(\S+\/hardware\), which benchdeck cannot use, so give it a plain key\.$/,
	);
});

test('A changed host key ends the command with both fingerprints and 2, and nothing is sent', needsSshd, async context => {
	const folder = temporaryFolder(context);
	const [known, shown, key] = [makeKey(folder, 'known'), makeKey(folder, 'shown'), makeKey(folder, 'id')];
	let [connections, authentications] = [0, 0];
	const server = new ssh2.Server({hostKeys: [fs.readFileSync(shown)]}, client => {
		connections++;
		client.on('error', () => {/* The other end has gone. */});
		client.on('authentication', authentication => {
			authentications++;
			authentication.accept();
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	const knownHosts = configureSsh(context, '');
	fs.writeFileSync(knownHosts, `[127.0.0.1]:${port} ${fs.readFileSync(`${known}.pub`, 'utf8')}`);
	const cluster = path.join(folder, 'cluster.json');
	const address = `me@127.0.0.1:${port}`;
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const runs = path.join(folder, 'runs');
	const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '--plain', '-i', key, '--cluster', cluster, '-s', runs]);
	assert.deepEqual([code, stdout], [2, '']);
	assert.ok(stderr.includes(`${address}: the host key has changed: known is ${fingerprintOf(known)}, the host shows ${fingerprintOf(shown)}; nothing was sent to it.`), stderr);
	assert.equal(stderr.trim().split('\n').length, 1, stderr);
	assert.deepEqual([connections, authentications, fs.existsSync(runs)], [1, 0, false]);
});
