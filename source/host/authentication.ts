/*
Which keys a host is shown, and in which order: the agent's that an identity file names, the one given with `-i`, the rest of
the agent's, the other files. An encrypted file is opened last, with one question for all hosts.
*/
import ssh2, {type AnyAuthMethod, type BaseAgent, type ParsedKey, type SignCallback, type SigningRequestOptions} from 'ssh2';
import {BenchError} from '../core/errors.ts';
import {type Identity, openIdentity, readIdentity, refuseNoKey} from './identity-file.ts';
import {fingerprint} from './known-hosts.ts';
import {type SshSettings} from './ssh-settings.ts';

/** Asks a person; what is typed is not shown. */
export type Ask = (question: string) => Promise<string>;

const passphraseTries = 3;

/** Passphrases that were typed in, so that many hosts with one key ask once. */
export class Passphrases {
	readonly #ask: Ask | undefined;
	readonly #opened = new Map<string, Promise<ParsedKey>>();

	constructor(ask?: Ask) {
		this.#ask = ask;
	}

	/** The opened key; rejects with a BenchError where there is nobody to ask, or the passphrase is wrong three times. */
	async open(address: string, identity: Identity): Promise<ParsedKey> {
		const known = this.#opened.get(identity.file);
		if (known) {
			return known;
		}

		const opening = this.#question(address, identity);
		this.#opened.set(identity.file, opening);
		return opening;
	}

	async #question(address: string, identity: Identity): Promise<ParsedKey> {
		if (!this.#ask) {
			throw new BenchError('host', `${address}: the key ${identity.file} is encrypted and there is nobody to ask for its passphrase; add it to the agent (ssh-add ${identity.file}).`);
		}

		for (let tries = 0; tries < passphraseTries; tries++) {
			const passphrase = await this.#ask(`${tries === 0 ? '' : 'That was not it. '}Passphrase of the key ${identity.file}:`);
			const key = openIdentity(identity, passphrase);
			if (key) {
				return key;
			}
		}

		throw new BenchError('host', `${address}: the passphrase of the key ${identity.file} was wrong ${passphraseTries} times; add the key to the agent (ssh-add ${identity.file}).`);
	}
}

export type Authentication = {
	/** The next method to try, `false` after the last. */
	next(): Promise<AnyAuthMethod | false>;
	/** After a failed authentication: which keys were refused or could not be used, and what to do, as the end of a sentence. */
	readonly explanation: () => string;
	/** What stopped it, where something did. */
	readonly error: () => Error | undefined;
};

