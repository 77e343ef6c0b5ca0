/*
The user's own SSH settings, as OpenSSH would use them (`ssh -G`), and their known hosts (`ssh-keygen -F`).
*/
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {BenchError} from '../core/errors.ts';

export type SshSettings = {
	readonly hostname: string;
	readonly port: number;
	readonly user: string;
	/** Files that exist. */
	readonly identityFiles: readonly string[];
	readonly knownHosts: readonly string[];
};

export type HostKeyChecking = 'yes' | 'accept-new' | 'no';

const execute = async (program: string, words: readonly string[]) => promisify(execFile)(program, [...words]);

/**
What OpenSSH would use for an address (`host`, an alias, `user@host:port`).

@throws BenchError where OpenSSH's programs are missing, or the settings ask for what ssh2 cannot do.
*/
export async function sshSettings(address: string): Promise<SshSettings> {
	const {user, host, port} = /^(?:(?<user>[^@]+)@)?(?<host>\[[^\]]+\]|[^:]+)(?::(?<port>\d+))?$/.exec(address)?.groups ?? {};
	if (host === undefined) {
		throw new BenchError('cluster', `"${address}" is no address; write host, user@host or user@host:port.`);
	}

	const words = ['-G', ...(user === undefined ? [] : ['-l', user]), ...(port === undefined ? [] : ['-p', port]), host.replaceAll(/[[\]]/g, '')];
	let text: string;
	try {
		text = (await execute('ssh', words)).stdout;
	} catch (error) {
		throw new BenchError('host', `${address}: \`ssh -G\` failed; benchdeck reads SSH's settings with OpenSSH's own ssh, so install openssh-client (${(error as Error).message.split('\n', 1)[0]!}).`, {cause: error});
	}

	const settings = Map.groupBy(text.split('\n').map(line => /^(\S+) (.*)$/.exec(line)).filter(match => match !== null), ([, name]) => name!);
	const all = (name: string) => (settings.get(name) ?? []).map(match => match[2]!);
	const set = (name: string) => all(name).find(value => value !== 'none');
	if (set('proxycommand') !== undefined || set('proxyjump') !== undefined) {
		throw new BenchError('host', `${address}: its SSH settings ask for a ${set('proxycommand') === undefined ? 'ProxyJump' : 'ProxyCommand'}, which benchdeck cannot use; give an address that is reached directly.`);
	}

	const home = (file: string) => file.startsWith('~/') ? os.homedir() + file.slice(1) : file;
	return {
		hostname: set('hostname') ?? host,
		port: Number(set('port') ?? 22),
		user: set('user') ?? os.userInfo().username,
		identityFiles: await existing(all('identityfile').map(home)),
		knownHosts: (set('userknownhostsfile') ?? '~/.ssh/known_hosts').split(' ').map(home),
	};
}

/**
Whether a host's key is the known one; a new host's is added where the policy says so.

@param key In SSH's wire form.
@throws BenchError naming both fingerprints where it differs from the known one.
*/
export async function checkHostKey(address: string, {hostname, port, knownHosts}: SshSettings, key: Uint8Array, policy: HostKeyChecking): Promise<void> {
	if (policy === 'no') {
		return;
	}

	const name = port === 22 ? hostname : `[${hostname}]:${port}`;
	const type = keyType(key);
	const lines = (await Promise.all(knownHosts.map(async file => findKeys(name, file)))).flat();
	const encoded = Buffer.from(key).toString('base64');
	if (lines.some(line => line.key === encoded)) {
		return;
	}

	const other = lines.find(line => line.type === type) ?? lines[0];
	if (other) {
		throw new BenchError('host', `${address}: the host key has changed: known is ${fingerprint(Buffer.from(other.key, 'base64'))}, the host shows ${fingerprint(key)}. If the host was set up anew, remove the old key with: ssh-keygen -R '${name}'.`);
	}

	if (policy === 'yes') {
		throw new BenchError('host', `${address}: the host key ${fingerprint(key)} is not known; connect once with ssh, or use --strict-host-key-checking accept-new.`);
	}

	const [file] = knownHosts;
	if (file !== undefined) {
		await fs.mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await fs.appendFile(file, `${name} ${type} ${encoded}\n`, {mode: 0o600});
	}
}

async function findKeys(name: string, file: string): Promise<ReadonlyArray<{readonly type: string; readonly key: string}>> {
	try {
		const {stdout} = await execute('ssh-keygen', ['-F', name, '-f', file]);
		return stdout.split('\n').flatMap(line => {
			const [, type, key] = line.split(' ', 3);
			return line.startsWith('#') || type === undefined || key === undefined ? [] : [{type, key}];
		});
	} catch {
		// It says so with its exit code when the host is not in the file.
		return [];
	}
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

function keyType(key: Uint8Array): string {
	const length = Buffer.from(key).readUInt32BE(0);
	return Buffer.from(key).toString('latin1', 4, 4 + length);
}

function fingerprint(key: Uint8Array): string {
	return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
