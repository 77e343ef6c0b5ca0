/*
Opens SSH connections for a whole command: with the user's settings, their keys and known hosts, through jump hosts, a few
at a time for each server (a stock sshd drops some when ten are not authenticated yet). Hosts behind one jump host share
the connection to it.
*/
import {createRequire} from 'node:module';
import {type Duplex} from 'node:stream';
import {promisify} from 'node:util';
import ssh2, {type Client, type ClientChannel, type ConnectConfig, type ServerHostKeyAlgorithm} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {remembered} from '../core/remembered.ts';
import {type Ask, authentication, Passphrases} from './authentication.ts';
import {connectError, type ConnectionError, nameOf} from './connect-error.ts';
import {checkHostKey, fingerprint, type KnownKey, knownKeys} from './known-hosts.ts';
import {Limiter} from './limiter.ts';
import {type HostKeyChecking, type SshSettings, sshSettings} from './ssh-settings.ts';
import {TransientError} from './transient-error.ts';

export type SshOptions = {
	readonly identityFile?: string | undefined;
	/** By default what the SSH settings say where that is strict, else accept-new. */
	readonly strictHostKeyChecking?: HostKeyChecking | undefined;
	/** Asks for a key's passphrase; without it an encrypted key that no agent holds is an error. */
	readonly ask?: Ask | undefined;
	/** Is told the algorithms of a connection, and what ssh2 does; for debugging. */
	readonly debug?: ((line: string) => void) | undefined;
};

// A frozen connection is noticed after three unanswered questions.
const keepaliveMs = 2500;
const connectTimeoutMs = 15_000;
const atATime = 4;
// The names of the signatures that a key of a type makes, best first.
const signatures: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa']};
const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'];

/** What was agreed on with a server. */
export type Agreement = {readonly hostKey: string; readonly cipher: string};

type Jump = {readonly client: Promise<Client>; users: number};

export class SshConnector {
	readonly #options: SshOptions;
	readonly #passphrases: Passphrases;
	readonly #limiter = new Limiter(atATime);
	readonly #settings = new Map<string, Promise<SshSettings>>();
	readonly #known = new Map<string, Promise<readonly KnownKey[]>>();
	readonly #checked = new Map<string, Promise<void>>();
	readonly #jumps = new Map<string, Jump>();
	readonly #connecting = new Set<Client>();
	readonly #agreements = new Map<string, Agreement>();

	constructor(options: SshOptions = {}) {
		this.#options = options;
		this.#passphrases = new Passphrases(options.ask);
	}

	/** The settings of an address, asked of OpenSSH once. */
	async settingsOf(address: string): Promise<SshSettings> {
		return remembered(this.#settings, address, async () => sshSettings(address, this.#options.identityFile));
	}

	/** Gives up connections that are not ready yet. */
	close(): void {
		for (const client of this.#connecting) {
			client.destroy();
		}
	}

	/** What was agreed on with the server of an address. */
	agreementOf(address: string): Agreement | undefined {
		return this.#agreements.get(address);
	}

	/** An authenticated connection; rejects with a TransientError where trying again may help. */
	async connect(address: string): Promise<Client> {
		await this.#checkWay(address);
		return this.#connect(address);
	}

	/** Looks at a whole way before any of it is waited for: connections that share jump hosts could wait for each other for ever. */
	async #checkWay(address: string): Promise<void> {
		const way = [address];
		for (;;) {
			const last = way.at(-1)!;
			const {jumps} = await this.settingsOf(last);
			const [first] = jumps;
			if (first === undefined) {
				return;
			}

			if (way.includes(first)) {
				throw new BenchError('host', `${last}: its SSH settings lead through ${first}, which is reached through ${last} again; give ${first} "ProxyJump none" in ~/.ssh/config.`);
			}

			way.push(first);
		}
	}

