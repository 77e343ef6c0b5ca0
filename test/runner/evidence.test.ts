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
	assert.match(client, /^client, pid (?<pid>\d+) on localhost\n\n-- \/proc\/\k<pid>\/status\nName:\tsleep\n[\s\S]*^State:\tS/m);
	assert.match(client, /-- threads: id, name, state, wchan\n\d+ sleep S \(sleeping\)/);
	assert.match(fs.readFileSync(path.join(directory, 'server_evidence.txt'), 'utf8'), /-- sockets\n[\s\S]*(?:LISTEN| 0A )/);
	assert.equal(fs.readFileSync(path.join(directory, 'client_returncode.txt'), 'utf8'), '-15\n');
});

test('A JVM that hung leaves its thread dump', {skip: noLinux || noJava}, async context => {
	const directory = await createBenchmarkDirectory(path.join(temporaryFolder(context), '001'));
	fs.writeFileSync(directory.file('Hang.java'), 'public class Hang { public static void main(String[] words) throws Exception { java.net.ServerSocket server = new java.net.ServerSocket(0); System.out.println("listening"); while (true) server.accept(); } }');
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
