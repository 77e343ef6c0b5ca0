import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const noLinux = process.platform !== 'linux' && 'needs Linux';
const noJava = spawnSync('java', ['-version']).status !== 0 && 'needs a Java that runs source files';

const suiteText = (server: string) => `
import {protocol, suite, z} from 'benchdeck';

const hanging = protocol({
	name: 'hanging',
	input: z.object({num_client_procs: z.number()}),
	roles: {
		clients: {command: () => ['sh', '-c', 'echo begun; exec sleep 1000']},
		server: {command: ({self}) => ${server}},
	},
	start: ['server'],
	output: {kind: 'recorder', format: 'labelled', into: {'': 'write'}, keep: false},
});
export default suite({protocol: hanging, inputs: () => [{num_client_procs: 1}], summary: ['num_client_procs']});
`;

/** Runs a suite whose client never ends, and gives the benchmark's directory. */
async function hang(folder: string, server: string): Promise<string> {
	const file = path.join(folder, 'hanging.ts');
	fs.writeFileSync(file, suiteText(server));
	const {code, stderr} = await benchdeck(['run', file, '--plain', '-s', folder, '--benchmark-timeout', '4s']);
	assert.equal(code, 1, stderr);
	return path.join(folder, fs.readdirSync(folder).find(name => name.endsWith('_hanging'))!, '001');
}

test('What hung explains itself beside its logs', {skip: noLinux}, async context => {
	const folder = temporaryFolder(context);
	const listen = 'require("node:net").createServer().listen(Number(process.argv[1]))';
	const directory = await hang(folder, `['node', '-e', '${listen}', String(self.port)]`);
	const client = fs.readFileSync(path.join(directory, 'client_evidence.txt'), 'utf8');
	assert.match(client, /^client, pid (?<pid>\d+) on localhost\n\n-- \/proc\/\k<pid>\/status\nName:\tsleep\n[\s\S]*^State:\tS/m);
	assert.match(client, /-- threads: id, name, state, wchan\n\d+ sleep S \(sleeping\)/);
	assert.match(fs.readFileSync(path.join(directory, 'server_evidence.txt'), 'utf8'), /-- sockets\n[\s\S]*(?:LISTEN| 0A )/);
	assert.equal(fs.readFileSync(path.join(directory, 'client_returncode.txt'), 'utf8'), '-15\n');
});

test('A JVM that hung leaves its thread dump', {skip: noLinux || noJava}, async context => {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'Hang.java'), 'public class Hang { public static void main(String[] words) throws Exception { java.net.ServerSocket server = new java.net.ServerSocket(Integer.parseInt(words[0])); while (true) server.accept(); } }');
	const directory = await hang(folder, `['java', '-Xmx64m', ${JSON.stringify(path.join(folder, 'Hang.java'))}, String(self.port)]`);
	assert.match(fs.readFileSync(path.join(directory, 'server_evidence.txt'), 'utf8'), /-- thread dump \(SIGQUIT\)\n[\s\S]*"main"[\s\S]*ServerSocket\.accept/);
});
