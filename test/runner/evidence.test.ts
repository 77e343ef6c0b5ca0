import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {type PlannedProc} from '../../source/core/plan.ts';
import {usualTiming} from '../../source/core/timing.ts';
import {createBenchmarkDirectory} from '../../source/directory/benchmark-directory.ts';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {takeEvidence} from '../../source/runner/evidence.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

const noLinux = process.platform !== 'linux' && 'needs Linux';
const noJava = spawnSync('java', ['-version']).status !== 0 && 'needs a Java that runs source files';

test('What hung explains itself beside its logs', {skip: noLinux}, async context => {
	const folder = temporaryFolder(context);
	const listen = 'require("node:net").createServer().listen(Number(process.argv[1]))';
	const file = path.join(folder, 'hanging.ts');
	fs.writeFileSync(file, `
import {protocol, suite, z} from 'benchdeck';

const hanging = protocol({
	name: 'hanging',
	input: z.object({num_client_procs: z.number()}),
	roles: {
		clients: {command: () => ['sh', '-c', 'echo begun; exec sleep 1000']},
		server: {command: ({self}) => ['node', '-e', '${listen}', String(self.port)]},
	},
	start: ['server'],
	output: {kind: 'recorder', format: 'labelled', into: {'': 'write'}, keep: false},
});
export default suite({protocol: hanging, inputs: () => [{num_client_procs: 1}], summary: ['num_client_procs']});
`);
	const {code, stderr} = await benchdeck(['run', file, '--plain', '-s', folder, '--benchmark-timeout', '8s']);
	assert.equal(code, 1, stderr);
	const directory = path.join(folder, fs.readdirSync(folder).find(name => name.endsWith('_hanging'))!, '001');
	const client = fs.readFileSync(path.join(directory, 'client_evidence.txt'), 'utf8');
	assert.match(client, /^client, pid (?<pid>\d+) on localhost\n\n-- state: S \(sleeping\).*\n-- sockets\n[\s\S]*-- \/proc\/\k<pid>\/status\nName:\tsleep\n[\s\S]*^State:\tS/m);
	assert.match(client, /-- threads: id, name, state, wchan\n\d+ sleep S \(sleeping\)/);
	assert.match(fs.readFileSync(path.join(directory, 'server_evidence.txt'), 'utf8'), /-- sockets\n[\s\S]*(?:LISTEN| 0A )/);
	assert.equal(fs.readFileSync(path.join(directory, 'client_returncode.txt'), 'utf8'), '-15\n');
});

test('A JVM that hung leaves its thread dump', {skip: noLinux || noJava}, async context => {
	const directory = await createBenchmarkDirectory(path.join(temporaryFolder(context), '001'));
	fs.writeFileSync(directory.file('Hang.java'), `
public class Hang {
	public static void main(String[] words) throws Exception {
		java.net.ServerSocket server = new java.net.ServerSocket(0);
		System.out.println("listening");
		while (true) server.accept();
	}
}
`);
	const plan: PlannedProc = {label: 'server', role: 'server', job: 'server', kind: 'server', host: 'localhost', ip: '127.0.0.1', env: {}, ready: 'port', argv: ['java', '-Xmx64m', 'Hang.java']};
	const host = await connectLocalHost('localhost', '127.0.0.1');
	context.after(async () => host.close());
	const proc = await host.start({label: 'server', argv: plan.argv, cwd: directory.path, ...directory.outputFiles('server')});
	await until('the JVM listens', () => fs.readFileSync(directory.file('server_out.txt'), 'utf8') === 'listening\n');
	await takeEvidence().failed?.({
		plan: {index: 1, id: '001', input: {}, files: {}, procs: [plan], jobs: [], scrapeIntervalMs: 200, timing: usualTiming({})},
		directory, directoryOn: () => directory.path, running: [{plan, host, proc}], signal: new AbortController().signal, emit: () => undefined,
	}, {kind: 'timed-out', message: 'it took longer.'});
	assert.match(fs.readFileSync(directory.file('server_evidence.txt'), 'utf8'), /-- thread dump \(SIGQUIT\)\n[\s\S]*"main"[\s\S]*ServerSocket\.accept/);
});

