/*
The way to a host: settings, keys, known hosts, jump hosts, and servers that misbehave.
*/
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {type AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import ssh2 from 'ssh2';
import {connectHost} from '../../source/host/connect-host.ts';
import {SshConnector} from '../../source/host/ssh-connector.ts';
import {connectSshHost} from '../../source/host/ssh-host.ts';
import {TransientError} from '../../source/host/transient-error.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {freePort} from '../helpers/free-port.ts';
import {isAlive} from '../helpers/processes.ts';
import {configureSsh as configure} from '../helpers/ssh-configuration.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';
import {startProxy} from '../helpers/tcp-proxy.ts';
import {until} from '../helpers/until.ts';

const needsSshd = {skip: withoutSshd};

/** Leaves a PATH on which there is nothing; `configure` puts the old one back. */
function hidePrograms(folder: string): void {
	process.env['PATH'] = folder;
}

test('A hundred procs, tails, transfers, commands and forwards share a stock sshd', needsSshd, async context => {
	const {address, key, folder, port} = await startSshd(context);
	const host = await connectHost(address, {identityFile: key, strictHostKeyChecking: 'no'});
	context.after(async () => host.close());
	const source = path.join(folder, 'source');
	fs.writeFileSync(source, Buffer.alloc(3_000_000, 'benchdeck'));
	const many = async <Result>(count: number, work: (index: number) => Promise<Result>) => Promise.all(Array.from({length: count}, async (_, index) => work(index)));
	const [procs, commands, channels] = await Promise.all([
		many(100, async index =>
			host.start({
				label: `p${index}`,
				argv: ['sh', '-c', `echo ${index}; exec sleep 100`],
				cwd: folder,
				stdout: `${folder}/p${index}_out.txt`,
				stderr: `${folder}/p${index}_err.txt`,
			}),
		),
		many(40, async index => host.run(['printf', '%s', String(index)], {timeoutMs: 60_000})),
		many(20, async () => host.open({ip: '127.0.0.1', port}, 5000)),
		many(20, async () => host.files.read(source, 1000, 5000)),
		many(10, async index => {
			await host.files.upload(source, `${folder}/up${index}`);
			await host.files.download(`${folder}/up${index}`, `${folder}/down${index}`);
			assert.ok(fs.readFileSync(`${folder}/down${index}`).equals(fs.readFileSync(source)));
		}),
	]);
	assert.ok(procs.every(({pid}) => isAlive(pid)));
	assert.deepEqual(commands.map(({stdout}) => stdout), Array.from({length: 40}, (_, index) => String(index)));
	for (const channel of channels) {
		channel.destroy();
	}

	await host.close();
	assert.ok(procs.every(({pid}) => !isAlive(pid)));
});

test('Aliases, ports, keys and jump hosts are those of the SSH settings', needsSshd, async context => {
	const [bastion, target] = [await startSshd(context), await startSshd(context)];
	const knownHosts = configure(context, [
		'Host deep',
		'\tHostName 127.0.0.1',
		`\tPort ${target.port}`,
		`\tIdentityFile ${target.folder}/none`,
		`\tIdentityFile ${bastion.key}`,
		`\tIdentityFile ${target.key}`,
		`\tProxyJump ${bastion.address}`,
		'Host 127.0.0.1',
		`\tIdentityFile ${bastion.key}`,
	].join('\n'));
	const connector = new SshConnector();
	const hosts = await Promise.all([1, 2].map(async () => connectSshHost('deep', '127.0.0.1', {connector})));
	context.after(async () => {
		await Promise.all(hosts.map(async host => host.close()));
	});
	assert.equal((await hosts[0]!.run(['sh', '-c', 'echo $SSH_CONNECTION'])).stdout.trim().split(' ', 4)[3], String(target.port));
	assert.equal(fs.readFileSync(knownHosts, 'utf8').match(/\[127\.0\.0\.1\]:\d+ ssh-ed25519/g)?.length, 2, 'each key is added once');
});

test('Many hosts behind one jump host share the connection to it, without a word of warning', needsSshd, async context => {
	const [bastion, target] = [await startSshd(context), await startSshd(context)];
	configure(context, [
		'Host deep*', '\tHostName 127.0.0.1', `\tPort ${target.port}`, `\tIdentityFile ${target.key}`, `\tProxyJump ${bastion.address}`, 'Host 127.0.0.1', `\tIdentityFile ${bastion.key}`,
	].join('\n'));
	const warnings: Error[] = [];
	const warned = (warning: Error) => {
		warnings.push(warning);
	};

	process.on('warning', warned);
	context.after(() => {
		process.off('warning', warned);
	});
	const connector = new SshConnector({strictHostKeyChecking: 'no'});
	const clients = await Promise.all(Array.from({length: 12}, async (_, index) => connector.connect(`deep${index}`)));
	for (const client of clients) {
		client.end();
	}

	await Promise.all(clients.map(async client => once(client, 'close')));
	assert.deepEqual(warnings, []);
});

test('A jump host that cannot be reached through another is named, and the connection to the first is let go of', needsSshd, async context => {
	const [first, target] = [await startSshd(context), await startSshd(context)];
	const port = await freePort();
	const proxied = await startProxy(context, first.port);
	configure(context, [
		'Host deep', '\tHostName 127.0.0.1', `\tPort ${target.port}`, `\tProxyJump 127.0.0.1:${proxied.port},127.0.0.1:${port}`, 'Host 127.0.0.1', `\tIdentityFile ${first.key}`,
	].join('\n'));
	const connector = new SshConnector({strictHostKeyChecking: 'no'});
	await assert.rejects(
		connector.connect('deep'),
		(error: Error) => error.message.startsWith(`[127.0.0.1]:${port}: 127.0.0.1:${proxied.port} cannot reach 127.0.0.1:${port}: `) && error instanceof TransientError,
	);
	await until('the connection to the first jump host is closed', () => proxied.open() === 0);
});

test('A jump host whose settings lead through itself is named, and waits for nobody', needsSshd, async context => {
	configure(context, 'Host *\n\tProxyJump bastion\nHost bastion\n\tHostName 127.0.0.1');
	await assert.rejects(new SshConnector().connect('deep'), /^BenchError: bastion: its SSH settings lead through bastion, .* give bastion "ProxyJump none"/);
});

test('Jump hosts whose settings name each other are named, also where they are asked for at once', {...needsSshd, timeout: 60_000}, async context => {
	configure(context, 'Host one\n\tProxyJump me@two\nHost two\n\tProxyJump me@one');
	const connector = new SshConnector();
	// So that each has begun to wait before the other is known to.
	await Promise.all(['one', 'two', 'me@one', 'me@two'].map(async address => connector.settingsOf(address)));
	await Promise.all([
		assert.rejects(connector.connect('one'), {name: 'BenchError', message: /^me@one: its SSH settings lead through me@two, which is reached through me@one again; give me@two "ProxyJump none"/}),
		assert.rejects(connector.connect('two'), {name: 'BenchError', message: /^me@two: its SSH settings lead through me@one, which is reached through me@two again; give me@one "ProxyJump none"/}),
	]);
});

test('An encrypted key is asked for once for all hosts, and is an error where there is nobody to ask', needsSshd, async context => {
	const {address, key, folder} = await startSshd(context);
	configure(context, `Host *\n\tIdentityFile ${folder}/id`);
	execFileSync('ssh-keygen', ['-q', '-p', '-f', key, '-N', 'open sesame', '-P', '']);
	await assert.rejects(connectSshHost(address, '127.0.0.1'), /the key \S+\/id is encrypted and there is nobody to ask for its passphrase; add it to the agent \(ssh-add /);
	const asked: string[] = [];
	const connector = new SshConnector({
		async ask(question) {
			asked.push(question);
			return asked.length === 1 ? 'wrong' : 'open sesame';
		},
	});
	const hosts = await Promise.all([1, 2].map(async () => connectSshHost(address, '127.0.0.1', {connector})));
	await Promise.all(hosts.map(async host => host.close()));
	assert.deepEqual(asked, [`Passphrase of the key ${key}:`, `That was not it. Passphrase of the key ${key}:`]);
});

test('A new host is added, an unknown one refused where asked, and a changed key stops with both fingerprints', needsSshd, async context => {
	const {address, key, folder, port} = await startSshd(context);
	const knownHosts = configure(context, '');
	const options = {identityFile: key} as const;
	await assert.rejects(connectSshHost(address, '127.0.0.1', {...options, strictHostKeyChecking: 'yes'}), /the host key SHA256:\S+ is not known; connect once with ssh/);
	await (await connectSshHost(address, '127.0.0.1', options)).close();
	await (await connectSshHost(address, '127.0.0.1', {...options, strictHostKeyChecking: 'yes'})).close();
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'other')]);
	fs.writeFileSync(knownHosts, `[127.0.0.1]:${port} ${fs.readFileSync(path.join(folder, 'other.pub'), 'utf8')}`);
	const fingerprintOf = (name: string) => execFileSync('ssh-keygen', ['-lf', path.join(folder, name)], {encoding: 'utf8'}).split(' ', 2)[1]!;
	await assert.rejects(
		connectHost(address, options),
		(error: Error) =>
			error.message.includes(`the host key has changed: known is ${fingerprintOf('other.pub')}, the host shows ${fingerprintOf('host.pub')}`)
			&& !error.message.includes('tried'),
	);
});

