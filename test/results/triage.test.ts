import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {findCause, knownCauses} from '../../source/core/diagnosis.ts';
import {type Failure, type RunEvent} from '../../source/core/event.ts';
import {readRun} from '../../source/directory/read-run.ts';
import {pasteCommand} from '../../source/results/paste-command.ts';
import {triageRun} from '../../source/results/triage.ts';
import {benchdeck} from '../helpers/command.ts';
import {journaled, suiteStarted} from '../helpers/suite-directories.ts';

const begin = Date.UTC(2026, 10, 23, 6, 18, 0);
const at = (second: number) => new Date(begin + (second * 1000)).toISOString();

/** A benchmark whose second replica died 5.2 s after the start. */
function failedRun(context: TestContext, failure: Failure, files: Readonly<Record<string, string>>): string {
	const started = ['replica_0', 'replica_1', 'client_0'].map((label, pid): RunEvent => ({
		type: 'proc-started',
		at: begin,
		index: 1,
		label,
		role: 'r',
		host: 'localhost',
		ip: '127.0.0.1',
		pid: pid + 1,
	}));
	const directory = journaled(context, [
		suiteStarted(begin, [{n: 1}]),
		{type: 'benchmark-started', at: begin, index: 1, id: '001', attempt: 1},
		...started,
		{type: 'proc-exited', at: begin + 5200, index: 1, label: 'replica_1', returnCode: -9, ended: false},
		{type: 'proc-exited', at: begin + 5300, index: 1, label: 'client_0', returnCode: 1, ended: false},
		{type: 'benchmark-failed', at: begin + 6000, index: 1, id: '001', durationMs: 6000, failure},
		{type: 'suite-finished', at: begin + 6000, outcome: 'failed', finished: 0, failed: 1},
	]);
	fs.mkdirSync(path.join(directory, '001'));
	for (const [name, text] of Object.entries(files)) {
		fs.writeFileSync(path.join(directory, '001', name), text);
	}

	return directory;
}

const died: Failure = {
	kind: 'proc-died',
	message: 'replica_1 on localhost was ended by SIGKILL (return code -9), not by benchdeck.',
	label: 'replica_1',
	host: 'localhost',
	returnCode: -9,
	lines: ['java.lang.OutOfMemoryError: Java heap space'],
	commandFile: '001/replica_1_cmd.txt',
};
const logs = {
	'replica_0_err.txt': [`${at(1)} INFO hello`, `${at(4.9)} WARN replica_1 is slow`, `${at(5.1)} ERROR lost replica_1`, `${at(9)} INFO still here`, ''].join('\n'),
	'replica_0_out.txt': '',
	'client_0_err.txt': `${at(5.3)} ERROR java.net.SocketException: Connection reset\n\tat a.b.C\n`,
	'replica_1_err.txt': 'java.lang.OutOfMemoryError: Java heap space\n',
	'replica_1_cmd.txt': 'java -Xmx10m -jar a.jar > /runs/001/replica_1_out.txt 2> /runs/001/replica_1_err.txt\n',
};

test('A client that left no data did not die: it is said to be who recorded', async context => {
	const directory = failedRun(context, {kind: 'no-data', message: 'client_0_data.csv is empty.', label: 'client_0', host: 'localhost', commandFile: '001/client_0_cmd.txt'}, logs);
	assert.match((await benchdeck(['show', directory, '--triage'])).stdout, /^ {2}Recorded by: client_0 on localhost, return code 1,/m);
});

test('The process that died first, its cause, what the others said in that second, and a command to paste', async context => {
	const directory = failedRun(context, died, logs);
	const [triage] = await triageRun(await readRun(directory));
	assert.deepEqual(triage, {
		id: '001',
		kind: 'proc-died',
		message: died.message,
		first: {label: 'replica_1', host: 'localhost', returnCode: -9, signal: 'SIGKILL', diedAt: begin + 5200, lines: ['java.lang.OutOfMemoryError: Java heap space']},
		cause: {name: 'out of memory', remedy: 'It ran out of memory; give it a larger heap or fewer clients.', line: 'java.lang.OutOfMemoryError: Java heap space'},
		evidence: [],
		others: [
			{label: 'replica_0', stream: 'err', at: begin + 5100, text: `${at(5.1)} ERROR lost replica_1`, isError: true},
			{label: 'client_0', stream: 'err', at: begin + 5300, text: `${at(5.3)} ERROR java.net.SocketException: Connection reset`, isError: true},
		],
		command: {file: '001/replica_1_cmd.txt', line: 'java -Xmx10m -jar a.jar'},
	});
});

