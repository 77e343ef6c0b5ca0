import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type RunEvent} from '../../source/core/event.ts';
import {readJournal} from '../../source/directory/journal.ts';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';
import {carrying, commandOf, isAlive} from '../helpers/processes.ts';
import {until} from '../helpers/until.ts';

const skip = process.platform !== 'linux' && 'needs Linux';
const holder = fileURLToPath(new URL('../helpers/terminal-holder.ts', import.meta.url));

type OnTerminal = {
	readonly folder: string;
	/** What the terminal has shown. */
	shown(): string;
	/** The session that the terminal belongs to. */
	readonly session: number;
	/** Closes the window. */
	close(): Promise<void>;
	/** The run's suite directory and what its journal tells. */
	run(): Promise<{readonly directory: string; readonly events: readonly RunEvent[]}>;
};

/** A run on a terminal, whose client waits for a file in the folder; whatever is left of it ends with the test. */
async function onTerminal(context: TestContext, shell: (command: readonly string[]) => readonly string[], flags: readonly string[]): Promise<OnTerminal> {
	const folder = temporaryFolder(context);
	const suite = path.join(folder, 'gated.ts');
	fs.writeFileSync(suite, `
import {protocol, suite, float, fromFiles, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({timeout: z.string()}),
	roles: {
		clients: {command: ({file}) => ['sh', '-c', 'until [ -e "$2" ]; do sleep 0.05; done; echo 42.5 > "$1"', 'sh', file('score.txt'), ${JSON.stringify(path.join(folder, 'gate'))}]},
		server: {command: () => ['sh', '-c', 'echo listening; sleep 1000 & wait', ${JSON.stringify(folder)}], ready: {line: /listening/}},
	},
	start: ['server'],
	output: fromFiles(['score.txt'], z.object({score: float()}), ({'score.txt': text}) => ({score: Number(text)})),
});

export default suite({protocol: own, inputs: () => [{timeout: '0:10:00'}], summary: ['score']});
`);
	const runs = path.join(folder, 'runs');
	const words = ['--import=tsx', holder, ...shell([process.execPath, cli, 'run', suite, '-s', runs, ...flags])];
	const terminal = spawn(process.execPath, words, {stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, CLOSED_TERMINAL: folder}});
	const {promise: closed, resolve} = Promise.withResolvers<void>();
	terminal.on('exit', () => {
		resolve();
	});
	context.after(async () => {
		terminal.kill('SIGKILL');
		await closed;
		for (const pid of carrying(folder)) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It has ended meanwhile.
			}
		}
	});
	let shown = '';
	terminal.stdout.on('data', (chunk: Buffer) => {
		shown += chunk.toString();
	});
	const pid = await until('the pid of the command', () => /^\d+(?=\n)/.exec(shown)?.[0]);
	return {
		folder, session: Number(pid),
		shown: () => shown,
		async close() {
			terminal.kill('SIGKILL');
			await closed;
		},
		async run() {
			const [name] = fs.existsSync(runs) ? fs.readdirSync(runs) : [];
			const directory = path.join(runs, name ?? '');
			const journal = path.join(directory, 'events.jsonl');
			return {directory, events: fs.existsSync(journal) ? await readJournal(journal) : []};
		},
	};
}

/** What of all that was started from a folder's terminal is in a session. */
function inSession({folder, session}: OnTerminal): readonly number[] {
	return carrying(folder).filter(pid => {
		try {
			return Number(fs.readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ', 2)[1]?.split(' ', 4)[3]) === session;
		} catch {
			return false;
		}
	});
}

function commandsOf(pids: readonly number[]): string {
	return pids.map(pid => `${pid} ${commandOf(pid)}`).join('; ');
}

async function procsOf({run}: OnTerminal): Promise<readonly number[]> {
	return until('the start of the client', async () => {
		const procs = (await run()).events.filter(event => event.type === 'proc-started');
		return procs.some(({label}) => label === 'client') && procs.map(({pid}) => pid);
	});
}

const shells = [
	{title: 'the command is all that ran on it', shell: (command: readonly string[]) => command},
	{title: 'a shell had started the command', shell: (command: readonly string[]) => ['sh', '-c', '"$@"; exit', 'sh', ...command]},
];

for (const {title, shell} of shells) {
	test(`A terminal that is closed while it shows the console ends the console alone, and the run goes on to its end: ${title}`, {skip}, async context => {
		const terminal = await onTerminal(context, shell, []);
		const procs = await procsOf(terminal);
		await until('the console', () => terminal.shown().includes('\u{1B}[?1049h') && terminal.shown().includes('client'));
		const {directory, events} = await terminal.run();
		const [first] = events;
		assert.equal(first?.type, 'suite-started');
		const runner = first.runner.pid;
		assert.ok(inSession(terminal).length > 0, 'the console is on the terminal');
		await terminal.close();
		await until(() => `the end of the console: ${commandsOf(inSession(terminal))}`, () => inSession(terminal).length === 0);
		assert.ok([runner, ...procs].every(pid => isAlive(pid)), 'runner and procs go on');

		fs.writeFileSync(path.join(terminal.folder, 'gate'), '');
		const {code, stdout} = await benchdeck(['attach', directory]);
		assert.equal(code, 0);
		assert.match(stdout, /\[001\/001; 100\.0%\] .*'score': '42\.5'\}\n$/);
		await until(() => `the end of everything: ${commandsOf(carrying(terminal.folder))}`, () => [runner, ...procs].every(pid => !isAlive(pid)) && carrying(terminal.folder).length === 0);
		assert.equal(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8'), 'timeout,score\n0:10:00,42.5\n');
		assert.ok(!fs.existsSync(path.join(directory, 'runner_err.txt')));
	});

	test(`A terminal that is closed under a plain run ends the run in order, with all that it started: ${title}`, {skip}, async context => {
		const terminal = await onTerminal(context, shell, ['--plain']);
		const procs = await procsOf(terminal);
		await until('the first line', () => terminal.shown().includes('Running suite in'));
		assert.ok(inSession(terminal).length > 0, 'the command is on the terminal');
		await terminal.close();
		await until(() => `the end of everything: ${commandsOf(carrying(terminal.folder))}`, () => carrying(terminal.folder).length === 0 && procs.every(pid => !isAlive(pid)));
		const {directory, events} = await terminal.run();
		const last = events.at(-1);
		assert.equal(last?.type, 'suite-finished');
		assert.equal(last.outcome, 'interrupted');
		assert.equal((await benchdeck(['show', directory])).code, 0);
	});
}
