import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {readJournal} from '../../source/directory/journal.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';
import {onTerminal} from '../helpers/terminal.ts';
import {until} from '../helpers/until.ts';

type Place = {readonly folder: string; readonly suite: string; readonly runs: string; readonly gate: string};

/** A suite of three benchmarks whose clients wait for a file: a run lasts as long as a test wants. */
function place(context: TestContext): Place {
	const folder = temporaryFolder(context);
	const gate = path.join(folder, 'gate');
	const suite = path.join(folder, 'gated.ts');
	fs.writeFileSync(suite, `
import {protocol, suite, count, float, fromFiles, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({n: count(), timeout: z.string()}),
	roles: {
		clients: {command: ({file}) => ['sh', '-c', 'until [ -e "$2" ]; do sleep 0.05; done; echo 42.5 > "$1"', 'sh', file('score.txt'), ${JSON.stringify(gate)}]},
		server: {command: () => ['sh', '-c', 'echo listening; exec sleep 1000'], ready: {line: /listening/}},
	},
	start: ['server'],
	output: fromFiles(['score.txt'], z.object({score: float()}), ({'score.txt': text}) => ({score: Number(text)})),
});

export default suite({protocol: own, inputs: () => [1, 2, 3].map(n => ({n, timeout: '0:10:00'})), summary: ['n', 'score']});
`);
	return {folder, suite, gate, runs: path.join(folder, 'runs')};
}

async function started(runs: string): Promise<{readonly directory: string; readonly events: () => Promise<readonly RunEvent[]>}> {
	const name = await until('the suite directory', () => fs.existsSync(runs) && fs.readdirSync(runs)[0]);
	const directory = path.join(runs, name);
	return {directory, events: async () => readJournal(path.join(directory, 'events.jsonl'))};
}

async function procsOf(events: () => Promise<readonly RunEvent[]>, label = 'client'): Promise<readonly number[]> {
	return until(`the start of ${label}`, async () => {
		const found = (await events()).filter(event => event.type === 'proc-started');
		return found.some(event => event.label === label) && found.map(({pid}) => pid);
	});
}

test('The run goes on when its console is killed, with the same results, and attach follows it to its end', async context => {
	const {suite, runs, gate} = place(context);
	const terminal = onTerminal(context, ['run', suite, '-s', runs]);
	const {directory, events} = await started(runs);
	await procsOf(events);
	process.kill(terminal.pty.pid, 'SIGKILL');
	await terminal.exited;
	fs.writeFileSync(gate, '');
	const {code, stdout} = await benchdeck(['attach', directory]);
	assert.equal(code, 0);
	assert.match(stdout, /^Running suite in .*_own_gated\.\n\[001\/003; 33\.33%\].*\n\[002\/003; 66\.67%\].*\n\[003\/003; 100\.0%\] .*'score': '42\.5'\}\n$/);
	assert.equal(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8'), 'n,timeout,score\n1,0:10:00,42.5\n2,0:10:00,42.5\n3,0:10:00,42.5\n');
	assert.ok(!fs.existsSync(path.join(directory, 'runner_err.txt')));
});

