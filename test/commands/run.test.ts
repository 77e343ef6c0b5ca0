import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {once} from 'node:events';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {isAlive} from '../helpers/processes.ts';

const quick = ['--set', 'warmup_duration=100ms', '--set', 'duration=1200ms', '--set', 'timeout=3s', '--plain'];

test('The smoke suite runs, prints the reference\'s lines and leaves its directory', async context => {
	const folder = temporaryFolder(context);
	const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '-s', folder, ...quick]);
	assert.doesNotMatch(stderr, /failed|Error/);
	assert.equal(code, 0);
	const [first, ...lines] = stdout.trimEnd().split('\n');
	const [name] = fs.readdirSync(folder);
	assert.match(name!, /^\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d{6}_[A-Z]{10}_unreplicated_smoke$/);
	const directory = path.join(folder, name!);
	assert.equal(first, `Running suite in ${directory}.`);
	for (const [index, line] of lines.entries()) {
		const head = [String.raw`\[001/003; 33\.33%\]`, String.raw`\[002/003; 66\.67%\]`, String.raw`\[003/003; 100\.0%\]`][index];
		const times = String.raw`\d:\d\d:\d\d / \d:\d\d:\d\d \+ \d:\d\d:\d\d\?`;
		const inputs = `'num_client_procs': ${index + 1}, 'num_clients_per_proc': 1`;
		const figures = String.raw`'latency\.median_ms': '[\d.]+', 'start_throughput_1s\.p90': '[\d.]+'`;
		assert.match(line, new RegExp(String.raw`^${head} ${times} \{${inputs}, ${figures}\}$`));
	}

	assert.equal(lines.length, 3);
	const rows = fs.readFileSync(path.join(directory, 'results.csv'), 'utf8').trimEnd().split('\n');
	assert.equal(rows.length, 4);
	assert.match(rows[0]!, /^num_client_procs,.*,server_log_level,latency\.mean_ms,.*,start_throughput_1s\.p99$/);
	assert.match(rows[1]!, /^1,1,1,100m,1,0:00:00\.100000,0:00:03,0:00:00,0:00:01\.200000,0:00:03,0:00:00,Noop,1,0,StringWorkload,False,False,0:00:00\.200000,debug,1,debug,/);
	const ofBenchmark = ['input.json', 'input.txt', 'log.txt', 'pids.json', 'start_time.txt', 'stop_time.txt', 'workload.pbtxt', 'series.csv', 'histogram.csv'];
	const ofProcs = ['server_cmd.txt', 'server_out.txt', 'server_err.txt', 'server_returncode.txt', 'client_0_returncode.txt'];
	for (const file of [...ofBenchmark, ...ofProcs]) {
		assert.ok(fs.existsSync(path.join(directory, '003', file)), file);
	}

	assert.ok(!fs.existsSync(path.join(directory, '003', 'client_0_data.csv')));
	assert.equal(fs.readFileSync(path.join(directory, '003', 'client_2_returncode.txt'), 'utf8').trim(), '0');
	const journal = fs.readFileSync(path.join(directory, 'events.jsonl'), 'utf8').trimEnd().split('\n');
	const events = journal.map(line => JSON.parse(line) as {readonly type: string; readonly phase?: string; readonly index?: number});
	assert.deepEqual(
		events.filter(({type, index}) => type === 'phase-entered' && index === 1).map(({phase}) => phase),
		['placing', 'starting-servers', 'ready', 'lagging', 'warming-up', 'measuring', 'stopping', 'collecting', 'analysing'],
	);
	assert.equal(events.at(-1)?.type, 'suite-finished');
});

test('--json prints every event and nothing else', async context => {
	const folder = temporaryFolder(context);
	const {code, stdout} = await benchdeck(['run', 'unreplicated/smoke', '-s', folder, '--only', '2', '--json', ...quick.slice(0, -1)]);
	assert.equal(code, 0);
	const events = stdout.trimEnd().split('\n').map(line => JSON.parse(line) as {readonly type: string});
	assert.equal(events[0]?.type, 'suite-started');
	const [name] = fs.readdirSync(folder);
	assert.equal(fs.readFileSync(path.join(folder, name!, 'events.jsonl'), 'utf8'), stdout);
	assert.ok(fs.existsSync(path.join(folder, name!, '002')));
	assert.ok(!fs.existsSync(path.join(folder, name!, '001')));
});

