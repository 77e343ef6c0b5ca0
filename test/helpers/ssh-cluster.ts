/*
A cluster of hosts made of network namespaces: each has its own address, its own stock sshd, and its own mounts, so that
neither /tmp nor the project nor the home directory is shared with this machine or with one another. Needs root and `ip`.
*/
import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {randomInt} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {accepts, sshd, sshdConfig, withoutSshd} from './sshd.ts';
import {until} from './until.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** For a test's `skip`: false where such a cluster can be made, else what is missing. */
export const withoutCluster: string | false = missing();

export type ClusterHost = {
	/** For the cluster file. */
	readonly address: string;
	readonly ip: string;
	readonly sshd: () => ChildProcess;
	/** Runs a shell command there, beside SSH. */
	run(script: string): string;
	/** The process that is the host; not to be ended. */
	readonly holder: number;
	/** All processes there. */
	all(): readonly number[];
	/** Those that are not sshd's. */
	others(): readonly number[];
	link(state: 'up' | 'down'): void;
	/** Starts sshd anew after it was killed. */
	restart(): Promise<void>;
};

export type SshCluster = {
	readonly hosts: readonly ClusterHost[];
	/** The private key that lets in. */
	readonly key: string;
	/** A folder of this machine, which the hosts do not see. */
	readonly folder: string;
};

/** Makes a cluster that is gone after the test. */
export async function startCluster(context: TestContext, count: number, {temporarySize = '200m'}: {readonly temporarySize?: string} = {}): Promise<SshCluster> {
	// Not in /tmp, which the hosts hide.
	const base = fs.mkdtempSync('/run/benchdeck-');
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	const [subnet, tag] = [randomInt(2, 250), randomInt(0x10_00, 0xFF_FF).toString(16)];
	const bridge = `bd${tag}`;
	const ended: Array<() => void> = [];
	context.after(() => {
		for (const end of ended.toReversed()) {
			end();
		}

		fs.rmSync(base, {recursive: true, force: true});
		fs.rmSync(folder, {recursive: true, force: true});
	});
	fs.mkdirSync('/run/sshd', {recursive: true});
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, 'id')]);
	ip('link', 'add', bridge, 'type', 'bridge');
	ended.push(() => {
		ip('link', 'del', bridge);
	});
	ip('addr', 'add', `10.213.${subnet}.1/24`, 'dev', bridge);
	ip('link', 'set', bridge, 'up');
	const hosts = await Promise.all(Array.from({length: count}, async (_, index) => {
		const name = `bd${tag}-${index}`;
		const address = `10.213.${subnet}.${index + 10}`;
		const own = path.join(base, String(index));
		fs.mkdirSync(path.join(own, 'home'), {recursive: true});
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(own, 'host')]);
		fs.copyFileSync(path.join(folder, 'id.pub'), path.join(own, 'authorized'));
		fs.writeFileSync(path.join(own, 'config'), sshdConfig({address, port: 22, folder: own}));
		fs.writeFileSync(path.join(own, 'node'), '');
		ip('netns', 'add', name);
		ip('link', 'add', `v${tag}${index}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
		ip('link', 'set', `v${tag}${index}`, 'master', bridge, 'up');
		ip('-n', name, 'link', 'set', 'lo', 'up');
		ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
		ip('-n', name, 'link', 'set', 'eth0', 'up');
		return clusterHost({name, address, own, link: `v${tag}${index}`, temporarySize, ended});
	}));
	await Promise.all(hosts.map(async host => until(`sshd of ${host.ip} accepts`, async () => accepts(host.ip, 22))));
	return {hosts, key: path.join(folder, 'id'), folder};
}

type Making = {readonly name: string; readonly address: string; readonly own: string; readonly link: string; readonly temporarySize: string; readonly ended: Array<() => void>};

async function clusterHost({name, address, own, link, temporarySize, ended}: Making): Promise<ClusterHost> {
	const home = os.userInfo().homedir;
	// It holds the mounts, also while there is no sshd.
	const holder = spawn('ip', ['netns', 'exec', name, 'unshare', '-m', 'sh', '-ec', `
		mount --make-rprivate /
		mount --bind '${process.execPath}' '${own}/node'
		mount -t tmpfs -o size=${temporarySize},mode=1777 tmpfs /tmp
		test ! -d '${project}' || mount -t tmpfs tmpfs '${project}'
		mount --bind '${own}/home' '${home}'
		mkdir -p '${home}/.local/bin'
		touch '${home}/.local/bin/node'
		mount --bind '${own}/node' '${home}/.local/bin/node'
		cd /
		touch '${own}/mounted'
		exec sleep 100000
	`], {stdio: 'ignore'});
	const enter = ['-t', String(holder.pid), '-m', '-n'];
	const start = () => spawn('nsenter', [...enter, sshd!, '-D', '-f', `${own}/config`], {stdio: 'ignore'});
	await until(`the mounts of ${name}`, () => fs.existsSync(`${own}/mounted`));
	let server = start();
	const pids = () => execFileSync('ip', ['netns', 'pids', name], {encoding: 'utf8'}).split('\n').filter(line => line !== '').map(Number);
	ended.push(() => {
		for (const pid of pids()) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It has just ended.
			}
		}

		ip('netns', 'del', name);
	});
	return {
		address: `root@${address}`,
		ip: address,
		sshd: () => server,
		run: script => execFileSync('nsenter', [...enter, 'sh', '-c', script], {encoding: 'utf8'}),
		holder: holder.pid!,
		all: pids,
		others: () => pids().filter(pid => {
			try {
				return pid !== holder.pid && !fs.readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('sshd') && !/^State:\tZ/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
			} catch {
				return false;
			}
		}),
		link(state) {
			ip('link', 'set', link, state);
		},
		async restart() {
			server = start();
			await until(`sshd of ${address} accepts again`, async () => accepts(address, 22));
		},
	};
}

function ip(...words: readonly string[]): void {
	execFileSync('ip', [...words], {stdio: ['ignore', 'ignore', 'pipe']});
}

function missing(): string | false {
	if (withoutSshd !== false) {
		return withoutSshd;
	}

	if (process.platform !== 'linux' || process.getuid?.() !== 0) {
		return 'network namespaces need root on Linux';
	}

	if (spawnSync('ip', ['-V']).error ?? spawnSync('nsenter', ['-V']).error) {
		return 'needs ip (iproute2) and nsenter (util-linux)';
	}

	const name = `bdtry${randomInt(1000, 9999)}`;
	const made = spawnSync('ip', ['netns', 'add', name]).status === 0 && spawnSync('ip', ['netns', 'exec', name, 'unshare', '-m', 'mount', '--make-rprivate', '/']).status === 0;
	spawnSync('ip', ['netns', 'del', name]);
	return made ? false : 'network and mount namespaces are not allowed here';
}