test('A terminal that is closed only detaches; stop ends the run in order, and resume does the rest', async context => {
	const {suite, runs, gate} = place(context);
	const terminal = onTerminal(context, ['run', suite, '-s', runs]);
	const {directory, events} = await started(runs);
	const pids = await procsOf(events);
	process.kill(terminal.pty.pid, 'SIGHUP');
	await terminal.exited;
	assert.ok(pids.every(pid => isAlive(pid)));
	const refused = await benchdeck(['resume', directory, '--plain']);
	assert.deepEqual([refused.code, refused.stdout], [2, '']);
	assert.match(refused.stderr, /still runs; benchdeck attach shows it, benchdeck stop ends it\.\n$/);

	const stopped = await benchdeck(['stop', directory, '--json']);
	assert.equal(stopped.code, 0);
	assert.deepEqual(JSON.parse(stopped.stdout), {path: directory, outcome: 'interrupted', total: 3, finished: 0, failed: 0});
	assert.ok(pids.every(pid => !isAlive(pid)));
	const again = await benchdeck(['stop', directory]);
	assert.deepEqual([again.code, again.stderr], [2, `${directory} cannot be stopped: the run is over.\n`]);

	fs.writeFileSync(gate, '');
	const resumed = await benchdeck(['resume', directory, '--plain']);
	assert.equal(resumed.stderr, 'Benchmark 001 runs again. It was cut off; the run was resumed. What attempt 1 left is in 001/attempt-1.\n');
	assert.equal(resumed.code, 0);
	assert.match(resumed.stdout, /^Running suite in .*\n\[001\/003; 33\.33%\].*\n\[002\/003; 66\.67%\].*\n\[003\/003; 100\.0%\]/);
	assert.ok(fs.existsSync(path.join(directory, '001', 'attempt-1', 'client_cmd.txt')));
	assert.match((await benchdeck(['show', directory])).stdout, /^Attempts +more than one of 001 \(2\)$/m);
	const shown = JSON.parse((await benchdeck(['show', directory, '--json'])).stdout) as {readonly benchmarks: ReadonlyArray<{readonly attempts?: number}>};
	assert.deepEqual(shown.benchmarks.map(({attempts}) => attempts), [2, undefined, undefined]);
	const nothing = await benchdeck(['resume', directory, '--plain']);
	assert.deepEqual([nothing.code, nothing.stdout], [0, `There is nothing to resume: all 3 benchmarks of ${directory} have finished.\n`]);
});

test('After a kill -9 of the runner nothing of its run is alive, attach says so, and resume goes on', async context => {
	const {suite, runs, gate} = place(context);
	onTerminal(context, ['run', suite, '-s', runs]);
	const {directory, events} = await started(runs);
	const pids = await procsOf(events);
	const [first] = await events();
	assert.equal(first?.type, 'suite-started');
	process.kill(first.runner.pid, 'SIGKILL');
	await until('the end of every proc', () => pids.every(pid => !isAlive(pid)));
	const attached = await benchdeck(['attach', directory]);
	assert.equal(attached.code, 130);
	assert.match(attached.stderr, /The runner is gone and the run interrupted; benchdeck resume .* goes on with it\.\n$/);
	fs.writeFileSync(gate, '');
	const {code} = await benchdeck(['resume', directory, '--plain']);
	assert.equal(code, 0);
	assert.equal(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8').trimEnd().split('\n').length, 4);
});

test('What keeps a run from starting is one sentence on the terminal, exit code 2, and nothing is left', async context => {
	const folder = temporaryFolder(context);
	const server = net.createServer().listen(10_100, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const terminal = onTerminal(context, ['run', 'unreplicated/smoke', '-s', path.join(folder, 'runs')]);
	const {exitCode} = await terminal.exited;
	assert.equal(exitCode, 2);
	assert.match(terminal.text(), /^Nothing was started: port 10100 on localhost, which \w+ needs, is taken by another process; .*\r\n$/);
	assert.ok(!fs.existsSync(path.join(folder, 'runs')) || fs.readdirSync(path.join(folder, 'runs')).length === 0);

	const typo = onTerminal(context, ['run', 'unreplicated/smok']);
	assert.equal((await typo.exited).exitCode, 2);
	assert.match(typo.text(), /^There is no suite "unreplicated\/smok"; did you mean unreplicated\/smoke\?/);
});

test('A run whose suite has other inputs now is not resumed, unless anyway, and then with its own inputs', async context => {
	const {suite, runs, gate} = place(context);
	const run = benchdeck(['run', suite, '-s', runs, '--plain']);
	const {directory, events} = await started(runs);
	await procsOf(events);
	assert.equal((await benchdeck(['stop', directory])).stdout, `Stopped ${directory}: 0 of 3 benchmarks finished.\n`);
	const {code, stderr} = await run;
	assert.deepEqual([code, stderr], [130, 'A person stopped the run.\n']);
	fs.writeFileSync(suite, fs.readFileSync(suite, 'utf8').replace('[1, 2, 3]', '[1, 7, 3]'));
	const refused = await benchdeck(['resume', directory, '--plain']);
	assert.deepEqual([refused.code, refused.stdout], [2, '']);
	assert.match(refused.stderr, /cannot be resumed as it was: n of benchmark 2 is 7 now, and was 2\. --anyway goes on all the same\.\n$/);
	fs.writeFileSync(gate, '');
	const resumed = await benchdeck(['resume', directory, '--plain', '--anyway']);
	assert.equal(resumed.code, 0);
	assert.match(resumed.stderr, /^Resumed although n of benchmark 2 is 7 now, and was 2\.\n/);
	assert.deepEqual(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8').split('\n').slice(1, 4).map(line => line[0]), ['1', '2', '3']);
});

test('A run whose cluster file has other addresses now is not resumed, unless anyway', async context => {
	const {suite, runs, gate, folder} = place(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: ['localhost'], server: ['localhost']}}));
	const run = benchdeck(['run', suite, '-s', runs, '--plain', '--cluster', cluster]);
	const {directory, events} = await started(runs);
	await procsOf(events);
	await until('environment.json', () => fs.existsSync(path.join(directory, 'environment.json')));
	await benchdeck(['stop', directory]);
	await run;
	fs.writeFileSync(gate, '');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: ['localhost'], server: ['127.0.0.1']}, 2: {}}));
	const refused = await benchdeck(['resume', directory, '--plain']);
	assert.deepEqual([refused.code, refused.stdout], [2, '']);
	assert.match(refused.stderr, /cannot be resumed as it was: server of f = 1 in the cluster file \S+cluster\.json is 127\.0\.0\.1 now, and was localhost\. --anyway goes on all the same\.\n$/);
	// What no input needs places nothing.
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: ['localhost'], server: ['localhost']}, 2: {}}));
	const resumed = await benchdeck(['resume', directory, '--plain']);
	assert.equal(resumed.code, 0, resumed.stderr);
	assert.doesNotMatch(resumed.stderr, /although/);
});

