/*
The embedded engine against bare Node on one loopback connection, in many short rounds. What is compared runs one right after
the other, each time another one first, and the median of the rounds' ratios counts: a busy machine is as busy for both.

- one client's round trips a second, against a bare ping-pong of messages of the same size;
- 100 requests outstanding on one connection, against a bare echo with 100 of them in flight;
- the engine's client once more with groups that never fill, which records nothing: what recording costs.

	node test/benchmark/engine.ts [ROUNDS]
*/
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net, {type AddressInfo} from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort} from '../helpers/free-port.ts';
import {median} from './measured-process.ts';

const self = fileURLToPath(import.meta.url);
const engine = (name: string) => fileURLToPath(new URL(`../../build/standalone/suites/unreplicated/engine/${name}.cjs`, import.meta.url));
/** A frame of a one-byte command, as the engine sends it. */
const messageBytes = 13;
const warmUpMs = 300;
const measuredMs = 1000;
const outstanding = 100;
/** A row stands for so many requests that none is written. */
const unrecorded = 100_000_000;
const cases = [
	{clients: 1, base: 'ping-pong', name: 'engine', recording: 'recording'},
	{clients: outstanding, base: 'echo', name: 'pipelined', recording: 'recording, pipelined'},
] as const;
const [mode = '15', ...rest] = process.argv.slice(2);

switch (mode) {
	case 'echo': {
		await serveEcho();
		break;
	}

	case 'ping': {
		process.stdout.write(String(await ping(Number(rest[0]), Number(rest[1]))));
		break;
	}

	default: {
		await measureAll(Number(mode));
	}
}

async function measureAll(rounds: number): Promise<void> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-engine-'));
	const rates: Record<string, number[]> = {};
	const add = (name: string, value: number) => {
		rates[name] = [...rates[name] ?? [], value];
	};

	try {
		for (let round = 0; round < rounds; round++) {
			for (const {clients, base, name, recording} of cases) {
				const found: Record<string, number> = {};
				const turns: Array<() => Promise<void>> = [
					async () => {
						found['bare'] = await bare(clients);
					},
					async () => {
						const {measured, overall} = await ours(folder, clients, 1);
						Object.assign(found, {measured, recorded: overall});
					},
					async () => {
						const {overall} = await ours(folder, clients, unrecorded);
						found['unrecorded'] = overall;
					},
				];
				for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
					await turn();
				}

				add(base, found['bare']!);
				add(name, found['measured']!);
				add(recording, 1 - (found['recorded']! / found['unrecorded']!));
			}
		}
	} finally {
		fs.rmSync(folder, {recursive: true});
	}

	const rate = (name: string) => median(rates[name]!);
	const ratio = (name: string, base: string) => median(rates[name]!.map((value, round) => value / rates[base]![round]!));
	print(`one client: ${rate('engine').toFixed(0)} round trips/s, ${(ratio('engine', 'ping-pong') * 100).toFixed(0)} % of a bare ping-pong's ${rate('ping-pong').toFixed(0)}`);
	print(`${outstanding} outstanding: ${rate('pipelined').toFixed(0)} requests/s, ${(ratio('pipelined', 'echo') * 100).toFixed(0)} % of a bare echo's ${rate('echo').toFixed(0)}`);
	print(`recording costs ${costText(rates['recording']!)} with one client, ${costText(rates['recording, pipelined']!)} with ${outstanding} outstanding`);
}

/** The median, and between which shares half of the rounds lie. */
function costText(shares: readonly number[]): string {
	const sorted = shares.toSorted((one, other) => one - other);
	const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)]! * 100).toFixed(1);
	return `${(median(shares) * 100).toFixed(1)} % (half of the rounds: ${at(0.25)} to ${at(0.75)})`;
}

/** Messages a second of the bare pair, each end a process of its own as the engine's are. */
async function bare(inFlight: number): Promise<number> {
	const server = spawn(process.execPath, [self, 'echo'], {stdio: ['ignore', 'pipe', 'inherit']});
	try {
		const [port] = await once(server.stdout, 'data') as [Buffer];
		return Number(await outputOf(spawn(process.execPath, [self, 'ping', port.toString().trim(), String(inFlight)], {stdio: ['ignore', 'pipe', 'inherit']})));
	} finally {
		await end(server);
	}
}

