/*
What looks on while a benchmark runs, on hosts that share nothing with this machine: it is sent there, and what it found comes back.
*/
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {benchdeck} from '../helpers/command.ts';
import {commandOf} from '../helpers/processes.ts';
import {withoutPrometheus} from '../helpers/prometheus.ts';
import {startCluster, withoutCluster} from '../helpers/ssh-cluster.ts';
import {until} from '../helpers/until.ts';

test('Databases, metrics and profiles come back from hosts that share nothing, and nothing stays there', {skip: withoutCluster || withoutPrometheus}, async context => {
	const {hosts, key, folder} = await startCluster(context, 2);
	const [server, client] = [hosts[0]!, hosts[1]!];
	const cluster = path.join(folder, 'cluster.json');
	fs.writeFileSync(cluster, JSON.stringify({1: {clients: [client.address], server: [server.address]}}));
	const runs = path.join(folder, 'runs');
	const {code, stderr} = await benchdeck(['run', 'unreplicated/smoke', '--plain', '-m', '-p', '-i', key, '--cluster', cluster, '-s', runs, '--only', '1', '--strict-host-key-checking', 'no']);
	// Perf where it is and may, else Node's own, and a sentence about that.
	assert.deepEqual([code, stderr.split('\n').filter(line => line !== '' && !line.includes('perf'))], [0, []]);
	const directory = path.join(runs, fs.readdirSync(runs)[0]!, '001');
	assert.match(gunzipSync(fs.readFileSync(path.join(directory, 'metrics.om.gz'))).toString(), new RegExp(String.raw`^unreplicated_server_requests_total\{.*instance="${server.ip}:10101"`, 'm'));
	const dump = execFileSync('promtool', ['tsdb', 'dump', path.join(directory, 'prometheus_data')], {encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024, stdio: 'pipe'});
	assert.match(dump, new RegExp(`"unreplicated_server_requests_total".*"${server.ip}:10101"|"${server.ip}:10101".*"unreplicated_server_requests_total"`));
	assert.match(fs.readFileSync(path.join(directory, 'server.svg'), 'utf8'), /^<svg [\s\S]*<\/svg>\s*$/);
	assert.match(fs.readFileSync(path.join(directory, 'server.folded'), 'utf8'), /^\S.* \d+$/m);
	for (const host of [server, client]) {
		const files = () => host.run('ls -A /tmp; cd; find . -type f').split('\n').filter(file => file !== '');
		const isKept = (file: string) => /^\.\/\.cache\/benchdeck\/[^/]+\/(?:server|client|later\/(?:registry|default-metrics))\.cjs$|^\.\/\.local\/bin\/node$/.test(file);
		await until(() => `only the engine is kept on ${host.ip}: ${files().join(', ')}`, () => files().every(file => isKept(file)));
		await until(() => `nothing runs on ${host.ip}: ${host.others().map(pid => commandOf(pid)).join('; ')}`, () => host.others().length === 0);
	}
});
