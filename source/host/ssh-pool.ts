/*
The connections to one host: the first carries the supervisor, forwards and short commands; transfers have others, so that
its lease never waits behind a gigabyte. A stock sshd refuses the eleventh session of a connection (MaxSessions), so a
connection carries eight and the next is opened; who comes when all are full waits.
*/
import {promisify} from 'node:util';
import {type Client, type ClientChannel, type SFTPWrapper} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {TransientError} from './transient-error.ts';

const sessionsEach = 8;
const mostConnections = 4;

/** What a session is for: what is `bulk` keeps off the first connection. */
export type SessionUse = 'short' | 'bulk';

type Connection = {
	readonly client: Client;
	readonly isHome: boolean;
	/** How many sessions its server lets it have. */
	limit: number;
	sessions: number;
	sftp?: Promise<SFTPWrapper>;
};

export class SshPool {
	readonly #address: string;
	readonly #open: () => Promise<Client>;
	readonly #connections: Connection[] = [];
	readonly #waiting: Array<() => void> = [];
	readonly #home: Connection;
	#opening: Promise<Connection> | undefined;
	#isClosed = false;

	constructor(address: string, home: Client, open: () => Promise<Client>) {
		this.#address = address;
		this.#open = open;
		this.#home = this.#add(home, true);
	}