test('show prints the triage first, and alone as text or JSON', async context => {
	const directory = failedRun(context, died, logs);
	const {stdout} = await benchdeck(['show', directory]);
	const block = stdout.split('\n\n', 1)[0]!;
	assert.deepEqual(block.replace(/at \d{4}-\S+ \S+/, 'at TIME').split('\n'), [
		`Benchmark 001 failed: ${died.message}`,
		'    java.lang.OutOfMemoryError: Java heap space',
		'  Died first: replica_1 on localhost, return code -9 (SIGKILL), at TIME',
		'  Cause: out of memory. It ran out of memory; give it a larger heap or fewer clients.',
		'  What the others said around that second:',
		`    replica_0 err: ${at(5.1)} ERROR lost replica_1`,
		`    client_0 err: ${at(5.3)} ERROR java.net.SocketException: Connection reset`,
		'  To try it by hand (001/replica_1_cmd.txt):',
		'    java -Xmx10m -jar a.jar',
	]);
	assert.equal((await benchdeck(['show', directory, '--triage'])).stdout, `${block}\n\nTroubleshooting in README.md has more on: out of memory.\n\n`);
	const json = JSON.parse((await benchdeck(['show', directory, '--triage', '--json'])).stdout) as {readonly triage: ReadonlyArray<{readonly cause: {readonly name: string}}>};
	assert.equal(json.triage[0]!.cause.name, 'out of memory');
});

test('A hang is shown with the evidence that was collected', async context => {
	const directory = failedRun(context, {kind: 'timed-out', message: 'replica_1 did not end within 5 s.', label: 'replica_1'}, {
		'replica_1_evidence.txt': '"main" #1 prio=5\n   java.lang.Thread.State: BLOCKED\n',
		'replica_0_out.txt': 'waiting for replica_1\n',
	});
	const [triage] = await triageRun(await readRun(directory));
	assert.deepEqual(triage!.cause, {name: 'hang', remedy: 'replica_1 did not end in time; what it was doing then is in 001/replica_1_evidence.txt.', line: undefined});
	assert.deepEqual(triage!.evidence, [{label: 'replica_1', file: '001/replica_1_evidence.txt', lines: ['"main" #1 prio=5', '   java.lang.Thread.State: BLOCKED']}]);
	// A log without times: its last words.
	assert.deepEqual(triage!.others, [{label: 'replica_0', stream: 'out', at: undefined, text: 'waiting for replica_1', isError: false}]);
});

// What programs really say, by the cause that it shows.
const said = {
	'heap size': 'Invalid initial heap size: -Xms100f',
	'address in use': 'Error: listen EADDRINUSE: address already in use 127.0.0.1:10100',
	'class not found': 'Error: Could not find or load main class frankenpaxos.Nope',
	'missing JAR': 'Error: Unable to access jarfile a.jar',
	'wrong Java': 'java.lang.UnsupportedClassVersionError: Main has been compiled by a more recent version',
	'out of memory': 'java.lang.OutOfMemoryError: Java heap space',
	'connection refused': 'Error: connect ECONNREFUSED 127.0.0.1:10000',
	permission: 'sh: 1: ./a: Permission denied',
	'no space': 'write /tmp/x: no space left: ENOSPC',
	'program not found': 'sh: 1: etcd: not found',
};

test('Each known cause is recognised by what programs really say', () => {
	for (const [name, line] of Object.entries(said)) {
		assert.equal(findCause(['before', line])?.name, name, line);
	}

	assert.deepEqual(new Set(Object.keys(said)), new Set(knownCauses.map(cause => cause.name)));
});

