import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import test from 'node:test';
import {parseExposition} from '../../source/metrics/exposition.ts';
import {benchdeck, cli, temporaryFolder} from '../helpers/command.ts';

test('--metrics-port tells where a run is, to whom it failed, and how its scrapes go', async context => {
	const child = spawn(process.execPath, [cli, 'run', 'unreplicated/smoke', '--json', '--only', '1,2', '--metrics-port', '0', '-s', temporaryFolder(context)], {stdio: ['ignore', 'pipe', 'pipe']});
	const exited = once(child, 'exit');
	let errors = '';
	child.stderr.on('data', chunk => {
		errors += String(chunk);
	});
	const values = async (): Promise<ReadonlyMap<string, number>> => {
		const [, port] = /http:\/\/[^/]+:(\d+)\/metrics/.exec(errors) ?? [];
		const response = await fetch(`http://127.0.0.1:${port}/metrics`);
		const {samples} = parseExposition(Buffer.from(await response.text()), {source: 'test', format: 'prometheus'});
		return new Map(samples.map(({name, labels, value}) => [[name, ...Object.values(labels)].join(' '), value]));
	};

	let text = '';
	let seen: ReadonlyMap<string, number> | undefined;
	for await (const chunk of child.stdout) {
		text += String(chunk);
		const [, later = ''] = text.split('"benchmark-finished"', 2);
		if (!seen && later.includes('"phase":"measuring"')) {
			seen = await values();
		}
	}

	assert.deepEqual(await exited, [0, null], errors);
	assert.ok(seen, text);
	assert.deepEqual(['finished', 'failed', 'running', 'waiting'].map(status => seen.get(`benchdeck_benchmarks ${status}`)), [1, 0, 1, 0]);
	assert.equal(seen.get('benchdeck_phase 002 measuring'), 1);
	assert.equal(seen.get('benchdeck_failures_total'), 0);
	const eta = seen.get('benchdeck_eta_seconds') ?? NaN;
	assert.ok(eta >= 0, String(eta));
	assert.ok(eta < 60, String(eta));
	assert.ok((seen.get('benchdeck_elapsed_seconds') ?? 0) > 4);
	assert.ok((seen.get('benchdeck_scrapes_total server') ?? 0) > 0);
	assert.ok((seen.get('benchdeck_scrape_duration_seconds client_1') ?? 0) > 0);
});

test('A metrics port that is taken or none is one sentence, before anything starts', async context => {
	const server = createServer().listen(0);
	await once(server, 'listening');
	context.after(() => {
		server.close();
	});
	const {port} = server.address() as AddressInfo;
	for (const [word, message] of [[String(port), /^--metrics-port \d+: .*EADDRINUSE.*; take another port\.\n$/], ['70000', /^--metrics-port takes a port, 0 to 65535, not "70000"\.\n$/]] as const) {
		const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '--plain', '--metrics-port', word, '-s', temporaryFolder(context)]);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, message);
	}
});