/** A suite whose client is ended by SIGKILL as a script does it; gives the client's directory and what the command said. */
async function killed(folder: string, script: string, env: NodeJS.ProcessEnv): Promise<{readonly directory: string; readonly stderr: string}> {
	const file = path.join(folder, 'killed.ts');
	fs.writeFileSync(file, `
import {protocol, suite, z} from 'benchdeck';

const killed = protocol({
	name: 'killed',
	input: z.object({num_client_procs: z.number()}),
	roles: {
		clients: {command: () => ['sh', '-c', ${JSON.stringify(script)}]},
		server: {command: () => ['sleep', '1000'], ready: 'started'},
	},
	start: ['server'],
	output: {kind: 'recorder', format: 'labelled', into: {'': 'write'}, keep: false},
});
export default suite({protocol: killed, inputs: () => [{num_client_procs: 1}], summary: ['num_client_procs']});
`);
	const {code, stderr} = await benchdeck(['run', file, '--plain', '-s', folder], {env});
	assert.equal(code, 1, stderr);
	return {directory: path.join(folder, fs.readdirSync(folder).find(name => name.endsWith('_killed'))!, '001'), stderr};
}

test('A proc that the kernel ended is told with the kernel\'s own line', {skip: noLinux}, async context => {
	const folder = temporaryFolder(context);
	const bin = path.join(folder, 'bin');
	fs.mkdirSync(bin);
	// What the kernel would say of it, beside what it says of another whose number only begins alike.
	fs.writeFileSync(path.join(bin, 'dmesg'), `#!/bin/sh
test "$1" != -T || exit 1
pid=$(cat ${folder}/pid)
echo "[1.0] Out of memory: Killed process \${pid}7 (other) total-vm:1kB"
echo "[2.0] Out of memory: Killed process $pid (sh) total-vm:4711kB"
`, {mode: 0o755});
	const {directory, stderr} = await killed(folder, `echo $$ >${folder}/pid; kill -s KILL $$`, {...process.env, PATH: `${bin}:${process.env['PATH']}`, XDG_STATE_HOME: '/dev/null'});
	const pid = fs.readFileSync(path.join(folder, 'pid'), 'utf8').trim();
	const evidence = fs.readFileSync(path.join(directory, 'client_evidence.txt'), 'utf8');
	assert.equal(evidence, `client, pid ${pid} on localhost, as its kernel tells\n\n[2.0] Out of memory: Killed process ${pid} (sh) total-vm:4711kB\n`);
	assert.equal(fs.readFileSync(path.join(directory, 'client_returncode.txt'), 'utf8'), '-9\n');
	assert.ok(stderr.includes(`The kernel of localhost ended client: [2.0] Out of memory: Killed process ${pid} (sh) total-vm:4711kB`), stderr);
});

/** A control group with little memory, where this user may make one; false where not. */
function memoryGroup(): false | {readonly tasks: string; remove(): void} {
	for (const [root, limit] of [['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'], ['/sys/fs/cgroup', 'memory.max']] as const) {
		const group = path.join(root, `benchdeck-${process.pid}`);
		try {
			fs.mkdirSync(group);
			try {
				fs.writeFileSync(path.join(group, limit), '30000000');
				return {
					tasks: path.join(group, 'cgroup.procs'),
					remove() {
						fs.rmdirSync(group);
					},
				};
			} catch {
				fs.rmdirSync(group);
			}
		} catch {
			// Not this kind, or not allowed.
		}
	}

	return false;
}

const group = memoryGroup();
const noKernelLog = group === false ? 'may not make a control group with a memory limit' : (spawnSync('dmesg').status !== 0 && 'may not read the kernel\'s log');
if (group !== false) {
	group.remove();
}

test('A proc that takes more memory than there is leaves the kernel\'s line as evidence', {skip: noLinux || noKernelLog}, async context => {
	const folder = temporaryFolder(context);
	const small = memoryGroup();
	assert.ok(small);
	context.after(() => {
		small.remove();
	});
	const {directory} = await killed(folder, `echo $$ >${small.tasks}; exec node -e 'const kept = []; for (;;) kept.push(Buffer.alloc(1e6, 1))'`, {...process.env, XDG_STATE_HOME: '/dev/null'});
	const evidence = fs.readFileSync(path.join(directory, 'client_evidence.txt'), 'utf8');
	assert.match(evidence, /^client, pid (?<pid>\d+) on localhost, as its kernel tells\n\n[\s\S]*[Oo]ut of memory: Killed process \k<pid> /);
});