test('What ssh2 cannot do, and a machine without OpenSSH, get one sentence each', needsSshd, async context => {
	const {address, folder} = await startSshd(context);
	const other = path.join(folder, 'other');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
	fs.writeFileSync(`${other}-cert.pub`, 'a certificate');
	configure(context, `Host far\n\tProxyCommand nc %h %p\nHost 127.0.0.1\n\tIdentityFile ${other}`);
	await assert.rejects(connectSshHost('far', '127.0.0.1'), /^BenchError: far: its SSH settings ask for a ProxyCommand, which benchdeck cannot use; write it as a ProxyJump/);
	await assert.rejects(
		connectSshHost(address, '127.0.0.1'),
		/authentication failed; its SSH settings name certificates \(\S+other-cert\.pub\), which benchdeck cannot use, so give it a plain key\.$/,
	);
	hidePrograms(folder);
	await assert.rejects(connectSshHost('127.0.0.1', '127.0.0.1'), /there is no program ssh on this machine, .* install OpenSSH's client/);
});

test('A connection that is dropped before it is ready is tried again, a refused key is not', needsSshd, async context => {
	const {key, folder, port} = await startSshd(context);
	configure(context, '');
	const proxy = await startProxy(context, port);
	const through = `${os.userInfo().username}@127.0.0.1:${proxy.port}`;
	proxy.drop(2);
	const host = await connectHost(through, {identityFile: key, strictHostKeyChecking: 'no'});
	await host.close();
	assert.equal(proxy.connections(), 3);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'other')]);
	await assert.rejects(connectHost(through, {identityFile: path.join(folder, 'other'), strictHostKeyChecking: 'no'}), /authentication failed/);
	assert.equal(proxy.connections(), 4);
});

