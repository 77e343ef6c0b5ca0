import assert from 'node:assert/strict';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {loadSuite, suiteNames} from '../../source/commands/load-suite.ts';
import {bareAddress} from '../../source/commands/prepare.ts';
import {type Cluster} from '../../source/core/cluster.ts';
import {hostLoads} from '../../source/core/host-loads.ts';
import {planBenchmark} from '../../source/core/plan.ts';
import {suiteInputs} from '../../source/core/suite.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const clusters = new URL('../../clusters/', import.meta.url);

function readCluster(file: string): Cluster {
	return JSON.parse(fs.readFileSync(new URL(file, clusters), 'utf8')) as Cluster;
}

test('plan says what each host runs at most, and warns where procs share one that are meant to be apart', async context => {
	const file = path.join(temporaryFolder(context), 'cluster.json');
	fs.writeFileSync(file, JSON.stringify({1: {clients: ['10.0.0.1'], chain_nodes: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5']}}));
	const {code, stdout, stderr} = await benchdeck(['plan', 'craq/vldb21_craq_skew', '--cluster', file]);
	assert.equal(code, 0);
	assert.equal(stderr, '');
	assert.equal(stdout.slice(stdout.indexOf('Hosts, ')), [
		'Hosts, with the most that each runs at a time:',
		'  10.0.0.1: 2 chain_nodes, 5 clients',
		'  10.0.0.2: 1 chain_node',
		'  10.0.0.3: 1 chain_node',
		'  10.0.0.4: 1 chain_node',
		'  10.0.0.5: 1 chain_node',
		'Warning: 10.0.0.1 runs 2 chain_nodes, 5 clients; craq/vldb21_craq_skew means each server to have a host of its own, and the clients to share none with them.',
		'',
	].join('\n'));
});

test('plan --json warns on stderr', async () => {
	const {code, stdout, stderr} = await benchdeck(['plan', 'craq/vldb21_craq_skew', '--only', '1', '--json']);
	assert.equal(code, 0);
	assert.deepEqual(Object.keys(JSON.parse(stdout) as object), ['suite', 'benchmarks']);
	assert.match(stderr, /^Warning: localhost runs 6 chain_nodes, 5 clients; .*\n$/);
});

test('run warns likewise, but not of a rehearsal', async context => {
	const folder = temporaryFolder(context);
	const words = ['craq/vldb21_craq_skew', '--only', '1', '--plain', '-s', folder];
	const {code, stderr} = await benchdeck(['run', ...words, '--jar', path.join(folder, 'none.jar')]);
	assert.equal(code, 2);
	assert.match(stderr, /^There is no JAR at /);
	const jar = path.join(folder, 'some.jar');
	fs.writeFileSync(jar, '');
	// Nothing starts: a port is taken.
	const server = net.createServer().listen(10_100, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const {stderr: crowded} = await benchdeck(['run', ...words, '--jar', jar]);
	assert.match(crowded, /^Warning: localhost runs 6 chain_nodes, 5 clients; craq\/vldb21_craq_skew means each server to have a host of its own, and the clients to share none with them\.\n/);
	const {stderr: rehearsed} = await benchdeck(['run', ...words, '--engine', 'rehearsal']);
	assert.match(rehearsed, /^This is a rehearsal: .*\n(?!Warning)/);
});

test('A suite that only tries things out does not mind sharing a host', async () => {
	const {stdout} = await benchdeck(['plan', 'craq/smoke']);
	assert.match(stdout, /\n {2}localhost: 4 chain_nodes, 1 client\n$/);
});

test('A suite file that waits for ever while it loads, and a directory with a suite\'s ending, are one sentence each', async context => {
	const folder = temporaryFolder(context);
	const [hangs, directory] = [path.join(folder, 'hangs.ts'), path.join(folder, 'directory.ts')];
	fs.writeFileSync(hangs, 'await new Promise(() => {});\nexport default 1;\n');
	fs.mkdirSync(directory);
	assert.deepEqual(await benchdeck(['plan', hangs]), {code: 2, stdout: '', stderr: `Suite file ${hangs}: it never finishes loading; what it awaits outside of functions never comes.\n`});
	assert.equal((await benchdeck(['list'])).stderr, '');
	assert.deepEqual(await benchdeck(['plan', directory]), {code: 2, stdout: '', stderr: `${directory} is a directory, not a suite file.\n`});
});

test('A suite file that ends the process while it loads is one sentence, however it does so', async context => {
	const folder = temporaryFolder(context);
	const file = path.join(folder, 'ends.ts');
	const suite = `export {default} from ${JSON.stringify(new URL('../../suites/unreplicated/smoke.ts', import.meta.url).href)};\n`;
	for (const text of [
		'process.exit(0);\n',
		'import {exit} from \'node:process\';\nexit();\n',
		'try {\n\tprocess.exit(0);\n} catch {}\n',
		'setTimeout(() => process.exit(0));\nawait new Promise(() => {});\n',
		'void (async () => {\n\tawait 0;\n\tprocess.exit(0);\n})();\nawait new Promise(() => {});\n',
	]) {
		fs.writeFileSync(file, text + suite);
		assert.deepEqual(
			await benchdeck(['plan', file]),
			{code: 2, stdout: '', stderr: `Suite file ${file}: it calls process.exit while it loads; a suite file exports its suite, and benchdeck ends by itself.\n`},
			text,
		);
	}
});

test('Fields inside groups of groups can be set', async () => {
	const {code, stdout, stderr} = await benchdeck([
		'plan',
		'multipaxos/smoke',
		'--only',
		'1',
		'--commands',
		'--set',
		'leader_options.election_options.ping_period=1s',
		'--set',
		'workload.read_fraction=0.25',
	]);
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /--options\.election\.pingPeriod 1\.0s/);
});

test('A duration of an input is not negative', async () => {
	const {code, stderr} = await benchdeck(['plan', 'unreplicated/smoke', '--set', 'duration=-1s']);
	assert.deepEqual([code, stderr], [2, 'Suite unreplicated/smoke, benchmark 1: duration: -1s is less than 0 (--set duration=-1s).\n']);
});

test('list says its suites, and nothing beside them', async () => {
	const {code, stdout, stderr} = await benchdeck(['list']);
	assert.deepEqual([code, stderr], [0, '']);
	assert.deepEqual(suiteNames().filter(title => !stdout.includes(`${title} `)), []);
});

const examples = fs.readdirSync(clusters).filter(file => file.endsWith('.example.json'));
for (const file of examples) {
	const name = file.split('.', 1)[0]!;
	test(`The example of a real cluster for ${name} has a host for each proc of its experiments`, async () => {
		const titles = suiteNames().filter(title => title.startsWith(`${name}/`));
		for (const title of titles) {
			const {suite: {protocol, ...suite}} = await loadSuite(title);
			const inputs = suiteInputs({protocol, ...suite}, {logLevel: 'debug', monitor: false, profile: false, flags: {}}, {title});
			const benchmarks = inputs.map((input, place) => planBenchmark(protocol, input, place + 1, {
				engine: 'jar', cluster: readCluster(file), clusterFile: file, ipOf: bareAddress, directoryOn: () => '$BENCH', jarOn: () => '$JAR', engineOn: () => [],
			}).procs);
			assert.deepEqual(hostLoads(benchmarks, suite.apart ?? protocol.apart).filter(({isCrowded}) => isCrowded), [], title);
		}
	});
}

test('The local cluster of each protocol is the reference\'s, on this machine alone', () => {
	const plans = new URL('../fixtures/plans/', import.meta.url);
	const files = fs.readdirSync(plans).filter(name => !name.includes('monitor'));
	for (const file of files) {
		const name = file.split('.', 1)[0]!;
		const {cluster} = JSON.parse(gunzipSync(fs.readFileSync(new URL(file, plans))).toString()) as {readonly cluster: Cluster};
		const own = readCluster(`${name}.json`);
		for (const [f, roles] of Object.entries(cluster)) {
			assert.deepEqual(own[f], roles, `${name}, f = ${f}`);
		}

		assert.deepEqual([...new Set(Object.values(own).flatMap(roles => Object.values(roles).flat()))], ['localhost'], name);
	}
});
