/*
What goes wrong on a cluster, and how a suite ends then: in bounded time, with an event that names the host, with nothing left
alive anywhere, and with every byte that could be had.
*/
import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test from 'node:test';
import {cli} from '../helpers/command.ts';
import {commandOf} from '../helpers/processes.ts';
import {type ClusterHost, startCluster, withoutCluster} from '../helpers/ssh-cluster.ts';
import {until} from '../helpers/until.ts';

// A row each tenth of a second, for so many seconds, and how many they are.
const clientScript = 'cat words.txt; i=0; while test $i -lt $(($1 * 10)); do i=$((i + 1)); echo row $i; echo $i >count.txt; sleep 0.1; done';

const suiteText = String.raw`
import {count, fromFiles, protocol, suite, z} from 'benchdeck';

const counting = protocol({
	name: 'counting',
	input: z.object({seconds: count()}),
	roles: {
		clients: {command: ({input}) => ['sh', '-c', '${clientScript}', 'sh', String(input.seconds)]},
		server: {command: () => ['sh', '-c', 'trap "" TERM; sleep 1000 & echo ready; while :; do sleep 1; done'], ready: {line: /^ready$/}},
	},
	start: ['server'],
	files: {'words.txt': () => 'words that were sent\n'},
	timing: ({seconds}) => ({lagMs: 0, warmupMs: 0, warmupTimeoutMs: 10_000, sleepMs: 0, durationMs: seconds * 1000, timeoutMs: 40_000}),
	output: fromFiles(['count.txt'], z.object({rows: count()}), texts => ({rows: Number(texts['count.txt'])})),
});
export default suite({protocol: counting, inputs: () => [{seconds: 4}], summary: ['rows']});
`;

type Event = {
	readonly type: string;
	readonly host?: string;
	readonly labels?: readonly string[];
	readonly directory?: string;
	readonly label?: string;
	readonly outcome?: string;
	readonly message?: string;
	readonly failure?: {readonly host?: string; readonly label?: string};
};

class Run {
	readonly child: ChildProcess;
	readonly events: Event[] = [];
	stderr = '';
	readonly #exited: Promise<unknown>;
	#isOver = false;

	constructor(words: readonly string[]) {
		const child = spawn(process.execPath, [cli, 'run', ...words], {stdio: ['ignore', 'pipe', 'pipe']});
		this.child = child;
		const lines = createInterface({input: child.stdout}).on('line', line => {
			this.events.push(JSON.parse(line) as Event);
		});
		this.#exited = Promise.all([once(child, 'close'), once(lines, 'close')]).then(() => {
			this.#isOver = true;
		});
		child.stderr.on('data', (chunk: Buffer) => {
			this.stderr += chunk.toString();
		});
	}

	async saw(type: string, which: (event: Event) => boolean = () => true): Promise<Event> {
		await until(() => `${type}: ${this.stderr}`, () => this.events.some(event => event.type === type && which(event)) || this.#isOver);
		const found = this.events.find(event => event.type === type && which(event));
		assert.ok(found, `it ended without ${type}: ${this.stderr}${JSON.stringify(this.events.slice(-4))}`);
		return found;
	}

	async end(): Promise<number | null> {
		await this.#exited;
		return this.child.exitCode;
	}

	get directory(): string {
		return this.events.find(({directory}) => directory !== undefined)!.directory!;
	}
}