function wordsOf(flags: Readonly<Record<string, string>>): readonly string[] {
	return Object.entries(flags).flatMap(([name, word]) => [`--${name}`, word]);
}

/** Requests a second: of the measured rows, and of the warm-up and the measurement together, which is also known where nothing is recorded. */
async function ours(folder: string, clients: number, groupSize: number): Promise<{readonly measured: number; readonly overall: number}> {
	const port = String(await freePort());
	const workload = path.join(folder, 'workload.pbtxt');
	fs.writeFileSync(workload, 'string_workload: { size_mean: 1 size_std: 0 }\n');
	const serverFlags = {host: '127.0.0.1', port, state_machine: 'Noop', log_level: 'info', 'options.flushEveryN': '1'};
	const server = spawn(process.execPath, [engine('server'), ...wordsOf(serverFlags)], {stdio: ['ignore', 'pipe', 'inherit']});
	try {
		await once(server.stdout, 'data');
		const flags = {
			host: '127.0.0.1', port: '0', server_host: '127.0.0.1', server_port: port, log_level: 'info', measurement_group_size: String(groupSize),
			warmup_duration: `${warmUpMs}ms`, warmup_timeout: '5s', warmup_sleep: '0s', num_warmup_clients: String(clients),
			duration: `${measuredMs}ms`, timeout: '9s', num_clients: String(clients), workload, output_file_prefix: path.join(folder, 'client'),
		};
		const text = await outputOf(spawn(process.execPath, [engine('client'), ...wordsOf(flags)], {stdio: ['ignore', 'pipe', 'inherit']}));
		const sent = Number(/(?<sent>\d+) requests sent/.exec(text)?.groups?.['sent']);
		return {measured: rowsOf(path.join(folder, 'client_data.csv')) / measuredMs * 1000, overall: sent / (warmUpMs + measuredMs) * 1000};
	} finally {
		await end(server);
	}
}

function rowsOf(file: string): number {
	return fs.readFileSync(file, 'latin1').split('\n').length - 2;
}

async function serveEcho(): Promise<void> {
	const server = net.createServer({noDelay: true}, socket => {
		socket.on('data', chunk => {
			socket.write(chunk);
		});
		socket.on('error', () => {
			// The other end has counted enough, and is gone.
		});
	});
	server.listen(0, '127.0.0.1', () => {
		print(String((server.address() as AddressInfo).port));
	});
	await once(process, 'SIGTERM');
	process.exit(0);
}

/** Messages a second that come back, so many being under way. */
async function ping(port: number, inFlight: number): Promise<number> {
	const socket = net.connect({port, host: '127.0.0.1', noDelay: true});
	await once(socket, 'connect');
	const message = Buffer.alloc(messageBytes, 'x');
	const messages = Buffer.alloc(messageBytes * inFlight, 'x');
	let received = 0;
	let owed = 0;
	socket.on('data', chunk => {
		received += chunk.length;
		owed += chunk.length;
		const whole = Math.floor(owed / messageBytes);
		owed -= whole * messageBytes;
		if (whole > 0) {
			socket.write(whole === 1 ? message : messages.subarray(0, whole * messageBytes));
		}
	});
	socket.write(messages);
	await pause(warmUpMs);
	const [from, before] = [performance.now(), received];
	await pause(measuredMs);
	const rate = (received - before) / messageBytes / (performance.now() - from) * 1000;
	socket.destroy();
	return rate;
}

async function pause(ms: number): Promise<void> {
	await new Promise(resolve => {
		setTimeout(resolve, ms);
	});
}

async function outputOf(child: ChildProcess): Promise<string> {
	let text = '';
	child.stdout!.on('data', (chunk: Buffer) => {
		text += chunk.toString();
	});
	const [code] = await once(child, 'close') as [number];
	if (code !== 0) {
		throw new Error(`${child.spawnargs.join(' ')} ended with ${code}.`);
	}

	return text;
}

async function end(child: ChildProcess): Promise<void> {
	child.kill();
	await once(child, 'exit');
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
