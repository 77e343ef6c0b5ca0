/*
What SSH costs, against stock sshds on loopback. Starting and ending procs: against the reference's way (one after another
over one connection: exec, `pgrep -f`, `pgrep -P`), which wants a sshd with MaxSessions 500. Overhead per benchmark: against the
same suite without SSH. Collecting: against OpenSSH's own sftp. Run: node --import=tsx test/benchmark/ssh.ts [procs] [overhead] [transfer]
*/
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {fileURLToPath} from 'node:url';
import {type Client, type ClientChannel} from 'ssh2';
import {type Proc} from '../../source/core/host.ts';
import {SshConnector} from '../../source/host/ssh-connector.ts';
import {connectSshHost} from '../../source/host/ssh-host.ts';
import {freePort} from '../helpers/free-port.ts';
import {accepts, sshd, sshdConfig} from '../helpers/sshd.ts';
import {until} from '../helpers/until.ts';

const cli = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
const user = os.userInfo().username;
const key = path.join(folder, 'id');
for (const name of ['host', 'id']) {
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
}

fs.copyFileSync(`${key}.pub`, path.join(folder, 'authorized'));
fs.mkdirSync('/run/sshd', {recursive: true});

async function serve(more: string): Promise<{readonly address: string; readonly port: number; end(): void}> {
	const port = await freePort();
	const config = path.join(folder, `config-${port}`);
	fs.writeFileSync(config, sshdConfig({address: '127.0.0.1', port, folder}) + more);
	const server = spawn(sshd!, ['-D', '-f', config], {stdio: 'ignore'});
	await until('sshd accepts', async () => accepts('127.0.0.1', port));
	return {
		address: `${user}@127.0.0.1:${port}`,
		port,
		end() {
			server.kill();
		},
	};
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}

async function output(client: Client, command: string): Promise<string> {
	const channel = await promisify<ClientChannel>(callback => {
		client.exec(command, callback);
	})();
	let text = '';
	channel.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	channel.stderr.resume();
	await once(channel, 'close');
	return text;
}

/** Starts and ends procs as the reference harness does. */
async function referenceWay(address: string, count: number): Promise<readonly [startMs: number, endMs: number]> {
	const client = await new SshConnector({identityFile: key, strictHostKeyChecking: 'no'}).connect(address);
	const pids: string[] = [];
	const nonce = `${process.pid}${Date.now()}`;
	const startMs = await timeMs(async () => {
		for (let index = 0; index < count; index++) {
			const mark = `${nonce}x${index}x`;
			await promisify<ClientChannel>(callback => {
				client.exec(`sh -c ': ${mark}; sleep 1000; true'`, callback);
			})();
			const shell = (await output(client, `pgrep -f '[:] ${mark}; sleep'`)).trim().split('\n').at(-1)!;
			pids.push((await output(client, `pgrep -P ${shell}`)).trim().split('\n', 1)[0]!);
		}
	});
	const endMs = await timeMs(async () => {
		for (const pid of pids) {
			await output(client, `kill -9 ${pid}`);
		}
	});
	client.end();
	return [startMs, endMs];
}

