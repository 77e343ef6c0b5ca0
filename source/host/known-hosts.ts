/*
Known hosts, read with OpenSSH's own `ssh-keygen -F`, which finds hashed entries too.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {runOpenSsh} from './open-ssh.ts';
import {type HostKeyChecking, type SshSettings} from './ssh-settings.ts';

export type KnownKey = {
	readonly type: string;
	/** SSH's wire form in base64. */
	readonly key: string;
	readonly isRevoked: boolean;
};

/**
The keys that are known of a host.

@throws BenchError where there is no ssh-keygen.
*/
export async function knownKeys({address, knownAs, knownHosts}: SshSettings): Promise<readonly KnownKey[]> {
	const answers = await Promise.all(knownHosts.map(async file => runOpenSsh('ssh-keygen', ['-F', knownAs, '-f', file], address)));
	// ssh-keygen says no, by its exit code, where the host or the file is not there.
	return answers.flatMap(answer => 'stdout' in answer ? answer.stdout.split('\n').flatMap(line => parseLine(line)) : []);
}

function parseLine(line: string): readonly KnownKey[] {
	const words = line.split(' ').filter(word => word !== '');
	const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
	const [, type, key] = words;
	return line.startsWith('#') || type === undefined || key === undefined || marker === '@cert-authority' ? [] : [{type, key, isRevoked: marker === '@revoked'}];
}

/**
Whether a host's key is the known one; a new host's is added where the policy says so.

@param settings
@param known What `knownKeys` found.
@param key In SSH's wire form.
@param policy
@throws BenchError naming both fingerprints where it differs from the known one.
*/
export async function checkHostKey({address, knownAs, knownHosts}: SshSettings, known: readonly KnownKey[], key: Uint8Array, policy: HostKeyChecking): Promise<void> {
	if (policy === 'no') {
		return;
	}

	const encoded = Buffer.from(key).toString('base64');
	const same = known.filter(one => one.key === encoded);
	if (same.some(one => one.isRevoked)) {
		throw new BenchError('host', `${address}: its host key ${fingerprint(key)} is marked as revoked in known_hosts; nothing was sent to it.`);
	}

	if (same.length > 0) {
		return;
	}

	const type = keyType(key);
	const other = known.find(one => one.type === type) ?? known.find(one => !one.isRevoked);
	if (other) {
		const change = `known is ${fingerprint(Buffer.from(other.key, 'base64'))}, the host shows ${fingerprint(key)}`;
		const remedy = `If the host was set up anew, remove the old key with: ssh-keygen -R '${knownAs}'.`;
		throw new BenchError('host', `${address}: the host key has changed: ${change}; nothing was sent to it. ${remedy}`);
	}

	if (policy === 'yes') {
		throw new BenchError('host', `${address}: the host key ${fingerprint(key)} is not known; connect once with ssh, or use --strict-host-key-checking accept-new.`);
	}

	const [file] = knownHosts;
	if (file !== undefined) {
		await fs.mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await fs.appendFile(file, `${await lineBreak(file)}${knownAs} ${type} ${encoded}\n`, {mode: 0o600});
	}
}

/** SSH's name of a key's type, from its wire form. */
export function keyType(key: Uint8Array): string {
	const bytes = Buffer.from(key);
	return bytes.toString('latin1', 4, 4 + bytes.readUInt32BE(0));
}

/** As OpenSSH prints it. */
export function fingerprint(key: Uint8Array): string {
	return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

// A file whose last line lacks its end would swallow the new one.
async function lineBreak(file: string): Promise<string> {
	try {
		const text = await fs.readFile(file, 'latin1');
		return text === '' || text.endsWith('\n') ? '' : '\n';
	} catch {
		return '';
	}
}