	/** Connections and sessions that are open. */
	get size(): {readonly connections: number; readonly sessions: number} {
		return {connections: this.#connections.length, sessions: this.#connections.reduce((sum, {sessions}) => sum + sessions, 0)};
	}

	/** Runs a command on the supervisor's own connection, which the host is lost with. */
	async executeAtHome(command: string): Promise<ClientChannel> {
		return this.#session(this.#home, async client => promisify<ClientChannel>(callback => {
			client.exec(command, callback);
		})());
	}

	/** Runs a command; rejects with a TransientError where no channel was opened for it, so that it did not run. */
	async execute(command: string, use: SessionUse = 'short'): Promise<ClientChannel> {
		return this.#onSome(use, async client => promisify<ClientChannel>(callback => {
			client.exec(command, callback);
		})());
	}

	/** SFTP, one session for each connection that is used for it. */
	async sftp(use: SessionUse = 'short'): Promise<SFTPWrapper> {
		const known = this.#connections.find(({sftp, isHome}) => sftp && (use === 'short' || !isHome));
		if (known?.sftp) {
			return known.sftp;
		}

		const connection = await this.#roomy(use);
		connection.sftp ??= this.#session(connection, async client => {
			const sftp = await promisify<SFTPWrapper>(callback => {
				client.sftp(callback);
			})();
			sftp.once('close', () => {
				delete connection.sftp;
			});
			return sftp;
		});
		try {
			return await connection.sftp;
		} catch (error) {
			delete connection.sftp;
			throw error;
		}
	}

	/** Opens a channel to a port as the host sees it. Such channels are no sessions: sshd does not count them. */
	async forward(ip: string, port: number): Promise<ClientChannel> {
		return promisify<ClientChannel>(callback => {
			this.#home.client.forwardOut('127.0.0.1', 0, ip, port, callback);
		})();
	}

	/** Opens sessions beside the supervisor's until the server refuses one, or there are so many; closes them again. */
	async countSessions(most: number): Promise<number> {
		const opened: ClientChannel[] = [];
		try {
			while (opened.length < most) {
				opened.push(await promisify<ClientChannel>(callback => {
					this.#home.client.exec('exec cat', callback);
				})());
			}
		} catch (error) {
			if (!isRefusal(error)) {
				throw this.#failure(error);
			}
		} finally {
			for (const channel of opened) {
				channel.close();
			}
		}

		// SFTP's own session would be free otherwise.
		return Math.min(most, opened.length + Math.max(0, this.#home.sessions - 1));
	}

	/** Ends all connections; at once where they cannot be trusted to end by themselves. */
	close(atOnce: boolean): void {
		this.#isClosed = true;
		this.#wake();
		for (const {client} of this.#connections) {
			if (atOnce) {
				client.destroy();
			} else {
				client.end();
				setTimeout(() => {
					client.destroy();
				}, 1000).unref();
			}
		}
	}

	async #onSome(use: SessionUse, open: (client: Client) => Promise<ClientChannel>): Promise<ClientChannel> {
		for (let tries = 0; ; tries++) {
			const connection = await this.#roomy(use);
			try {
				return await this.#session(connection, open);
			} catch (error) {
				// A server that lets a connection have fewer sessions has told so; the next try takes another connection.
				if (this.#isClosed || tries >= mostConnections || !isRefusal(error)) {
					throw this.#failure(error);
				}
			}
		}
	}

	/** A connection with room for one more session. */
	async #roomy(use: SessionUse): Promise<Connection> {
		for (;;) {
			if (this.#isClosed) {
				throw new BenchError('host', `${this.#address}: the connection is closed.`);
			}

			const fitting = this.#connections.filter(({isHome, limit, sessions}) => sessions < limit && (use === 'short' || !isHome));
			const [emptiest] = fitting.toSorted((one, other) => one.sessions - other.sessions);
			if (emptiest) {
				return emptiest;
			}

			if (this.#connections.length < mostConnections) {
				this.#opening ??= this.#another();
				await this.#opening;
				continue;
			}

			const {promise, resolve} = Promise.withResolvers<void>();
			this.#waiting.push(resolve);
			await promise;
		}
	}

	async #another(): Promise<Connection> {
		try {
			const client = await this.#open();
			if (this.#isClosed) {
				client.destroy();
			}

			return this.#add(client, false);
		} finally {
			this.#opening = undefined;
		}
	}

	#add(client: Client, isHome: boolean): Connection {
		const connection: Connection = {client, isHome, limit: sessionsEach, sessions: 0};
		this.#connections.push(connection);
		// Its channels tell their users.
		client.on('error', () => {/* Told by the close. */});
		client.once('close', () => {
			this.#connections.splice(this.#connections.indexOf(connection), 1);
			this.#wake();
		});
		return connection;
	}

	async #session<Opened extends ClientChannel | SFTPWrapper>(connection: Connection, open: (client: Client) => Promise<Opened>): Promise<Opened> {
		connection.sessions++;
		try {
			const opened = await open(connection.client);
			const release = () => {
				connection.sessions--;
				this.#wake();
			};

			(opened as ClientChannel).once('close', release);
			return opened;
		} catch (error) {
			connection.sessions--;
			if (isRefusal(error)) {
				connection.limit = Math.min(connection.limit, connection.sessions);
			}

			throw this.#failure(error);
		}
	}

	#wake(): void {
		const waiting = this.#waiting.splice(0);
		for (const resolve of waiting) {
			resolve();
		}
	}

	// Where the channel was open and the connection went, the command may have run: that is not to be tried again.
	#failure(error: unknown): Error {
		if (error instanceof BenchError) {
			return error;
		}

		if (error instanceof Error && error.message.endsWith('subsystem: sftp')) {
			return new BenchError('host', `${this.#address}: its sshd has no SFTP, by which files are sent and collected; add "Subsystem sftp internal-sftp" to its sshd_config.`, {cause: error});
		}

		const hasNotBegun = error instanceof Error && ('reason' in error || error.message === 'Not connected');
		return hasNotBegun
			? new TransientError(`${this.#address}: no channel was opened: ${messageOf(error)}.`, {cause: error})
			: new BenchError('host', `${this.#address}: the connection was lost: ${messageOf(error)}.`, {cause: error});
	}
}

/** The server refused to open a channel, rather than the connection having gone. */
function isRefusal(error: unknown): boolean {
	const cause = error instanceof TransientError ? error.cause : error;
	return cause instanceof Error && 'reason' in cause && typeof cause.reason === 'number';
}