async function ourWay(address: string, count: number): Promise<readonly [startMs: number, endMs: number]> {
	const host = await connectSshHost(address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no'});
	let procs: readonly Proc[] = [];
	const startMs = await timeMs(async () => {
		procs = await Promise.all(Array.from({length: count}, async (_, index) => host.start({label: `p${index}`, argv: ['sleep', '1000'], cwd: folder, stdout: '/dev/null', stderr: '/dev/null'})));
	});
	const endMs = await timeMs(async () => Promise.all(procs.map(async proc => proc.kill())));
	await host.close();
	return [startMs, endMs];
}

const suiteText = `
import {count, fromFiles, protocol, suite, z} from 'benchdeck';
const many = protocol({
	name: 'many', input: z.object({procs: count()}),
	roles: {
		clients: {command: () => ['sh', '-c', 'sleep 1; echo 1 >rows.txt']},
		servers: {count: ({procs}) => procs, command: () => ['sh', '-c', 'exec sleep 1000'], ready: 'started'},
	},
	start: ['servers'],
	timing: () => ({lagMs: 0, warmupMs: 0, warmupTimeoutMs: 5000, sleepMs: 0, durationMs: 1000, timeoutMs: 20_000}),
	output: fromFiles(['rows.txt'], z.object({rows: count()}), texts => ({rows: Number(texts['rows.txt'])})),
});
export default suite({protocol: many, inputs: () => [{procs: 24}], summary: ['rows']});
`;

/** Milliseconds beyond what a suite measures, for each of its benchmarks. */
function overheads(suite: string, measuredMs: number, more: readonly string[]): readonly number[] {
	const text = execFileSync(process.execPath, [cli, 'run', suite, '-s', path.join(folder, 'runs'), '--json', '--no-scrape', ...more], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']});
	return text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {readonly type: string; readonly durationMs: number})
		.filter(({type}) => type === 'benchmark-finished')
		.map(({durationMs}) => durationMs - measuredMs);
}

const parts = process.argv.slice(2);

function isWanted(part: 'procs' | 'overhead' | 'transfer'): boolean {
	return parts.length === 0 || parts.includes(part);
}

const stock = await serve('');
const wide = await serve('MaxSessions 500\n');
try {
	if (isWanted('procs')) {
		await compareProcs();
	}

	if (isWanted('overhead')) {
		compareOverhead();
	}

	if (isWanted('transfer')) {
		await compareTransfer();
	}
} finally {
	stock.end();
	wide.end();
	fs.rmSync(folder, {recursive: true, force: true});
}

async function compareProcs(): Promise<void> {
	for (const count of [50, 100]) {
		const ours = [];
		for (let round = 0; round < 5; round++) {
			ours.push(await ourWay(stock.address, count));
		}

		const [startMs, endMs] = await referenceWay(wide.address, count);
		const [start, end] = [median(ours.map(([one]) => one)), median(ours.map(([, one]) => one))];
		const started = `pids known after ${start.toFixed(0)} ms, the reference's way ${startMs.toFixed(0)} ms, ratio ${(startMs / start).toFixed(0)}`;
		const ended = `ended after ${end.toFixed(0)} ms, ${endMs.toFixed(0)} ms, ratio ${(endMs / end).toFixed(0)}`;
		process.stdout.write(`${count} procs: ${started}; ${ended}\n`);
	}
}

function compareOverhead(): void {
	const many = path.join(folder, 'many.ts');
	fs.writeFileSync(many, suiteText);
	const clusterOf = (name: string, roles: readonly string[], address: string) => {
		const file = path.join(folder, `${name}.json`);
		fs.writeFileSync(file, JSON.stringify({1: Object.fromEntries(roles.map(role => [role, [address]]))}));
		return ['--cluster', file, '-i', key, '--strict-host-key-checking', 'no'];
	};

	const smoke = ['--only', '1', '--set', 'warmup_duration=300ms', '--set', 'duration=1200ms', '--repeat', '1'];
	const rounds = Array.from({length: 7}, () => ({
		local: overheads('unreplicated/smoke', 1500, smoke)[0]!,
		ssh: overheads('unreplicated/smoke', 1500, [...smoke, ...clusterOf('smoke', ['clients', 'server'], stock.address)])[0]!,
		manyLocal: overheads(many, 1000, [])[0]!,
		manySsh: overheads(many, 1000, clusterOf('many', ['clients', 'servers'], stock.address))[0]!,
	}));
	const of = (name: keyof typeof rounds[number]) => median(rounds.map(round => round[name]));
	process.stdout.write(`overhead of a smoke benchmark: ${of('ssh').toFixed(0)} ms over SSH, ${of('local').toFixed(0)} ms locally, difference ${(of('ssh') - of('local')).toFixed(0)} ms\n`);
	process.stdout.write(`overhead of 25 sh procs: ${of('manySsh').toFixed(0)} ms over SSH, ${of('manyLocal').toFixed(0)} ms locally\n`);
}

async function compareTransfer(): Promise<void> {
	const gigabyte = path.join(folder, 'gigabyte');
	fs.closeSync(fs.openSync(gigabyte, 'w'));
	fs.truncateSync(gigabyte, 1024 ** 3);
	const host = await connectSshHost(stock.address, '127.0.0.1', {identityFile: key, strictHostKeyChecking: 'no', debug(line) {
		if (line.includes('ciphers in')) {
			process.stdout.write(`${line}\n`);
		}
	}});
	await host.files.size(gigabyte);
	const transfers = [];
	for (let round = 0; round < 3; round++) {
		const sftpMs = await timeMs(async () => {
			const child = spawn(
				'sftp',
				[
					'-q',
					'-P',
					String(stock.port),
					'-i',
					key,
					'-o',
					'StrictHostKeyChecking=no',
					'-o',
					'UserKnownHostsFile=/dev/null',
					'-o',
					'LogLevel=ERROR',
					`${user}@127.0.0.1:${gigabyte}`,
					path.join(folder, 'sftp'),
				],
				{stdio: 'ignore'},
			);
			await once(child, 'exit');
		});
		const oursMs = await timeMs(async () => host.files.download(gigabyte, path.join(folder, 'ours')));
		transfers.push({sftpMs, oursMs});
	}

	const [sftpMs, oursMs] = [median(transfers.map(one => one.sftpMs)), median(transfers.map(one => one.oursMs))];
	process.stdout.write(`1 GiB: ${oursMs.toFixed(0)} ms, OpenSSH's sftp ${sftpMs.toFixed(0)} ms, rate ${(sftpMs / oursMs * 100).toFixed(0)}%\n`);
	await host.close();
}