for (const [name, line] of Object.entries(said)) {
	test(`show says of a directory that holds such an end: ${name}, and what to do`, async context => {
		const failure = {...died, message: 'replica_1 on localhost died with return code 1.', returnCode: 1, lines: ['starting', line]};
		const directory = failedRun(context, failure, {...logs, 'replica_1_err.txt': `starting\n${line}\n`});
		const {stdout} = await benchdeck(['show', directory, '--triage']);
		assert.ok(stdout.includes(`    ${line}\n`), stdout);
		assert.ok(stdout.includes(`  Cause: ${name}. ${knownCauses.find(cause => cause.name === name)!.remedy}\n`), stdout);
		// The same of a directory without a journal, as the reference harness leaves it.
		fs.rmSync(path.join(directory, 'events.jsonl'));
		const files = {
			'args.json': '{}',
			'results.csv': 'n\n',
			'001/input.json': '{"n": 1}',
			'001/stop_time.txt': '2026-11-23 06:18:06.000000\n',
			'001/replica_1_returncode.txt': '1',
			'001/replica_1_out.txt': '',
		};
		for (const [file, text] of Object.entries(files)) {
			fs.writeFileSync(path.join(directory, file), text);
		}

		assert.match((await benchdeck(['show', directory, '--triage'])).stdout, new RegExp(String.raw`Died first: replica_1, return code 1[\s\S]*  Cause: ${name}\. `));
	});
}

test('A person\'s own causes come before the known ones', async context => {
	const run = await readRun(failedRun(context, {...died, lines: ['java.lang.OutOfMemoryError: on the small machines']}, logs));
	const own = [{name: 'small machines', pattern: /on the small machines/, remedy: 'Take the large ones.'}];
	assert.equal((await triageRun(run, {causes: own}))[0]!.cause?.name, 'small machines');
	assert.equal((await triageRun(run))[0]!.cause?.name, 'out of memory');
});

test('A cause of the configuration file is found by show', async context => {
	const directory = failedRun(context, died, logs);
	const folder = path.dirname(directory);
	fs.writeFileSync(path.join(folder, 'benchdeck.config.json'), JSON.stringify({causes: [{name: 'our heap', pattern: 'Java heap space', remedy: 'Ask Kim.'}]}));
	assert.match((await benchdeck(['show', directory], {cwd: folder})).stdout, /\n {2}Cause: our heap\. Ask Kim\.\n/);
});

test('A cause of the configuration file is found in a directory without a journal, also where the harness ended the proc itself', async context => {
	const directory = failedRun(context, died, {
		'replica_0_cmd.txt': 'replica', 'replica_0_returncode.txt': '-1', 'replica_0_out.txt': '', 'replica_0_err.txt': 'no leader elected\n', 'input.json': '{"n": 1}',
	});
	fs.rmSync(path.join(directory, 'events.jsonl'));
	fs.writeFileSync(path.join(directory, 'args.json'), '{}');
	fs.writeFileSync(path.join(directory, 'results.csv'), 'n\n');
	fs.writeFileSync(path.join(directory, '001/stop_time.txt'), '2026-11-23 06:18:06.000000\n');
	const folder = path.dirname(directory);
	const words = ['show', directory, '--triage'];
	assert.match((await benchdeck(words, {cwd: folder})).stdout, /no process of it shows why/);
	fs.writeFileSync(path.join(folder, 'benchdeck.config.json'), JSON.stringify({causes: [{name: 'election', pattern: 'no leader elected', remedy: 'Start the election first.'}]}));
	assert.match((await benchdeck(words, {cwd: folder})).stdout, /replica_0 reported an error\.[\s\S]*Cause: election\. Start the election first\./);
});

test('A command to paste has lost its redirects and nothing else', () => {
	const cases: ReadonlyArray<readonly [string, string]> = [
		['echo SNZCYXJCDIFDHFILLABMUTBCIUUPTDTVLUYBOSFOBSPNLLZ; (java -cp a.jar Main --x 1) 2> "/tmp/a b/err.txt" > "/tmp/out.txt"', 'java -cp a.jar Main --x 1'],
		['node server.js --name \'a > b\' 2>&1 >>log', 'node server.js --name \'a > b\''],
		['LEVEL=2 prog "x > y" &>/dev/null', 'LEVEL=2 prog "x > y"'],
		['prog --port=2>out', 'prog --port=2'],
		[String.raw`prog a\>b`, String.raw`prog a\>b`],
	];
	for (const [command, pasted] of cases) {
		assert.equal(pasteCommand(command), pasted);
	}
});