test('A port that is taken is an error before anything starts', async context => {
	const folder = temporaryFolder(context);
	const server = net.createServer().listen(10_100, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const {code, stderr} = await benchdeck(['run', 'unreplicated/smoke', '-s', folder, ...quick]);
	assert.equal(code, 2);
	assert.match(stderr, /port 10100 on localhost, which \w+ needs, is taken/);
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('A server that dies fails its benchmark with its last words, and the suite goes on', async context => {
	const folder = temporaryFolder(context);
	const suite = path.join(folder, 'broken.ts');
	fs.writeFileSync(suite, ownSuite('[\'sh\', \'-c\', \'echo out of luck >&2; exit 7\']'));
	const {code, stdout, stderr} = await benchdeck(['run', suite, '-s', path.join(folder, 'runs'), '--plain']);
	assert.equal(code, 1);
	assert.match(stderr, /Benchmark 001 failed: server on localhost died with return code 7\. Command: 001\/server_cmd\.txt\. Its last lines: out of luck\n/);
	assert.match(stdout, /^Running suite in .*\n\[002\/002; 100\.0%\]/);
});

test('Of a server that dies with a long stack, the error comes before the frames; a resumed run does not say it again', async context => {
	const folder = temporaryFolder(context);
	const suite = path.join(folder, 'deep.ts');
	fs.writeFileSync(path.join(folder, 'fail'), '');
	const stack = Array.from({length: 12}, (_, depth) => String.raw`\tat org.example.Server.step${depth}(Server.java:7)`).join(String.raw`\n`);
	const end = String.raw`printf 'Exception in thread "main" java.lang.IllegalStateException: no quorum\n${stack}\n' >&2; exit 1`;
	const script = `if [ -e '${folder}/fail' ]; then ${end}; fi; echo listening; exec sleep 100`;
	fs.writeFileSync(suite, ownSuite(JSON.stringify(['sh', '-c', script])));
	const runs = path.join(folder, 'runs');
	const {code, stderr} = await benchdeck(['run', suite, '-s', runs, '--plain', '--only', '1']);
	assert.equal(code, 1);
	assert.match(stderr, /Its last lines: Exception in thread "main" java\.lang\.IllegalStateException: no quorum \| at org\.example\.Server\.step5\(.* \| at org\.example\.Server\.step11\(/);
	fs.rmSync(path.join(folder, 'fail'));
	const resumed = await benchdeck(['resume', 'last', '-s', runs, '--plain']);
	assert.equal(resumed.stderr, 'Benchmark 001 runs again. It had failed; the run was resumed. What attempt 1 left is in 001/attempt-1.\n');
	assert.equal(resumed.code, 0);
});

test('A suite of one\'s own, its programs plain ones, runs from any place', async context => {
	const folder = temporaryFolder(context);
	const suite = path.join(folder, 'own.ts');
	// A suite is a module, whatever stands above it.
	fs.writeFileSync(path.join(folder, 'package.json'), '{"type": "commonjs"}');
	fs.writeFileSync(suite, ownSuite('[\'sh\', \'-c\', \'echo listening; exec sleep 100\']'));
	const {code, stdout, stderr} = await benchdeck(['run', suite, '-s', path.join(folder, 'runs'), '--plain']);
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\{'n': 2, 'score': '42\.5'\}/);
});

test('Ctrl-C ends the run with 130 and leaves no process', async context => {
	const folder = temporaryFolder(context);
	const pids: number[] = [];
	const {code} = await benchdeck(['run', 'unreplicated/smoke', '-s', folder, '--json'], {
		onStdout(text, child) {
			if (/"label":"client_0".*\n/.test(text) && pids.length === 0) {
				pids.push(...[...text.matchAll(/"pid":(\d+),"place"/g)].map(([, pid]) => Number(pid)));
				child.kill('SIGINT');
			}
		},
	});
	assert.equal(code, 130);
	assert.equal(pids.length, 2);
	assert.deepEqual(pids.filter(pid => isAlive(pid)), []);
});

test('Usage errors are one sentence with the nearest name, and exit code 2', async () => {
	for (const [words, expected] of [
		[['run', 'unreplicated/smok'], /There is no suite "unreplicated\/smok"; did you mean unreplicated\/smoke\?/],
		[['run', 'unreplicated/smoke', '--engin', 'jar'], /takes no flag --engin; did you mean --engine\?/],
		[['rum'], /There is no command "rum"; did you mean run\?/],
		[['plan', 'unreplicated.smoke', '--set', 'q=1'], /there is no field "q"; there are num_client_procs, .* and \d+ more\.\n/],
		[['plan', 'unreplicated.smoke', '--set', 'num_client_proc=1'], /there is no field "num_client_proc"; did you mean num_client_procs\?/],
		[['plan', 'unreplicated/smoke', '--set', 'num_client_procs=0'], /benchmark 1: num_client_procs: 0 is less than 1 \(--set num_client_procs=0\)\.\n$/],
		[['plan', 'unreplicated/smoke', '--only', '7'], /"7" is no benchmark of 1 to 3/],
		[['plan', 'unreplicated/smoke', '--repeat', '99999999'], /Suite unreplicated\/smoke has 3 inputs, which --repeat 99999999 makes more than 1000000 benchmarks\.\n$/],
		[['run', 'unreplicated/smoke', '-s', 'a', '--suite_directory=b'], /^--suite-directory is given twice; it is taken once\.\n$/],
		[['run', 'unreplicated/smoke', '--fail_fast=maybe'], /^--fail-fast takes no value, but has "maybe"\.\n$/],
		[['run', 'unreplicated/smoke', '--no-scrape=false'], /^--no-scrape takes no value, but has "false"\.\n$/],
		[['run', 'unreplicated/smoke', '--jar', 'source'], /source is a directory, not a JAR; pass its path with --jar FILE\.\n$/],
		[['run', 'multipaxos/smoke'], /There is no JAR at .*; pass its path with --jar FILE\./],
	] as const) {
		const {code, stderr, stdout} = await benchdeck(words);
		assert.equal(code, 2, words.join(' '));
		assert.match(stderr, expected);
		assert.equal(stderr.trimEnd().split('\n').length, 1);
		assert.equal(stdout, '');
	}
});

test('A suite whose output or summary is wrong is one sentence before anything starts', async context => {
	const folder = temporaryFolder(context);
	const runs = path.join(folder, 'runs');
	for (const [output, summary, expected] of [
		['', '[]', /: "output" of its protocol is missing; it is labelled\(…\)/],
		['output: {kind: "odd"},', '[]', /"output" of its protocol is of no known kind/],
		['output: labelled(),', '[]', /"output" of its protocol names no label/],
		['output: fromFiles(["score.txt"], {score: 1}, () => ({score: 1})),', '[]', /"output" of its protocol has no schema of its figures/],
		['output: labelled("write"),', '["n", "latency.media_ms"]', /"summary" names "latency\.media_ms", which is no field of its input or output \(did you mean latency\.median_ms\?\)/],
		['output: labelled("write"),', '["n", 7]', /"summary" has an entry that is neither a path nor/],
	] as const) {
		const suite = path.join(folder, 'wrong.ts');
		fs.writeFileSync(suite, outputSuite(output, summary));
		const {code, stdout, stderr} = await benchdeck(['run', suite, '-s', runs, '--plain']);
		assert.equal(code, 2, stderr);
		assert.match(stderr, expected);
		assert.equal(stderr.trimEnd().split('\n').length, 1);
		assert.equal(stdout, '');
		assert.equal(fs.existsSync(runs), false);
	}
});

test('A suite whose reading or summary throws fails its benchmark with one sentence, and the run ends', async context => {
	const folder = temporaryFolder(context);
	for (const [read, summary, expected] of [
		['({score: "x"})', '["n"]', /001 failed: the read\(\) of suite \S+throws\.ts failed: it returned an output that its schema refuses: score: takes a number, not "x"\.$/m],
		['null', '["n"]', /001 failed: the read\(\) of suite \S+throws\.ts failed: it returned null, which is no object of figures\.$/m],
		['({score: 1})', '[{sum() { throw new Error("no sum"); }}]', /001 failed: the summary of suite \S+throws\.ts failed: no sum\.$/m],
	] as const) {
		const suite = path.join(folder, 'throws.ts');
		fs.writeFileSync(suite, outputSuite(`output: fromFiles(["score.txt"], z.object({score: float()}), () => (${read})),`, summary));
		const {code, stderr} = await benchdeck(['run', suite, '-s', path.join(folder, 'runs'), '--plain']);
		assert.equal(code, 1, stderr);
		assert.match(stderr, expected);
		assert.doesNotMatch(stderr, /^\s+at /m);
	}
});

function outputSuite(output: string, summary: string): string {
	return `
import {protocol, suite, count, float, fromFiles, labelled, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({n: count()}),
	roles: {
		clients: {command: () => ['sh', '-c', 'echo 1 > score.txt']},
		server: {command: () => ['sh', '-c', 'echo listening; exec sleep 100'], ready: {line: /listening/}},
	},
	start: ['server'],
	${output}
});

export default suite({protocol: own, inputs: () => [{n: 1}], summary: ${summary}});
`;
}

// The first benchmark runs the given server, the second a good one.
function ownSuite(server: string): string {
	return `
import {protocol, suite, count, float, fromFiles, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({n: count()}),
	roles: {
		clients: {command: ({file}) => ['sh', '-c', 'echo 42.5 > "$1"', 'sh', file('score.txt')]},
		server: {command: ({input}) => input.n === 1 ? ${server} : ['sh', '-c', 'echo listening; exec sleep 100'], ready: {line: /listening/}},
	},
	start: ['server'],
	output: fromFiles(['score.txt'], z.object({score: float()}), ({'score.txt': text}) => ({score: Number(text)})),
});

export default suite({protocol: own, inputs: () => [{n: 1}, {n: 2}], summary: ['n', 'score']});
`;
}