test('--on-finish gets the run and what it came to; --max-failures is said', async context => {
	const {suite, runs, folder} = place(context);
	fs.writeFileSync(suite, fs.readFileSync(suite, 'utf8').replace(/until .*? done;/, 'exit 3;'));
	const said = path.join(folder, 'said');
	const {code, stderr} = await benchdeck([
		'run',
		suite,
		'-s',
		runs,
		'--plain',
		'--max-failures',
		'2',
		'--on-finish',
		`echo "$BENCHDECK_OUTCOME $BENCHDECK_FINISHED $BENCHDECK_FAILED $BENCHDECK_TOTAL $BENCHDECK_RUN" > ${said}; exit 4`,
	]);
	assert.equal(code, 1);
	assert.equal(fs.readFileSync(said, 'utf8'), `failed 0 2 3 ${path.join(runs, fs.readdirSync(runs)[0]!)}\n`);
	assert.match(
		stderr,
		/The run ended after 2 failures in a row \(--max-failures\); 1 not begun\.\n2 of 3 benchmarks failed; benchdeck show \S+ tells more\.\n--on-finish ended with return code 4: /,
	);
});

test('An encrypted key is asked for on the terminal before the screen opens, and what is typed does not show', {skip: withoutSshd}, async context => {
	const {suite, runs, gate, folder} = place(context);
	const sshd = await startSshd(context);
	execFileSync('ssh-keygen', ['-q', '-p', '-N', 'open sesame', '-P', '', '-f', sshd.key]);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [sshd.address], server: [sshd.address]}}));
	fs.writeFileSync(gate, '');
	const words = ['run', suite, '-s', runs, '--cluster', cluster, '-i', sshd.key, '--strict-host-key-checking', 'no', '--only', '2'];
	const plain = await benchdeck([...words, '--plain']);
	assert.equal(plain.code, 2);
	assert.match(plain.stderr, /the key .* is encrypted and there is nobody to ask for its passphrase; add it to the agent/);

	const terminal = onTerminal(context, words, {env: {SSH_AUTH_SOCK: ''}});
	await until('the question', () => terminal.text().includes(`Passphrase of the key ${sshd.key}:`));
	terminal.pty.write('open sezame\u{7F}\u{7F}\u{7F}\u{7F}same\r');
	const {directory, events} = await started(runs);
	await until('the end', async () => (await events()).find(({type}) => type === 'suite-finished'));
	assert.equal(fs.readFileSync(path.join(directory, 'results.csv'), 'utf8'), 'n,timeout,score\n2,0:10:00,42.5\n');
	assert.ok(!terminal.text().includes('sesame'));
});
