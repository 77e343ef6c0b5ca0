/*
A host over SSH: one connection, one channel for the supervisor, SFTP for files, forwards for ports. When the connection
ends, the supervisor's input does, and with it every proc.
*/
import fs from 'node:fs/promises';
import {promisify} from 'node:util';
import {Client, type ClientChannel, type ConnectConfig, type SFTPWrapper} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Channel, type CommandResult, type Host} from '../core/host.ts';
import {sftpFiles} from './sftp-files.ts';
import {shellLine} from './shell-quote.ts';
import {checkHostKey, type HostKeyChecking, type SshSettings, sshSettings} from './ssh-settings.ts';
import {supervisorScript} from './supervisor-script.ts';
import {Supervisor} from './supervisor.ts';

export type SshOptions = {
	readonly identityFile?: string;
	readonly strictHostKeyChecking?: HostKeyChecking;
};

// A frozen connection is noticed after three unanswered questions.
const keepaliveMs = 2500;
const connectTimeoutMs = 15_000;
const maxOutput = 1024 * 1024;

/** Connects to a host and starts its supervisor; rejects with a BenchError that names the host and what to do. */
export async function connectSshHost(address: string, ip: string, options: SshOptions = {}): Promise<Host> {
	const settings = await sshSettings(address);
	const client = await connect(address, settings, options);
	const size = Buffer.byteLength(supervisorScript);
	// The script comes over the channel, so that no login shell reads it: fish and zsh quote in their own ways.
	const channel = await execute(client, `exec sh -c 'eval "$(dd bs=1 count=${size} 2>/dev/null)"'`);
	channel.stderr.resume();
	const supervisor = new Supervisor({stdin: channel, stdout: channel, address});
	channel.write(supervisorScript);
	client.on('error', error => {
		supervisor.lose(new BenchError('host', `${address}: the connection was lost: ${error.message}.`, {cause: error}));
	});
	client.on('close', () => {
		supervisor.lose(new BenchError('host', `${address}: the connection was closed.`));
	});
	await supervisor.ready;
	const sftp = once(async () => promisify<SFTPWrapper>(callback => {
		client.sftp(callback);
	})());
	return {
		address,
		ip,
		kind: 'ssh',
		files: sftpFiles(address, sftp),
		lost: supervisor.lost,
		start: async spec => supervisor.start(spec),
		run: async (argv, {timeoutMs = 10_000, input} = {}) => runCommand(client, address, argv, {timeoutMs, input}),
		open: async (endpoint, timeoutMs) => forward(client, endpoint, timeoutMs),
		async close() {
			await supervisor.close();
			client.end();
		},
	};
}

async function connect(address: string, settings: SshSettings, options: SshOptions): Promise<Client> {
	const client = new Client();
	const {promise, resolve, reject} = Promise.withResolvers<Client>();
	let keyError: Error | undefined;
	const config: ConnectConfig = {
		host: settings.hostname,
		port: settings.port,
		username: settings.user,
		readyTimeout: connectTimeoutMs,
		keepaliveInterval: keepaliveMs,
		keepaliveCountMax: 3,
		hostVerifier(key: Buffer, verify: (isValid: boolean) => void) {
			void (async () => {
				try {
					await checkHostKey(address, settings, key, options.strictHostKeyChecking ?? 'accept-new');
					verify(true);
				} catch (error) {
					keyError = error instanceof Error ? error : new Error(String(error));
					verify(false);
				}
			})();
		},
		...(process.env['SSH_AUTH_SOCK'] !== undefined && {agent: process.env['SSH_AUTH_SOCK']}),
		...await privateKey(address, options.identityFile, settings.identityFiles),
	};
	client.once('ready', () => {
		resolve(client);
	});
	client.once('error', error => {
		reject(keyError ?? connectError(address, settings, error));
	});
	client.connect(config);
	return promise;
}

async function privateKey(address: string, given: string | undefined, identityFiles: readonly string[]): Promise<{readonly privateKey?: Buffer}> {
	const file = given ?? identityFiles[0];
	if (file === undefined) {
		return {};
	}

	try {
		return {privateKey: await fs.readFile(file)};
	} catch (error) {
		throw new BenchError('host', `${address}: cannot read the identity file ${file}: ${messageOf(error)}.`, {cause: error});
	}
}

function connectError(address: string, {user, hostname, port}: SshSettings, error: Error & {readonly level?: string; readonly code?: string}): BenchError {
	const where = `${address} (${user}@${hostname}:${port})`;
	if (error.level === 'client-authentication') {
		return new BenchError('host', `${where}: authentication failed; pass the key with --identity-file KEY, or add it to the agent (ssh-add).`, {cause: error});
	}

	return error.message.includes('Encrypted private') ? new BenchError('host', `${where}: its key is encrypted; add it to the agent (ssh-add).`, {cause: error}) : new BenchError('host', `${where}: cannot connect: ${error.message}; is sshd running there?`, {cause: error});
}

async function execute(client: Client, command: string): Promise<ClientChannel> {
	return promisify<ClientChannel>(callback => {
		client.exec(command, callback);
	})();
}

async function runCommand(client: Client, address: string, argv: readonly string[], {timeoutMs, input}: {readonly timeoutMs: number; readonly input: string | undefined}): Promise<CommandResult> {
	const channel = await execute(client, `exec sh -c ${shellLine([shellLine(argv)])}`);
	const {promise, resolve, reject} = Promise.withResolvers<CommandResult>();
	let [stdout, stderr, returnCode] = ['', '', -1];
	channel.on('data', (chunk: Buffer) => {
		stdout = (stdout + chunk.toString()).slice(0, maxOutput);
	});
	channel.stderr.on('data', (chunk: Buffer) => {
		stderr = (stderr + chunk.toString()).slice(0, maxOutput);
	});
	channel.on('exit', (code: number | null) => {
		returnCode = code ?? -1;
	});
	channel.on('close', () => {
		resolve({returnCode, stdout, stderr});
	});
	const timer = setTimeout(() => {
		channel.close();
		reject(new BenchError('host', `${address}: ${argv[0] ?? ''} did not end within ${timeoutMs} ms.`));
	}, timeoutMs);
	channel.end(input ?? '');
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

async function forward(client: Client, {ip, port}: {readonly ip: string; readonly port: number}, timeoutMs: number): Promise<Channel> {
	const {promise, resolve, reject} = Promise.withResolvers<Channel>();
	const timer = setTimeout(() => {
		reject(new BenchError('host', `${ip}:${port} did not answer within ${timeoutMs} ms.`));
	}, timeoutMs);
	client.forwardOut('127.0.0.1', 0, ip, port, (error, channel) => {
		if (error) {
			reject(error);
			return;
		}

		channel.on('error', () => {/* Told by the stream's end. */});
		resolve(channel);
	});
	try {
		return await promise;
	} finally {
		clearTimeout(timer);
	}
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return async () => {
		made ??= make();
		return made;
	};
}
