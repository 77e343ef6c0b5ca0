import fs from 'node:fs/promises';
import ssh2 from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {keyType} from './known-hosts.ts';

export type Identity = {
	readonly file: string;
	readonly content: Buffer;
	/** `ssh-ed25519`; undefined where the file does not say. */
	readonly type: string | undefined;
	/** The public half in SSH's wire form, where the file or a `.pub` beside it has it. */
	readonly publicKey: Buffer | undefined;
	readonly isEncrypted: boolean;
};

/**
A private key's file, without opening it.

@throws BenchError where it cannot be read.
*/
export async function readIdentity(address: string, file: string): Promise<Identity> {
	let content: Buffer;
	try {
		content = await fs.readFile(file);
	} catch (error) {
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		throw new BenchError('host', `${address}: cannot read the identity file ${file}: ${isMissing ? 'there is no such file' : messageOf(error)}.`, {cause: error});
	}

	const opened = ssh2.utils.parseKey(content);
	const publicKey = openSshPublicKey(content.toString('latin1')) ?? await publicFile(file);
	return {
		file,
		content,
		publicKey,
		type: publicKey ? keyType(publicKey) : (opened instanceof Error ? undefined : opened.type),
		isEncrypted: opened instanceof Error && /encrypted|passphrase/i.test(opened.message),
	};
}

/**
Looks whether a file that a person gave is a private key.

@throws BenchError that says what it is instead.
*/
export async function refuseNoKey(address: string, file: string): Promise<void> {
	const {content, publicKey, isEncrypted} = await readIdentity(address, file);
	const text = content.toString('latin1');
	const wrong = (what: string) => new BenchError('host', `${address}: the identity file ${file} ${what}.`);
	if (!/-----BEGIN [\d A-Z]*PRIVATE KEY-----|^PuTTY-User-Key-File-/.test(text)) {
		throw /^(?:ssh|ecdsa|sk)-\S+ [\d+/=A-Za-z]+/.test(text)
			? wrong(`is a public key; give the private one${file.endsWith('.pub') ? ` (${file.slice(0, -'.pub'.length)})` : ''}`)
			: wrong('is no private key');
	}

	// The public half of a security key is read, its private half is none that ssh2 knows.
	const type = publicKey && keyType(publicKey);
	if (!isEncrypted && !(type?.startsWith('sk-') ?? false) && !openIdentity({content})) {
		throw wrong(`is a private key of a kind that benchdeck cannot read; ssh-keygen -p -f ${file} writes it as OpenSSH's`);
	}
}

/** Opens an identity with its passphrase; undefined where that is wrong or ssh2 does not know the form. */
export function openIdentity({content}: Pick<Identity, 'content'>, passphrase?: string): ssh2.ParsedKey | undefined {
	const opened: unknown = ssh2.utils.parseKey(content, passphrase);
	const key: unknown = Array.isArray(opened) ? opened[0] : opened;
	return key instanceof Error ? undefined : key as ssh2.ParsedKey;
}

// "openssh-key-v1", then cipher, key derivation and its options, a count, and the public key, each with its length before it.
function openSshPublicKey(text: string): Buffer | undefined {
	const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text)?.[1];
	if (body === undefined) {
		return undefined;
	}

	const bytes = Buffer.from(body, 'base64');
	let at = 'openssh-key-v1\0'.length;
	try {
		for (let skipped = 0; skipped < 3; skipped++) {
			at += 4 + bytes.readUInt32BE(at);
		}

		const length = bytes.readUInt32BE(at + 4);
		return bytes.subarray(at + 8, at + 8 + length);
	} catch {
		return undefined;
	}
}

async function publicFile(file: string): Promise<Buffer | undefined> {
	try {
		const [, key] = (await fs.readFile(`${file}.pub`, 'latin1')).split(' ', 2);
		return key === undefined ? undefined : Buffer.from(key, 'base64');
	} catch {
		return undefined;
	}
}