/** What is tried for a host, one after the other. */
export async function authentication(settings: SshSettings, given: string | undefined, passphrases: Passphrases): Promise<Authentication> {
	const {address, user: username} = settings;
	if (given !== undefined) {
		await refuseNoKey(address, given);
	}

	const identities = await Promise.all(settings.identityFiles.map(async file => readIdentity(address, file)));
	const isHardware = (type: string | undefined) => type?.startsWith('sk-') ?? false;
	const usable = identities.filter(({type}) => !isHardware(type));
	const agentKeys = await keysOf(settings.agent);
	const isNamed = (key: ParsedKey) => identities.some(({publicKey}) => publicKey?.equals(key.getPublicSSH()) ?? false);
	const inAgent = new Set(agentKeys.map(key => key.getPublicSSH().toString('base64')));
	const usableInAgent = agentKeys.filter(({type}) => !isHardware(type));
	const first = usableInAgent.filter(isNamed);
	const rest = settings.identitiesOnly || given !== undefined ? [] : usableInAgent.filter(key => !isNamed(key));
	const files = usable.filter(({publicKey}) => !publicKey || !inAgent.has(publicKey.toString('base64')));
	let error: Error | undefined;
	const shown: string[] = [];
	const methods: Array<() => Promise<AnyAuthMethod | undefined>> = [
		...agentMethods(settings, first, shown),
		...files.filter(({isEncrypted}) => !isEncrypted).map(identity => async () => fileMethod(identity.file, openIdentity(identity))),
		...agentMethods(settings, rest, shown),
		...files.filter(({isEncrypted}) => isEncrypted).map(identity => async () => fileMethod(identity.file, await passphrases.open(address, identity))),
	];
	return {
		async next() {
			try {
				for (let method = methods.shift(); method; method = methods.shift()) {
					const found = await method();
					if (found) {
						return found;
					}
				}
			} catch (error_) {
				error = error_ instanceof Error ? error_ : new Error(String(error_));
			}

			return false;
		},
		error: () => error,
		explanation() {
			const hardware = [...identities.filter(({type}) => isHardware(type)).map(({file}) => file), ...agentKeys.filter(({type}) => isHardware(type)).map(({comment}) => comment)];
			const unusable = [
				...(hardware.length === 0 ? [] : [`security keys (${hardware.join(', ')}), which benchdeck cannot use`]),
				...(settings.certificates.length === 0 ? [] : [`certificates (${settings.certificates.join(', ')}), which benchdeck cannot use`]),
			];
			if (unusable.length > 0) {
				return `; its SSH settings name ${unusable.join(' and ')}, so give it a plain key`;
			}

			if (shown.length === 0) {
				return '; there is no key to show it: pass one with --identity-file KEY, or add it to the agent (ssh-add)';
			}

			const refused = `; it does not let ${username} in with ${shown.join(', ')}`;
			return given === undefined
				? `${refused}: pass the key with --identity-file KEY, or add it to the agent (ssh-add)`
				: `${refused}: add ${given}.pub to ~/.ssh/authorized_keys there, or give another user or key`;
		},
	};

	function fileMethod(file: string, key: ParsedKey | undefined): AnyAuthMethod | undefined {
		if (key) {
			shown.push(`${file} (${fingerprint(key.getPublicSSH())})`);
		}

		return key && {type: 'publickey', username, key};
	}
}

function agentMethods({agent, user: username}: SshSettings, keys: readonly ParsedKey[], shown: string[]): ReadonlyArray<() => Promise<AnyAuthMethod>> {
	return agent === undefined || keys.length === 0
		? []
		: [async () => {
			shown.push(...keys.map(key => `the agent's ${key.comment === '' ? key.type : key.comment} (${fingerprint(key.getPublicSSH())})`));
			return {type: 'agent', username, agent: new SomeKeys(ssh2.createAgent(agent), keys) as BaseAgent};
		}];
}

/** An agent that shows some of its keys. */
class SomeKeys extends ssh2.BaseAgent<ParsedKey> {
	readonly #agent: BaseAgent;
	readonly #keys: readonly ParsedKey[];

	constructor(agent: BaseAgent, keys: readonly ParsedKey[]) {
		super();
		this.#agent = agent;
		this.#keys = keys;
	}

	override getIdentities(callback: (error: Error | undefined, keys?: ParsedKey[]) => void): void {
		callback(undefined, [...this.#keys]);
	}

	override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
		if (typeof options === 'function') {
			this.#agent.sign(key, data, options);
		} else {
			this.#agent.sign(key, data, options, callback);
		}
	}
}

// An agent that does not answer is one that holds no keys.
async function keysOf(socket: string | undefined): Promise<readonly ParsedKey[]> {
	if (socket === undefined) {
		return [];
	}

	const {promise, resolve} = Promise.withResolvers<readonly ParsedKey[]>();
	const timer = setTimeout(() => {
		resolve([]);
	}, 3000);
	ssh2.createAgent(socket).getIdentities((_error, keys) => {
		resolve((keys ?? []).flatMap((key: unknown) => isParsedKey(key) ? [key] : []));
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

function isParsedKey(key: unknown): key is ParsedKey {
	return typeof key === 'object' && key !== null && 'getPublicSSH' in key;
}
