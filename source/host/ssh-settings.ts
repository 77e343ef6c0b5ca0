/*
The user's own SSH settings for an address, as OpenSSH would use them (`ssh -G`).
*/
import fs from 'node:fs/promises';
import os from 'node:os';
import {parseAddress} from '../core/address.ts';
import {BenchError} from '../core/errors.ts';
import {runOpenSsh} from './open-ssh.ts';

export type HostKeyChecking = 'yes' | 'accept-new' | 'no';

export type SshSettings = {
	/** As the cluster file names it: what messages say. */
	readonly address: string;
	readonly hostname: string;
	readonly port: number;
	readonly user: string;
	/** Files that exist, in OpenSSH's order. */
	readonly identityFiles: readonly string[];
	/** Keys of the agent that no identity file names are left out. */
	readonly identitiesOnly: boolean;
	/** The agent's socket. */
	readonly agent?: string;
	/** Certificates that OpenSSH would show; ssh2 cannot. */
	readonly certificates: readonly string[];
	/** Addresses to go through, the first is connected to directly. */
	readonly jumps: readonly string[];
	/** What the host is called in known_hosts. */
	readonly knownAs: string;
	/** The first takes new keys. */
	readonly knownHosts: readonly string[];
	/** Never other than `yes` or `accept-new`: a host is never believed blindly because of a file. */
	readonly checking: HostKeyChecking;
};

/**
What OpenSSH would use for an address (`host`, an alias, `user@host:port`).

@param address
@param identityFile As `-i` gives it.
@throws BenchError where OpenSSH's programs are missing, or the settings ask for what ssh2 cannot do.
*/
export async function sshSettings(address: string, identityFile?: string): Promise<SshSettings> {
	const {user, host, port} = parseAddress(address);
	const words = ['-G', ...(user === undefined ? [] : ['-l', user]), ...(port === undefined ? [] : ['-p', String(port)]), ...(identityFile === undefined ? [] : ['-i', identityFile]), '--', host];
	const answer = await runOpenSsh('ssh', words, address);
	if ('refusal' in answer) {
		throw new BenchError('host', `${address}: ssh does not understand its settings (\`ssh -G ${host}\`): ${answer.refusal}.`);
	}

	const settings = Map.groupBy(answer.stdout.split('\n').map(line => /^(\S+) (.*)$/.exec(line)).filter(match => match !== null), ([, name]) => name!);
	const all = (name: string) => (settings.get(name) ?? []).map(match => match[2]!).filter(value => value !== 'none');
	const set = (name: string) => all(name)[0];
	if (set('proxycommand') !== undefined) {
		throw new BenchError('host', `${address}: its SSH settings ask for a ProxyCommand, which benchdeck cannot use; write it as a ProxyJump, or give an address that is reached directly.`);
	}

	const hostname = set('hostname') ?? host;
	const actualPort = Number(set('port') ?? 22);
	const identityFiles = await existing([...(identityFile === undefined ? [] : [identityFile]), ...all('identityfile')].map(atHome));
	const agent = agentSocket(set('identityagent'));
	return {
		address,
		hostname,
		port: actualPort,
		user: set('user') ?? os.userInfo().username,
		identityFiles: [...new Set(identityFiles)],
		identitiesOnly: set('identitiesonly') === 'yes',
		...(agent !== undefined && {agent}),
		certificates: await existing([...all('certificatefile').map(atHome), ...identityFiles.map(file => `${file}-cert.pub`)]),
		jumps: (set('proxyjump') ?? '').split(',').filter(jump => jump !== '').map(jump => jump.replace(/^ssh:\/\//, '')),
		knownAs: set('hostkeyalias') ?? (actualPort === 22 ? hostname : `[${hostname}]:${actualPort}`),
		knownHosts: [...all('userknownhostsfile'), ...all('globalknownhostsfile')].flatMap(files => files.split(' ')).map(atHome),
		checking: ['yes', 'true'].includes(set('stricthostkeychecking') ?? '') ? 'yes' : 'accept-new',
	};
}

function agentSocket(setting: string | undefined): string | undefined {
	if (setting === undefined || setting === 'SSH_AUTH_SOCK') {
		const socket = process.env['SSH_AUTH_SOCK'];
		return socket === '' ? undefined : socket;
	}

	return setting.startsWith('$') ? process.env[setting.slice(1).replaceAll(/[{}]/g, '')] : atHome(setting);
}

function atHome(file: string): string {
	return file.startsWith('~/') ? os.homedir() + file.slice(1) : file;
}

async function existing(files: readonly string[]): Promise<readonly string[]> {
	const found = await Promise.all(files.map(async file => {
		try {
			await fs.access(file);
			return [file];
		} catch {
			return [];
		}
	}));
	return found.flat();
}
