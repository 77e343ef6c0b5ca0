import assert from 'node:assert/strict';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import test, {type TestContext} from 'node:test';
import {flameTree, matchingValue} from '../../source/core/flame-tree.ts';
import {parseFolded} from '../../source/core/folded-stacks.ts';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';

const trial = spawnSync('sh', ['-c', 'f=$(mktemp); perf record -q -g -o "$f" -- true; s=$?; rm -f "$f"; exit $s'], {stdio: 'ignore'});

/** Runs the smoke suite with -p and looks at what its server left; `perf` is what that program does there. */
async function profiled(context: TestContext, perf?: string): Promise<{readonly benchmark: string; readonly stderr: string}> {
	const parent = temporaryFolder(context);
	const bin = path.join(parent, 'bin');
	fs.mkdirSync(bin);
	if (perf !== undefined) {
		fs.writeFileSync(path.join(bin, 'perf'), `#!/bin/sh\n${perf}\n`, {mode: 0o755});
	}

	const {code, stderr} = await benchdeck(
		[
			'run',
			'unreplicated/smoke',
			'--plain',
			'-p',
			'--only',
			'1',
			'--set',
			'warmup_duration=100ms',
			'--set',
			'duration=1500ms',
			'-s',
			path.join(parent, 'runs'),
		],
		{env: {...process.env, PATH: `${bin}:${process.env['PATH']}`}},
	);
	assert.equal(code, 0, stderr);
	return {benchmark: path.join(parent, 'runs', fs.readdirSync(path.join(parent, 'runs'))[0]!, '001'), stderr};
}

function checkFlames(benchmark: string): void {
	const tree = flameTree(parseFolded(fs.readFileSync(path.join(benchmark, 'server.folded'), 'utf8')));
	const share = matchingValue(tree, name => /^handleRequests? /.test(name)) / tree.value;
	assert.ok(share > 0, `${share} of the time in the request handler`);
	assert.match(fs.readFileSync(path.join(benchmark, 'server.svg'), 'utf8'), /<title>handleRequests? server\.c?[jt]s:\d+ \(/);
	assert.equal(fs.readFileSync(path.join(benchmark, 'server_returncode.txt'), 'utf8').trim(), '0');
}

test('Where perf may not profile, one sentence names the sysctl, and Node\'s own profiler finds the request handler', async context => {
	const {benchmark, stderr} = await profiled(context, 'exit 255');
	assert.match(stderr, /localhost: perf is there but may not profile.*; permit it with: sudo sysctl kernel\.perf_event_paranoid=1\. Node's own profiler is used\.\n/);
	assert.match(fs.readFileSync(path.join(benchmark, 'server_cmd.txt'), 'utf8'), / --cpu-prof --cpu-prof-name=server\.cpuprofile /);
	checkFlames(benchmark);
});

test('With perf, the flame graph has the request handler by name, and nothing else is left behind', {skip: trial.status === 0 ? false : 'no perf that may profile here'}, async context => {
	const {benchmark, stderr} = await profiled(context);
	assert.equal(stderr, '');
	checkFlames(benchmark);
	const names = fs.readdirSync(benchmark);
	assert.deepEqual(names.filter(name => /^server\.|^isolate|perf\.txt$/.test(name)), ['server.folded', 'server.perf.data', 'server.svg']);
	const [pid] = Object.entries(JSON.parse(fs.readFileSync(path.join(benchmark, 'pids.json'), 'utf8')) as Record<string, string>)
		.filter(([, label]) => label === 'server')
		.map(([place]) => place.split(':', 2)[1]);
	assert.equal(fs.existsSync(`/tmp/perf-${pid}.map`), false);
	assert.match(execFileSync('perf', ['report', '--header-only', '-i', path.join(benchmark, 'server.perf.data')], {encoding: 'utf8', stdio: 'pipe'}), /cmdline/);
});

// It takes a second to begin, as perf does on a busy machine, and then writes its first words.
const slowPerf = `
while [ $# -gt 0 ]; do case $1 in -o) file=$2 ;; true) exit 0 ;; script) echo 'server 1 1.0: 1 cycles:'; echo '  1 spin (/bin/it)'; exit 0 ;; esac; shift; done
sleep 1
echo on > "$file"
sleep 2`;

test('Clients start once perf records, so that no thread of a server is missed', async context => {
	const {benchmark, stderr} = await profiled(context, slowPerf);
	assert.equal(stderr, '');
	const recordsFrom = fs.statSync(path.join(benchmark, 'server.perf.data')).mtimeMs;
	const events = fs
		.readFileSync(path.join(benchmark, '../events.jsonl'), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as {readonly type: string; readonly at: number; readonly label?: string});
	const client = events.find(({type, label}) => type === 'proc-started' && label === 'client_0');
	assert.ok(client!.at >= recordsFrom, `the client started at ${client!.at}, perf recorded from ${recordsFrom}`);
	assert.equal(fs.readFileSync(path.join(benchmark, 'server.folded'), 'utf8'), 'server;spin 1\n');
});

test('A run that is ended while perf records says nothing of profiles, and leaves no names of frames behind', {skip: trial.status === 0 ? false : 'no perf that may profile here'}, async context => {
	const parent = temporaryFolder(context);
	const long = ['--set', 'duration=60s', '--set', 'timeout=90s'];
	const child = spawn(process.execPath, [cli, 'run', 'unreplicated/smoke', '--json', '-p', '--only', '1', ...long, '-s', parent], {stdio: ['ignore', 'pipe', 'pipe']});
	context.after(() => {
		child.kill('SIGKILL');
	});
	const ended = once(child, 'exit');
	let stderr = '';
	child.stderr.on('data', chunk => {
		stderr += String(chunk);
	});
	let server: number | undefined;
	for await (const line of createInterface({input: child.stdout})) {
		const event = JSON.parse(line) as {readonly type: string; readonly label?: string; readonly pid?: number; readonly phase?: string; readonly message?: string};
		server = event.type === 'proc-started' && event.label === 'server' ? event.pid : server;
		assert.notEqual(event.type, 'warned', event.message);
		if (event.phase === 'measuring') {
			child.kill('SIGINT');
		}
	}

	assert.deepEqual([(await ended)[0], stderr], [130, '']);
	assert.equal(fs.existsSync(`/tmp/perf-${server}.map`), false);
});