	async #connect(address: string): Promise<Client> {
		const settings = await this.settingsOf(address);
		return settings.jumps.length === 0 ? this.#limited(settings, async () => undefined) : this.#beyond(settings.jumps, settings);
	}

	/** A connection that goes through others, which it holds on to until it is closed. */
	async #beyond(jumps: readonly string[], settings: SshSettings): Promise<Client> {
		const {address, hostname, port} = settings;
		const jump = await this.#jump(jumps);
		try {
			const client = await this.#limited(settings, async () => promisify<ClientChannel>(callback => {
				jump.client.forwardOut('127.0.0.1', 0, hostname, port, callback);
			})());
			client.once('close', jump.release);
			return client;
		} catch (error) {
			jump.release();
			if (error instanceof BenchError) {
				throw error;
			}

			throw new TransientError(`${address}: ${jumps.at(-1)!} cannot reach ${hostname}:${port}: ${messageOf(error)}.`, {cause: error});
		}
	}

	/** A connection to the last of some jump hosts, shared, and closed when nobody uses it any more. */
	async #jump(jumps: readonly string[]): Promise<{readonly client: Client; readonly release: () => void}> {
		const key = jumps.join(',');
		const jump = this.#jumps.get(key) ?? this.#newJump(key, jumps);
		jump.users++;
		let isReleased = false;
		const release = () => {
			if (isReleased) {
				return;
			}

			isReleased = true;
			jump.users--;
			if (jump.users === 0) {
				this.#forget(key, jump);
				void (async () => {
					const [opened] = await Promise.allSettled([jump.client]);
					if (opened.status === 'fulfilled') {
						opened.value.end();
					}
				})();
			}
		};

		try {
			return {client: await jump.client, release};
		} catch (error) {
			release();
			throw error;
		}
	}

	#newJump(key: string, jumps: readonly string[]): Jump {
		const jump: Jump = {client: this.#throughJumps(jumps), users: 0};
		this.#jumps.set(key, jump);
		void (async () => {
			const [opened] = await Promise.allSettled([jump.client]);
			if (opened.status === 'fulfilled') {
				opened.value.once('close', () => {
					this.#forget(key, jump);
				});
			} else {
				this.#forget(key, jump);
			}
		})();

		return jump;
	}

	/** Another may be in its place by now. */
	#forget(key: string, jump: Jump): void {
		if (this.#jumps.get(key) === jump) {
			this.#jumps.delete(key);
		}
	}

	async #throughJumps(jumps: readonly string[]): Promise<Client> {
		const last = jumps.at(-1)!;
		// The settings of the first may name a jump host again.
		return jumps.length === 1 ? this.#connect(last) : this.#beyond(jumps.slice(0, -1), await this.settingsOf(last));
	}

	async #limited(settings: SshSettings, open: () => Promise<Duplex | undefined>): Promise<Client> {
		const {address, hostname, port} = settings;
		const known = await remembered(this.#known, address, async () => knownKeys(settings));
		return this.#limiter.run(`${hostname}:${port}`, async () => this.#open(settings, known, await open()));
	}

	async #open(settings: SshSettings, known: readonly KnownKey[], sock: Duplex | undefined): Promise<Client> {
		const {address, hostname, port, user} = settings;
		const client = new ssh2.Client();
		let hostKey = '';
		const {promise, resolve, reject} = Promise.withResolvers<Client>();
		const methods = await authentication(settings, this.#options.identityFile, this.#passphrases);
		let keyError: Error | undefined;
		const config: ConnectConfig = {
			host: hostname,
			port,
			username: user,
			readyTimeout: 0,
			keepaliveInterval: keepaliveMs,
			keepaliveCountMax: 3,
			...(sock && {sock}),
			...(this.#options.debug && {debug: this.#options.debug}),
			// A key of a kind that is known is asked for first, as OpenSSH does: another kind would look like a changed key.
			algorithms: {serverHostKey: [...hostKeyAlgorithms].toSorted((one, other) => Number(isKnown(known, other)) - Number(isKnown(known, one)))},
			hostVerifier: (key: Buffer, verify: (isValid: boolean) => void) => {
				void (async () => {
					try {
						hostKey = fingerprint(key);
						await this.#check(settings, known, key);
						verify(true);
					} catch (error) {
						keyError = error instanceof Error ? error : new Error(String(error));
						verify(false);
					}
				})();
			},
			authHandler(_left, _partial, next) {
				void (async () => {
					const method = await methods.next();
					clearTimeout(timer);
					// The types leave out the end of the list.
					(next as (method: unknown) => void)(method);
				})();
			},
		};
		// A person may take long for a passphrase; the server's own login grace bounds that.
		const timer = setTimeout(() => {
			reject(new TransientError(`${nameOf(settings)}: it did not answer within ${connectTimeoutMs / 1000} s; is sshd running there, or does a firewall drop the connection?`));
			client.destroy();
		}, connectTimeoutMs);
		client.on('handshake', ({kex, cs: {cipher}}) => {
			this.#agreements.set(address, {hostKey, cipher});
			this.#options.debug?.(`${address}: ${kex}, ${cipher}, ciphers in ${cryptoKind()}`);
		});
		client.once('ready', () => {
			resolve(client);
		});
		client.on('error', (error: ConnectionError) => {
			// An agent that fails is passed over; what comes after `ready` is told by the close.
			if (error.level !== 'agent') {
				reject(keyError ?? methods.error() ?? connectError(settings, error, methods));
			}
		});
		client.once('close', () => {
			reject(keyError ?? methods.error() ?? new TransientError(`${nameOf(settings)}: the connection was closed before it was ready.`));
		});
		this.#connecting.add(client);
		client.connect(config);
		// A line for the supervisor would else wait, for 40 ms, until the one before it is acknowledged.
		client.setNoDelay(true);
		try {
			return await promise;
		} catch (error) {
			client.destroy();
			throw error;
		} finally {
			clearTimeout(timer);
			this.#connecting.delete(client);
		}
	}

	// Several connections to a new host find one key: it is looked at, and added, once.
	async #check(settings: SshSettings, known: readonly KnownKey[], key: Buffer): Promise<void> {
		const policy = this.#options.strictHostKeyChecking ?? settings.checking;
		return remembered(this.#checked, `${settings.knownAs} ${key.toString('base64')}`, async () => checkHostKey(settings, known, key, policy));
	}
}

// Its native part may not have been built, or for another Node; ssh2 then works without, and does not say so.
function cryptoKind(): string {
	try {
		createRequire(import.meta.url)('ssh2/lib/protocol/crypto/build/Release/sshcrypto.node');
		return 'native code';
	} catch {
		return 'JavaScript';
	}
}

function isKnown(known: readonly KnownKey[], algorithm: ServerHostKeyAlgorithm): boolean {
	return known.some(({type}) => type === algorithm || (signatures[type] ?? []).includes(algorithm));
}