test('A slow line carries a proc; a frozen or a cut one loses the host, and closing it does not hang', needsSshd, async context => {
	const {key, folder, port} = await startSshd(context);
	configure(context, '');
	await Promise.all((['freeze', 'cut'] as const).map(async fault => {
		const proxy = await startProxy(context, port);
		proxy.delay(100);
		const host = await connectHost(`${os.userInfo().username}@127.0.0.1:${proxy.port}`, {identityFile: key, strictHostKeyChecking: 'no'});
		const proc = await host.start({label: 'one', argv: ['sleep', '1000'], cwd: folder, stdout: '/dev/null', stderr: '/dev/null'});
		assert.ok(isAlive(proc.pid));
		proxy[fault]();
		const from = performance.now();
		const reason = await host.lost;
		// Silence is noticed within ten seconds, and five later nothing lives; the rest is for a busy machine.
		const noticedMs = performance.now() - from;
		assert.ok(noticedMs < 15_000, `lost after ${noticedMs} ms`);
		assert.ok(reason.message.startsWith(host.address), reason.message);
		assert.deepEqual([(await proc.exited).returnCode, (await proc.exited).ended], [undefined, false]);
		await assert.rejects(host.run(['true']), /connection/);
		await host.close();
		await until('the proc has ended by itself', () => !isAlive(proc.pid));
		const endedMs = performance.now() - from;
		assert.ok(endedMs < 20_000, `gone after ${endedMs} ms`);
	}));
});

test('A server that allows one session gets more connections; a command that it drops is not run again', needsSshd, async context => {
	configure(context, '');
	const folder = temporaryFolder(context);
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'key')]);
	const key = path.join(folder, 'key');
	let [connections, commands] = [0, 0];
	const server = new ssh2.Server({hostKeys: [fs.readFileSync(key)]}, client => {
		connections++;
		let sessions = 0;
		client.on('error', () => {/* The other end has gone. */});
		client.on('authentication', authentication => {
			authentication.accept();
		});
		client.on('session', (accept, reject) => {
			if (sessions > 0) {
				reject();
				return;
			}

			sessions++;
			const session = accept();
			session.on('exec', (acceptExec, _reject, {command}) => {
				const channel = acceptExec();
				if (command.includes('BENCHDECK_SUPERVISOR')) {
					channel.write('ready 1\n');
					return;
				}

				commands++;
				if (commands === 2) {
					client.end();
					return;
				}

				channel.resume();
				channel.on('end', () => {
					channel.write('done');
					channel.exit(0);
					channel.end();
					sessions--;
				});
			});
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const host = await connectHost(`me@127.0.0.1:${(server.address() as AddressInfo).port}`, {identityFile: key, strictHostKeyChecking: 'no'});
	assert.equal((await host.run(['true'])).stdout, 'done');
	assert.equal(connections, 2);
	await assert.rejects(host.run(['true']), /connection was lost/);
	assert.equal(commands, 2);
	await host.close();
});

test('A server that never answers is given up in bounded time', needsSshd, async context => {
	configure(context, '');
	const proxy = await startProxy(context, 1);
	proxy.freeze();
	const from = performance.now();
	await assert.rejects(connectSshHost(`127.0.0.1:${proxy.port}`, '127.0.0.1', {strictHostKeyChecking: 'no'}), /did not answer within 15 s; is sshd running there|connection was closed/);
	assert.ok(performance.now() - from < 40_000);
});