test('A suite outlives what happens to its hosts, and leaves nothing', {skip: withoutCluster, concurrency: true}, async context => {
	const {hosts, key, folder} = await startCluster(context, 16);
	const suite = path.join(folder, 'counting.ts');
	fs.writeFileSync(suite, suiteText);
	const pairs = Array.from({length: 8}, (_, index) => [hosts[index * 2]!, hosts[index * 2 + 1]!] as const);
	const start = ([server, client]: readonly [ClusterHost, ClusterHost], more: readonly string[] = [], file = suite) => {
		const cluster = path.join(folder, `${client.ip}.json`);
		fs.writeFileSync(cluster, JSON.stringify({1: {clients: [client.address], server: [server.address]}}));
		return new Run([file, '--json', '-i', key, '--cluster', cluster, '-s', path.join(folder, client.ip), '--strict-host-key-checking', 'no', ...more]);
	};

	const nothingIsLeft = async (pair: readonly ClusterHost[]) => {
		for (const host of pair) {
			await until(() => `nothing runs on ${host.ip}: ${host.others().map(pid => commandOf(pid)).join('; ')}`, () => host.others().length === 0);
		}
	};

	/** The host is lost while the client runs, comes back, and the benchmark is tried again by itself. */
	const lostAndBack = async (pair: readonly [ClusterHost, ClusterHost], strike: (client: ClusterHost) => void, mend: (client: ClusterHost) => Promise<void> | void) => {
		const [, client] = pair;
		const run = start(pair);
		await run.saw('proc-started', ({label}) => label === 'client');
		await until('the client has written', () => client.run('cat /tmp/benchdeck-*/001/client_out.txt').includes('row 5\n'));
		strike(client);
		const lost = await run.saw('host-lost');
		assert.deepEqual([lost.host, lost.labels], [client.address, ['client']]);
		await mend(client);
		await run.saw('host-regained');
		assert.equal(await run.end(), 0, `${run.stderr}${JSON.stringify(run.events.slice(1))}`);
		await nothingIsLeft(pair);
		assert.match(fs.readFileSync(path.join(run.directory, '001', 'attempt-1', 'client_out.txt'), 'utf8'), /^words that were sent\nrow 1\n(?:row \d+\n)*row 5\n/);
		assert.match(fs.readFileSync(path.join(run.directory, '001', 'client_out.txt'), 'utf8'), /row 40\n$/);
		assert.deepEqual(pair.map(host => host.run('ls /tmp')), ['', '']);
	};

	const signalSshd = (host: ClusterHost, signal: NodeJS.Signals) => {
		const others = host.others();
		const ofSshd = host.all().filter(pid => !others.includes(pid) && pid !== host.holder);
		for (const pid of ofSshd) {
			try {
				process.kill(pid, signal);
			} catch {
				// A session's process that has just ended.
			}
		}
	};

	await Promise.all([
		context.test('a link that goes down and comes up', async () => {
			await lostAndBack(pairs[0]!, client => {
				client.link('down');
			}, async client => {
				await until('everything there has ended by itself', () => client.others().length === 0);
				client.link('up');
			});
		}),
		context.test('an sshd that is stopped and goes on', async () => {
			await lostAndBack(pairs[1]!, client => {
				signalSshd(client, 'SIGSTOP');
			}, async client => {
				await until('everything there has ended by itself', () => client.others().length === 0);
				signalSshd(client, 'SIGCONT');
			});
		}),
		context.test('an sshd that is killed and started anew', async () => {
			await lostAndBack(pairs[2]!, client => {
				signalSshd(client, 'SIGKILL');
			}, async client => client.restart());
		}),
		context.test('a host that stays away', async () => {
			const pair = pairs[3]!;
			const run = start(pair, ['--host-wait', '2s']);
			await run.saw('proc-started', ({label}) => label === 'client');
			pair[1].link('down');
			assert.equal((await run.saw('host-lost')).host, pair[1].address);
			assert.equal(await run.end(), 1);
			assert.ok(run.events.some(({type}) => type === 'benchmark-failed'));
			await nothingIsLeft(pair);
			assert.match(fs.readFileSync(path.join(run.directory, '001', 'server_out.txt'), 'utf8'), /^ready\n/);
		}),
		context.test('a runner that is killed', async () => {
			const pair = pairs[4]!;
			const run = start(pair);
			await run.saw('proc-started', ({label}) => label === 'client');
			assert.ok(pair.every(host => host.others().length > 0));
			run.child.kill('SIGKILL');
			await run.end();
			await nothingIsLeft(pair);
		}),
		context.test('a disk that is full', async () => {
			const pair = pairs[5]!;
			pair[1].run('cat /dev/zero >/tmp/full 2>/dev/null || true');
			const run = start(pair);
			assert.equal(await run.end(), 1, run.stderr);
			const failed = run.events.find(({type}) => type === 'benchmark-failed');
			assert.match(JSON.stringify(failed), new RegExp(`${pair[1].address.replaceAll('.', String.raw`\.`)}: .*is the disk there full`));
			await nothingIsLeft(pair);
			assert.deepEqual(pair.map(host => host.run('ls /tmp')), ['', 'full\n']);
		}),
		context.test('a disk that fills while a client writes', async () => {
			const pair = pairs[6]!;
			const [, client] = pair;
			const filling = path.join(folder, 'filling.ts');
			// Rows of a kibibyte, so that they soon want another block.
			fs.writeFileSync(filling, suiteText.replace('echo row $i;', String.raw`printf "%01023d\\n" $i || exit 9;`));
			const run = start(pair, [], filling);
			await run.saw('proc-started', ({label}) => label === 'client');
			await until('the client has written', () => client.run('cat /tmp/benchdeck-*/001/client_out.txt').includes('05\n'));
			client.run('cat /dev/zero >/tmp/full 2>/dev/null || true');
			assert.equal(await run.end(), 1, run.stderr);
			const failed = run.events.find(({type}) => type === 'benchmark-failed');
			assert.deepEqual([failed?.failure?.host, failed?.failure?.label], [client.address, 'client'], JSON.stringify(failed));
			const warnings = run.events.filter(({type}) => type === 'warned');
			assert.ok(warnings.some(({message}) => message?.startsWith(`The disk of ${client.address} is full: /tmp (`)), JSON.stringify(warnings));
			const text = fs.readFileSync(path.join(run.directory, '001', 'client_out.txt'), 'utf8');
			const rows = Array.from({length: 40}, (_, index) => `${String(index + 1).padStart(1023, '0')}\n`).join('');
			assert.ok(`words that were sent\n${rows}`.startsWith(text), 'what came over is what was written');
			// All blocks that the disk gave.
			assert.deepEqual([text.length % 4096, text.length > 5 * 1024], [0, true], String(text.length));
			await nothingIsLeft(pair);
			assert.deepEqual(pair.map(host => host.run('ls /tmp')), ['', 'full\n']);
		}),
		context.test('a line that is slow and loses packets', {skip: withoutNetem(hosts[14]!)}, async () => {
			const pair = pairs[7]!;
			for (const host of pair) {
				host.run('tc qdisc add dev eth0 root netem delay 80ms 20ms loss 2%');
			}

			const run = start(pair);
			assert.equal(await run.end(), 0, `${run.stderr}${JSON.stringify(run.events.slice(1))}`);
			assert.ok(run.events.every(({type}) => type !== 'host-lost'));
			assert.match(fs.readFileSync(path.join(run.directory, '001', 'client_out.txt'), 'utf8'), /row 40\n$/);
			await nothingIsLeft(pair);
			assert.deepEqual(pair.map(host => host.run('ls /tmp')), ['', '']);
		}),
	]);
});

/** For a test's `skip`: false where the kernel delays and drops packets. */
function withoutNetem(host: ClusterHost): string | false {
	try {
		host.run('tc qdisc add dev lo root netem delay 1ms 2>/dev/null');
		return false;
	} catch {
		return 'the kernel has no netem (or there is no tc)';
	}
}
