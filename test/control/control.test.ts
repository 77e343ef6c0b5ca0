import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {BenchError} from '../../source/core/errors.ts';
import {connectControl} from '../../source/control/connect-control.ts';
import {maxReadBytes} from '../../source/control/protocol.ts';
import {type ControlHandlers, serveControl} from '../../source/control/serve-control.ts';
import {createSocketPlace} from '../../source/control/socket-path.ts';
import {sweepSockets} from '../../source/control/sweep-sockets.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

async function pair(context: TestContext, handlers: Partial<ControlHandlers>, folder = temporaryFolder(context)) {
	const server = await serveControl({
		stop() {/* Nothing. */},
		skip() {/* Nothing. */},
		letGo() {/* Nothing. */},
		answer() {/* Nothing. */},
		file() {
			throw new BenchError('host', 'There is no such file.');
		},
		...handlers,
	}, [folder]);
	const client = await connectControl(server.path);
	context.after(async () => {
		client.close();
		await server.close();
	});
	return {server, client};
}

test('A console stops, skips, lets go and answers', async context => {
	const said: string[] = [];
	const {client} = await pair(context, {
		stop() {
			said.push('stop');
		},
		skip() {
			said.push('skip');
		},
		letGo() {
			said.push('let go');
		},
		answer(question, text) {
			said.push(`${question}: ${text}`);
		},
	});
	await client.skip();
	await client.letGo();
	await client.answer('key', 'öffne\n"dich"');
	await client.stop();
	assert.deepEqual(said, ['skip', 'let go', 'key: öffne\n"dich"', 'stop']);
});

test('What the runner refuses reaches the person as its sentence', async context => {
	const {client} = await pair(context, {
		skip() {
			throw new BenchError('host', 'No benchmark runs.');
		},
	});
	await assert.rejects(client.skip(), {name: 'BenchError', message: 'No benchmark runs.'});
	await assert.rejects(client.size({benchmark: '001', label: 'server', name: 'server_out.txt'}), {message: 'There is no such file.'});
});

test('A log of any bytes, larger than an answer, arrives as it is, and its growth is told', async context => {
	const bytes = Buffer.from(Array.from({length: 700_001}, (_, index) => (index * 7) % 256));
	let size = bytes.length;
	const {client} = await pair(context, {
		file: (benchmark, label, name) => ({
			async size() {
				assert.deepEqual([benchmark, label, name], ['002', 'client_0', 'client_0_err.txt']);
				return size;
			},
			read: async (offset, length) => bytes.subarray(offset, offset + length),
		}),
	});
	const log = {benchmark: '002', label: 'client_0', name: 'client_0_err.txt'};
	assert.equal(await client.size(log), bytes.length);
	assert.ok(bytes.equals(await client.read(log, 0, 1_000_000)));
	assert.deepEqual([...await client.read(log, 255, 3)], [...bytes.subarray(255, 258)]);
	const seen: number[] = [];
	const {promise, resolve} = Promise.withResolvers<void>();
	const unwatch = client.watch(log, now => {
		seen.push(now);
		if (now === bytes.length) {
			size = 800_000;
		} else {
			resolve();
		}
	});
	await promise;
	unwatch();
	assert.deepEqual(seen, [bytes.length, 800_000]);
});

test('The socket is for its owner alone, and gone with the runner', async context => {
	const {server, client} = await pair(context, {});
	assert.match(fs.statSync(path.dirname(server.path)).mode.toString(8), /700$/);
	assert.match(fs.statSync(server.path).mode.toString(8), /600$/);
	await server.close();
	await client.closed;
	assert.ok(!fs.existsSync(path.dirname(server.path)));
	await assert.rejects(client.stop(), {message: 'The runner is gone.'});
	await assert.rejects(connectControl(server.path), {name: 'BenchError', message: /cannot be reached at .*ENOENT/});
});

test('A peer that talks nonsense is told so, and one that floods is cut off', async context => {
	const {server, client} = await pair(context, {});
	const peer = net.connect(server.path);
	peer.write('GET / HTTP/1.1\n');
	const [answer] = await once(peer, 'data') as [Buffer];
	assert.match(answer.toString(), /no request that the runner knows/);
	const {promise, resolve} = Promise.withResolvers<void>();
	peer.on('close', () => {
		resolve();
	});
	// It may be cut off in the middle of a write.
	peer.on('error', () => undefined);
	peer.write('x'.repeat(5 * 1024 * 1024));
	await promise;
	await client.stop();
	await assert.rejects(client.size({benchmark: '001', label: 'server', name: '../../secret'}), {message: /no request that the runner knows/});
});

test('A peer that asks and never reads is cut off before the runner holds much for it, and others go on', async context => {
	let [asked, answered] = [0, 0];
	const bytes = Buffer.alloc(maxReadBytes);
	const {server, client} = await pair(context, {
		file: () => ({
			size: async () => bytes.length,
			async read(_offset, length) {
				asked++;
				await setImmediate();
				answered++;
				return bytes.subarray(0, length);
			},
		}),
	});
	const log = {benchmark: '001', label: 'server', name: 'server_out.txt'};
	const request = `${JSON.stringify({id: 1, type: 'read', ...log, offset: 0, length: maxReadBytes})}\n`;
	const flood = async (atOnce: number) => {
		const before = asked;
		const peer = net.connect(server.path);
		peer.on('error', () => undefined);
		await until('it is cut off', () => {
			if (asked === answered) {
				peer.write(request.repeat(atOnce));
			}

			return peer.destroyed || asked - before > 500;
		});
		peer.destroy();
		return asked - before;
	};

	// What is being read counts, and what has been.
	for (const atOnce of [1000, 1]) {
		const reads = await flood(atOnce);
		assert.ok(reads > 40, `${reads} reads`);
		assert.ok(reads < 100, `${reads} reads`);
	}

	assert.equal((await client.read(log, 0, maxReadBytes)).length, maxReadBytes);
});

test('A path too long for a socket is passed over for a shorter one', async context => {
	const folder = temporaryFolder(context);
	const long = path.join(folder, 'x'.repeat(90));
	fs.mkdirSync(long);
	const place = await createSocketPlace([long, path.join(folder, 'missing'), folder]);
	assert.equal(path.dirname(path.dirname(place.path)), folder);
	await place.remove();
	assert.deepEqual(fs.readdirSync(folder), ['x'.repeat(90)]);
	await assert.rejects(createSocketPlace([long]), {name: 'BenchError', message: /no place for the control socket/});
});

test('Sockets that killed runners left are swept, and nothing else', async context => {
	const folder = temporaryFolder(context);
	const {server} = await pair(context, {}, folder);
	const living = path.basename(path.dirname(server.path));
	for (const name of ['benchdeck-dead', 'benchdeck-full', 'other-dead']) {
		fs.mkdirSync(path.join(folder, name));
		// It ends without closing its socket, as a killed one does.
		spawnSync(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(path.join(folder, name, 'control'))}, () => process.kill(process.pid, 'SIGKILL'))`]);
		assert.ok(fs.existsSync(path.join(folder, name, 'control')));
	}

	fs.writeFileSync(path.join(folder, 'benchdeck-full', 'notes'), '');
	fs.mkdirSync(path.join(folder, 'benchdeck-empty'));
	await sweepSockets(folder);
	assert.deepEqual(fs.readdirSync(folder).toSorted(), [living, 'benchdeck-empty', 'benchdeck-full', 'other-dead'].toSorted());
});
