import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {readJournal} from '../../source/directory/journal.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {onTerminal} from '../helpers/terminal.ts';
import {until} from '../helpers/until.ts';

/** A suite whose first client fails while its server runs. */
function place(context: TestContext): {readonly suite: string; readonly runs: string} {
	const folder = temporaryFolder(context);
	const suite = path.join(folder, 'failing.ts');
	fs.writeFileSync(suite, `
import {count, float, fromFiles, protocol, suite, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({n: count()}),
	roles: {
		clients: {command: ({input, file}) => ['sh', '-c', 'test "$1" = 2 || exit 3; echo 1 >"$2"', 'sh', String(input.n), file('score.txt')]},
		server: {command: () => ['sh', '-c', 'echo listening; exec sleep 1000'], ready: {line: /listening/}},
	},
	start: ['server'],
	output: fromFiles(['score.txt'], z.object({score: float()}), ({'score.txt': text}) => ({score: Number(text)})),
});

export default suite({protocol: own, inputs: () => [1, 2].map(n => ({n})), summary: ['n', 'score']});
`);
	return {suite, runs: path.join(folder, 'runs')};
}

/** Waits until a server is held; gives its pid and the run's directory. */
async function held(runs: string): Promise<{readonly directory: string; readonly pid: number}> {
	return until('what is held', async () => {
		const [name] = fs.existsSync(runs) ? fs.readdirSync(runs) : [];
		const directory = path.join(runs, name ?? '');
		const events = name !== undefined && fs.existsSync(path.join(directory, 'events.jsonl')) ? await readJournal(path.join(directory, 'events.jsonl')) : [];
		const server = events.find(event => event.type === 'proc-started');
		return events.some(({type}) => type === 'held') && server?.type === 'proc-started' && {directory, pid: server.pid};
	});
}

test('Enter on the terminal of a plain run lets go of what is held, and the run goes on', async context => {
	const {suite, runs} = place(context);
	const {pty, text, exited} = onTerminal(context, ['run', suite, '--plain', '--hold', '-s', runs]);
	const {pid, directory} = await held(runs);
	await until('the offer', () => text().includes('Press Enter to let go.'));
	assert.ok(text().replaceAll(/\s/g, '').includes(`benchdeck stop ${directory} --let-go`.replaceAll(' ', '')), text());
	assert.ok(isAlive(pid));
	pty.write('\r');
	assert.equal((await exited).exitCode, 1);
	assert.ok(!isAlive(pid));
	assert.match(text(), /\[002\/002; 100\.0%\]/);
});

test('benchdeck stop --let-go lets go from elsewhere', async context => {
	const {suite, runs} = place(context);
	const running = benchdeck(['run', suite, '--plain', '--hold', '-s', runs]);
	const {pid, directory} = await held(runs);
	assert.ok(isAlive(pid));
	const said = await benchdeck(['stop', directory, '--let-go']);
	assert.deepEqual(said, {code: 0, stdout: `Let go; ${directory} goes on.\n`, stderr: ''});
	const {code, stdout, stderr} = await running;
	assert.equal(code, 1);
	assert.ok(!isAlive(pid));
	assert.match(stdout, /\[002\/002; 100\.0%\]/);
	assert.match(stderr, /server of benchmark 001 is held until you let go: .*benchdeck stop \S+ --let-go lets go and the run goes on/);
	assert.doesNotMatch(stderr, /Press Enter/);
});
