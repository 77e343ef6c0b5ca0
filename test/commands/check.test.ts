import assert from 'node:assert/strict';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {startSshd, withoutSshd} from '../helpers/sshd.ts';

type Answer = {
	readonly ready: boolean;
	readonly hosts: ReadonlyArray<{
		readonly host: string;
		readonly isReached: boolean;
		readonly user?: string;
		readonly isShared?: boolean;
		readonly connection?: {readonly hostKey: string; readonly sessions: number};
	}>;
	readonly mend: readonly string[];
};

// What crashed runs of others left on this machine is none of a test's.
const ofTest = (mend: readonly string[]) => mend.filter(line => !line.includes('end them with: benchdeck reap'));
const mendIn = (text: string) => ofTest(text.split('\n').filter(line => line.startsWith('mend  ')));

test('check says that this machine is ready for a suite, and which port is not', async context => {
	const folder = temporaryFolder(context);
	const ready = await benchdeck(['check', 'unreplicated/smoke', '-s', folder]);
	assert.deepEqual([ready.code, mendIn(ready.stdout)], [/^mend/m.test(ready.stdout) ? 1 : 0, []]);
	assert.match(ready.stdout, /^host +reached +user/m);
	assert.match(ready.stdout, /^localhost +\d+ ms .*shared.* node \d+\.\d+\.\d+ +free/m);
	const taken = net.createServer().listen(10_000, '127.0.0.1');
	await once(taken, 'listening');
	context.after(() => {
		taken.close();
	});
	const {code, stdout} = await benchdeck(['check', 'unreplicated/smoke', '-s', folder, '--set', 'num_client_procs=1']);
	assert.equal(code, 1);
	assert.match(stdout, /^mend {2}localhost: port 10000, which client_0 needs, is taken; ss -ltnp 'sport = :10000' names the process to end\.$/m);
});

test('check says that a host lacks Prometheus for -m or perf for -p, and what to do', async context => {
	const folder = temporaryFolder(context);
	const bin = path.join(folder, 'bin');
	fs.mkdirSync(bin);
	const found = (process.env['PATH'] ?? '')
		.split(path.delimiter)
		.flatMap(directory =>
			fs.statSync(directory, {throwIfNoEntry: false})?.isDirectory() ? fs.readdirSync(directory).map(name => path.join(directory, name)) : [],
		);
	for (const [name, file] of new Map(found.map(one => [path.basename(one), one] as const))) {
		if (!['prometheus', 'perf'].includes(name)) {
			fs.symlinkSync(file, path.join(bin, name));
		}
	}

	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: ['localhost'], server: ['localhost']}}));
	const words = ['check', 'unreplicated/smoke', '--cluster', cluster, '-s', folder];
	const env = {...process.env, PATH: bin, XDG_STATE_HOME: folder};
	const monitored = await benchdeck([...words, '-m'], {env});
	assert.equal(monitored.code, 1, monitored.stderr);
	assert.match(
		monitored.stdout,
		/^mend {2}localhost: prometheus, which a monitored benchmark runs there, is not on the PATH; install it \(Debian: apt-get install prometheus\) or run without -m\.$/m,
	);
	const profiled = await benchdeck([...words, '-p'], {env});
	assert.deepEqual(mendIn(profiled.stdout), []);
	assert.match(profiled.stdout, /^note {2}localhost: perf is not on the PATH \(Debian: apt-get install linux-perf\)\. Node's own profiler is used\.$/m);
	const plain = await benchdeck(words, {env});
	assert.deepEqual(mendIn(plain.stdout), []);
	assert.doesNotMatch(plain.stdout, /perf/);
});

test('check asks every host side by side, and one that is not there is what must be mended', {skip: withoutSshd}, async context => {
	const {address, key, folder} = await startSshd(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: ['root@127.0.0.1:1']}}));
	const {code, stdout} = await benchdeck(['check', '--cluster', cluster, '-i', key, '--strict-host-key-checking', 'no', '--json', '-s', folder]);
	assert.equal(code, 1);
	const {ready, hosts, mend} = JSON.parse(stdout) as Answer;
	assert.equal(ready, false);
	assert.deepEqual(hosts.map(({host, isReached}) => [host, isReached]), [[address, true], ['root@127.0.0.1:1', false]]);
	// A stock sshd allows ten, of which the supervisor has one.
	assert.equal(hosts[0]!.connection?.sessions, 9);
	assert.match(hosts[0]!.connection?.hostKey ?? '', /^SHA256:/);
	assert.equal(hosts[0]!.isShared, true);
	assert.equal(ofTest(mend).length, 1);
	assert.match(ofTest(mend)[0]!, /^root@127\.0\.0\.1:1: cannot connect: .*; is sshd running there\? \(tried 6 times\)\.$/);
});

test('check of a host that shares this installation asks for no other Node, as run does', {skip: withoutSshd}, async context => {
	const {address, key, folder} = await startSshd(context);
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const {code, stdout} = await benchdeck(['check', 'unreplicated/smoke', '--cluster', cluster, '-i', key, '--strict-host-key-checking', 'no', '--json', '-s', folder]);
	const {hosts, mend} = JSON.parse(stdout) as {readonly hosts: ReadonlyArray<{readonly nodes: unknown}>; readonly mend: readonly string[]};
	assert.deepEqual([code, ofTest(mend)], [mend.length === 0 ? 0 : 1, []]);
	assert.deepEqual(hosts[0]?.nodes, [{path: process.execPath, version: process.versions.node}]);
});

test('check and run say that an sshd without SFTP must be mended', {skip: withoutSshd}, async context => {
	const {address, key, folder} = await startSshd(context, 'Subsystem other internal-sftp\n');
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [address], server: [address]}}));
	const words = ['--cluster', cluster, '-i', key, '--strict-host-key-checking', 'no', '-s', path.join(folder, 'runs')];
	const sentence = `${address}: its sshd has no SFTP, by which files are sent and collected; add "Subsystem sftp internal-sftp" to its sshd_config.`;
	const {code, stdout} = await benchdeck(['check', '--json', ...words]);
	assert.deepEqual([code, ofTest((JSON.parse(stdout) as Answer).mend)], [1, [sentence]]);
	const run = await benchdeck(['run', 'unreplicated/smoke', '--plain', ...words]);
	assert.deepEqual([run.code, run.stderr, fs.existsSync(path.join(folder, 'runs'))], [2, `${sentence}\n`, false]);
});
