/*
The README's pictures of the start screen, the list of runs and triage: the built program in a pseudo-terminal, over runs
that it has just made: node --import=tsx test/pictures/run-pictures.ts
*/
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {benchdeck, cli} from '../helpers/command.ts';
import {PtyCommand} from '../helpers/pty.ts';
import {screenSvg} from './screen-svg.ts';

type Picture = {
	readonly name: string;
	readonly title: string;
	readonly rows: number;
	readonly words: readonly string[];
	/** What is waited for, and then pressed. */
	readonly steps: ReadonlyArray<readonly [until: string | RegExp, ...keys: readonly string[]]>;
};

const pictures: readonly Picture[] = [
	{
		name: 'browser-home',
		title: 'The start screen: what ran last, what failed first with its cause, and what can be run here',
		rows: 18,
		words: [],
		steps: [[/address in use[\s\S]*resume the 1[\s\S]*vldb21_unreplicated_lt/]],
	},
	{
		name: 'browser-suites',
		title: 'The list of runs: status, benchmarks done and failed, duration, hosts, notes',
		rows: 15,
		words: ['browse'],
		steps: [[/5 suites[\s\S]*1 failed/]],
	},
	{
		name: 'browser-triage',
		title: 'A failed benchmark: who died first, the cause and what to do, last words, what the others said, and the command',
		rows: 36,
		words: ['browse'],
		steps: [[/5 suites[\s\S]*1 failed/, 'G', 'enter'], [/Died first[\s\S]*To try it by hand.*\n *node[\s\S]*✘ 002/]],
	},
];

const folder = path.join(os.tmpdir(), 'lab');
const columns = 120;
const env = {...process.env, COLORTERM: 'truecolor', TZ: 'UTC', XDG_STATE_HOME: path.join(folder, 'state'), XDG_CONFIG_HOME: path.join(folder, 'config')};
// The path is in the pictures.
fs.mkdirSync(folder);
try {
	await makeRuns();
	for (const {name, title, rows, words, steps} of pictures) {
		const terminal = new PtyCommand(process.execPath, [cli, ...words], {columns, rows, cwd: folder, env});
		for (const [until, ...keys] of steps) {
			await terminal.waitFor(until);
			terminal.press(...keys);
		}

		fs.writeFileSync(fileURLToPath(new URL(`../../.github/${name}.svg`, import.meta.url)), screenSvg(terminal.buffer, columns, rows, title));
		terminal.press('q', 'q');
		await terminal.exited();
	}
} finally {
	fs.rmSync(folder, {recursive: true, force: true});
}

/** Runs of several suites; in the first the second of two servers finds the port of their metrics taken. */
async function makeRuns(): Promise<void> {
	await run(0, 'init', 'echo');
	const changes: ReadonlyArray<readonly [string | RegExp, string]> = [
		['num_client_procs: count(),', 'num_client_procs: count(), num_servers: count(),'],
		['server: {', 'server: { count: input => input.num_servers,'],
		['String(proc.self.port + 1)', '\'9100\''],
		['input, one, file', 'input, at, file'],
		[/one\('server'\)/g, 'at(\'server\')[0]!'],
		[/inputs: .*?\}\)\)/s, 'inputs: () => [1, 2].map(servers => ({num_servers: servers, num_client_procs: 1, num_clients_per_proc: 4, message: \'short\', duration: \'2s\'})'],
		['[\'message\'', '[\'num_servers\''],
	];
	let text = fs.readFileSync(path.join(folder, 'echo', 'suite.ts'), 'utf8');
	for (const [before, after] of changes) {
		const changed = text.replace(before, () => after);
		assert.notEqual(changed, text, `suite.ts has no ${String(before)}`);
		text = changed;
	}

	fs.writeFileSync(path.join(folder, 'echo', 'replicas.ts'), text);
	await run(1, 'run', 'echo/replicas.ts', '--plain');
	await run(0, 'run', 'unreplicated/smoke', '--plain');
	await run(0, 'run', 'multipaxos/smoke', '--engine', 'rehearsal', '--plain');
	await run(0, 'run', 'echo/suite.ts', '--only', '1-3', '--plain');
	await run(0, 'run', 'unreplicated/lt', '--only', '1-3', '--set', 'duration=2s', '--plain');
	const runs = path.join(folder, 'runs');
	const last = fs.readdirSync(runs).toSorted().at(-1)!;
	fs.writeFileSync(path.join(runs, last, 'notes.md'), 'Short runs\n');
}

async function run(code: number, ...words: readonly string[]): Promise<void> {
	const result = await benchdeck(words, {cwd: folder, env});
	assert.equal(result.code, code, result.stdout + result.stderr);
}
