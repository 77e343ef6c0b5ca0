/*
A host over SSH: a supervisor on the first connection of a pool, files over SFTP, forwards for ports. When that connection
ends, the supervisor's input does, and with it every proc.
*/
import {type Client, type ClientChannel} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Channel, type CommandResult, type Host, type ProcMarks} from '../core/host.ts';
import {shellLine} from '../core/shell-quote.ts';
import {commandOutput} from './command-output.ts';
import {sftpFiles} from './sftp-files.ts';
import {SshConnector, type SshOptions} from './ssh-connector.ts';
import {SshPool} from './ssh-pool.ts';
import {scriptFromInput, supervisorScript} from './supervisor-script.ts';
import {newLease, Supervisor} from './supervisor.ts';
import {TransientError} from './transient-error.ts';

const supervisorMs = 15_000;

export type SshHostOptions = SshOptions & {
	/** Shared by the hosts of a command: jump hosts, passphrases, how many connect at a time. */
	readonly connector?: SshConnector | undefined;
	/** What its procs carry, so that others know whose they are. */
	readonly marks?: ProcMarks | undefined;
};

/** Connects to a host and starts its supervisor; rejects with a BenchError that names the host and what to do. */
export async function connectSshHost(address: string, ip: string, options: SshHostOptions = {}): Promise<Host> {
	const connector = options.connector ?? new SshConnector(options);
	const home = await connector.connect(address);
	const pool = new SshPool(address, home, async () => connector.connect(address));
	try {
		const supervisor = await startSupervisor(address, pool, options.marks);
		watchConnection(address, home, supervisor);
		void (async () => {
			await supervisor.lost;
			pool.close(true);
		})();

		return {
			address,
			ip,
			kind: 'ssh',
			files: sftpFiles(address, pool),
			lost: supervisor.lost,
			start: async spec => supervisor.start(spec),
			run: async (argv, {timeoutMs = 10_000, input} = {}) => runCommand(pool, address, argv, {timeoutMs, input}),
			open: async (endpoint, timeoutMs) => forward(pool, endpoint, timeoutMs),
			async describe() {
				const {user} = await connector.settingsOf(address);
				const {hostKey = '', cipher = ''} = connector.agreementOf(address) ?? {};
				return {user, hostKey, cipher, sessions: await pool.countSessions(10)};
			},
			async close() {
				await supervisor.close();
				pool.close(false);
			},
		};
	} catch (error) {
		pool.close(true);
		throw error;
	}
}

async function startSupervisor(address: string, pool: SshPool, marks: ProcMarks | undefined): Promise<Supervisor> {
	const lease = newLease();
	const channel = await pool.executeAtHome(scriptFromInput(supervisorScript, [`BENCHDECK_SUPERVISOR=${lease}`]));
	const supervisor = new Supervisor({stdin: channel, stdout: channel, stderr: channel.stderr, address, lease, marks});
	channel.write(supervisorScript);
	const late = setTimeout(() => {
		supervisor.lose(new TransientError(`${address}: no shell answered within ${supervisorMs / 1000} s; does the login shell's start-up file wait for something?`));
	}, supervisorMs);
	try {
		await supervisor.ready;
		return supervisor;
	} catch (error) {
		throw supervisor.said === '' || error instanceof TransientError ? error : new BenchError('host', `${address}: the supervisor did not start there: ${supervisor.said}.`, {cause: error});
	} finally {
		clearTimeout(late);
	}
}

function watchConnection(address: string, home: Client, supervisor: Supervisor): void {
	let reason: Error | undefined;
	home.on('error', error => {
		reason ??= new BenchError('host', `${address}: the connection was lost: ${error.message}.`, {cause: error});
	});
	home.on('close', () => {
		supervisor.lose(reason ?? new BenchError('host', `${address}: the connection was closed from the other end.`));
	});
}

async function runCommand(pool: SshPool, address: string, argv: readonly string[], {timeoutMs, input}: {readonly timeoutMs: number; readonly input: string | undefined}): Promise<CommandResult> {
	const {promise, resolve, reject} = Promise.withResolvers<CommandResult>();
	let channel: ClientChannel | undefined;
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		channel?.close();
		reject(new BenchError('host', `${address}: ${argv[0] ?? ''} did not end within ${timeoutMs} ms.`));
	}, timeoutMs);
	void (async () => {
		try {
			const script = shellLine(argv);
			channel = await pool.execute(scriptFromInput(script));
			if (isLate) {
				// Nobody waits for it any more, so it does not begin.
				channel.close();
				return;
			}

			const [stdout, stderr] = [commandOutput(channel), commandOutput(channel.stderr)];
			let returnCode: number | undefined;
			channel.on('exit', (code: number | null) => {
				returnCode = code ?? -1;
			});
			channel.on('error', () => {/* Told by the close. */});
			channel.on('close', () => {
				if (returnCode === undefined) {
					reject(new BenchError('host', `${address}: the connection was lost while ${argv[0] ?? ''} ran there.`));
				} else {
					resolve({returnCode, stdout: stdout(), stderr: stderr()});
				}
			});
			channel.end(script + (input ?? ''));
		} catch (error) {
			reject(error instanceof Error ? error : new Error(String(error)));
		}
	})();

	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

async function forward(pool: SshPool, {ip, port}: {readonly ip: string; readonly port: number}, timeoutMs: number): Promise<Channel> {
	const {promise, resolve, reject} = Promise.withResolvers<Channel>();
	let isLate = false;
	const timer = setTimeout(() => {
		isLate = true;
		reject(new BenchError('host', `${ip}:${port} did not answer within ${timeoutMs} ms.`));
	}, timeoutMs);
	void (async () => {
		try {
			const channel = await pool.forward(ip, port);
			channel.on('error', () => {/* Told by the stream's end. */});
			if (isLate) {
				channel.destroy();
			}

			resolve(channel);
		} catch (error) {
			reject(new BenchError('host', `${ip}:${port}: ${messageOf(error)}.`, {cause: error}));
		}
	})();

	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}
