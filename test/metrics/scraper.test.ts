import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type RequestListener, type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import test, {type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {type Channel} from '../../source/core/host.ts';
import {parseExposition} from '../../source/metrics/exposition.ts';
import {type ScrapeEndpoint} from '../../source/metrics/scrape-endpoint.ts';
import {startScraper, type Scraper, type ScraperOptions} from '../../source/metrics/scraper.ts';
import {SteppedClock} from '../helpers/stepped-clock.ts';
import {until} from '../helpers/until.ts';

const startAt = 1_617_820_860_000;

/** A channel that answers each request as it is told, at once or never. */
class FakeChannel implements Channel {
	readonly requests: string[] = [];
	isDestroyed = false;
	readonly #respond: (request: number) => string | undefined;
	readonly #pending: Array<Uint8Array | undefined> = [];
	#wake: () => void = () => undefined;

	constructor(respond: (request: number) => string | undefined) {
		this.#respond = respond;
	}

	write(chunk: Uint8Array | string): boolean {
		this.requests.push(String(chunk));
		const text = this.#respond(this.requests.length);
		if (text !== undefined) {
			this.send(text);
		}

		return true;
	}

	send(text: string | undefined): void {
		this.#pending.push(text === undefined ? undefined : Buffer.from(text));
		this.#wake();
	}

	destroy(): void {
		this.isDestroyed = true;
		this.send(undefined);
	}

	async * [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
		for (;;) {
			while (this.#pending.length > 0) {
				const chunk = this.#pending.shift();
				if (!chunk) {
					return;
				}

				yield chunk;
			}

			await new Promise<void>(resolve => {
				this.#wake = resolve;
			});
		}
	}
}

function answer(body: string, head = 'HTTP/1.1 200 OK'): string {
	return `${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function endpoint(index: number): ScrapeEndpoint {
	return {label: `client_${index}`, job: 'unreplicated_client', ip: '127.0.0.1', port: 10_001 + (index * 100)};
}

type Seen = {readonly label: string; readonly at: number; readonly text: string};

function start(
	context: TestContext,
	options: Partial<ScraperOptions>,
): {readonly scraper: Scraper; readonly clock: SteppedClock; readonly seen: Seen[]; readonly misses: string[]; readonly troubles: string[]} {
	const clock = new SteppedClock(startAt);
	const [seen, misses, troubles]: [Seen[], string[], string[]] = [[], [], []];
	const scraper = startScraper({
		clock,
		onScrape({endpoint: {label}, at, body}) {
			seen.push({label, at: at - startAt, text: Buffer.from(body).toString()});
		},
		onMiss({label}, at) {
			misses.push(`${label} ${at - startAt}`);
		},
		onTrouble(message) {
			troubles.push(message);
		},
		...options,
	});
	context.after(async () => scraper.stop());
	return {scraper, clock, seen, misses, troubles};
}

test('An endpoint is asked at its interval on one connection that is kept', async context => {
	const channel = new FakeChannel(request => answer(`up ${request}\n`));
	let opened = 0;
	const {scraper, clock, seen} = start(context, {
		async open() {
			opened++;
			return channel;
		},
	});
	scraper.add(endpoint(0));
	await clock.advance(1000);
	assert.deepEqual(seen, [0, 200, 400, 600, 800, 1000].map((at, index) => ({label: 'client_0', at, text: `up ${index + 1}\n`})));
	assert.equal(opened, 1);
	assert.match(channel.requests[0]!, /^GET \/metrics HTTP\/1\.1\r\nHost: 127\.0\.0\.1:10001\r\n(?:[^\r]+\r\n)+\r\n$/);
	await scraper.stop();
	assert.equal(channel.isDestroyed, true);
	await clock.advance(1000);
	assert.equal(seen.length, 6, 'nothing is scraped after the stop');
});

test('The times of many endpoints are spread over the interval', async context => {
	const {scraper, clock, seen} = start(context, {open: async () => new FakeChannel(() => answer('up 1\n'))});
	for (let index = 0; index < 100; index++) {
		scraper.add(endpoint(index));
	}

	await clock.advance(1099);
	const inWindow = seen.filter(({at}) => at >= 200 && at < 1000);
	assert.equal(inWindow.length, 400);
	for (let from = 200; from < 1000; from += 20) {
		const count = inWindow.filter(({at}) => at >= from && at < from + 20).length;
		assert.ok(count >= 7 && count <= 13, `${count} scrapes from ${from} ms`); // eslint-disable-line node-test/no-compound-assertion -- one range
	}
});

test('An endpoint that has not answered is not asked again before it has, nor beyond its deadline', async context => {
	const channels: FakeChannel[] = [];
	const {scraper, clock, seen, misses} = start(context, {
		async open() {
			channels.push(new FakeChannel(() => undefined));
			return channels.at(-1)!;
		},
	});
	scraper.add(endpoint(0));
	await clock.advance(700);
	assert.equal(channels[0]!.requests.length, 1);
	channels[0]!.send(answer('up 1\n'));
	await clock.advance(200);
	assert.deepEqual(seen, [{label: 'client_0', at: 0, text: 'up 1\n'}]);
	assert.equal(channels[0]!.requests.length, 2, 'asked again at 800 ms');
	await clock.advance(1900);
	assert.equal(channels[0]!.isDestroyed, true);
	assert.deepEqual(misses, ['client_0 800']);
	const [status] = scraper.status();
	assert.equal(status?.scrapes, 1);
	assert.equal(status?.failures, 1);
	assert.equal(status?.skipped, 3 + 10, 'at 200, 400, 600, and from 1000 to 2800');
	assert.equal(status?.error, 'client_0 (127.0.0.1:10001): cannot be scraped: it did not answer within 2000 ms.');
	await clock.advance(200);
	assert.equal(channels.length, 2, 'it is asked again on another connection');
});

test('A hanging endpoint holds no other up', async context => {
	const {scraper, clock, seen} = start(context, {open: async ({label}) => new FakeChannel(() => (label === 'client_0' ? undefined : answer('up 1\n')))});
	scraper.add(endpoint(0));
	scraper.add(endpoint(1));
	await clock.advance(1000);
	assert.equal(seen.length, 5);
});

test('Failures are counted, asked less often, and told once when they last', async context => {
	let isUp = false;
	let opened = 0;
	const {scraper, clock, seen, misses, troubles} = start(context, {
		async open({ip, port}) {
			opened++;
			if (!isUp) {
				throw new Error(`connect ECONNREFUSED ${ip}:${port}`);
			}

			return new FakeChannel(() => answer('up 1\n'));
		},
	});
	scraper.add(endpoint(0));
	await clock.advance(4900);
	assert.deepEqual(troubles, [], 'a JVM takes a while to start');
	await clock.advance(30_000);
	assert.deepEqual(troubles, ['client_0 (127.0.0.1:10001): cannot be scraped: connect ECONNREFUSED 127.0.0.1:10001, for 5 s now; its metrics are missing from then on.']);
	assert.ok(opened > 30, `${opened}`);
	assert.ok(opened < 50, `${opened} times in 35 s`);
	assert.equal(misses.length, opened);
	isUp = true;
	await clock.advance(2000);
	assert.ok(seen.length >= 5, 'it comes back by itself');
	assert.equal(scraper.status()[0]?.error, undefined);
});

test('A status, an answer that is none, and what the taker throws are failures of the endpoint', async context => {
	const answers = [answer('no', 'HTTP/1.1 404 Not Found'), 'SSH-2.0-OpenSSH\r\n', answer('up {'), answer('up 1')];
	const errors: Array<string | undefined> = [];
	let request = 0;
	const {scraper, clock, misses} = start(context, {
		open: async () => new FakeChannel(() => answers[request++]),
		onScrape({body}) {
			parseExposition(body, {source: 'client_0'});
		},
		onMiss() {
			errors.push(scraper.status()[0]?.error);
		},
	});
	scraper.add(endpoint(0));
	await clock.advance(3000);
	assert.deepEqual(errors.slice(0, 3), [
		'client_0 (127.0.0.1:10001): cannot be scraped: it answered with status 404.',
		'client_0 (127.0.0.1:10001): cannot be scraped: it does not answer in HTTP/1.',
		'client_0: cannot read the metrics at line 1, column 5: a label\'s name or "}" is missing, the line ends.',
	]);
	assert.equal(scraper.status()[0]?.scrapes, 1);
	assert.deepEqual(misses, []);
});

test('An idle connection that the server closed is opened anew without a failure', async context => {
	const channels: FakeChannel[] = [];
	const {scraper, clock, seen, misses} = start(context, {
		async open() {
			const channel: FakeChannel = new FakeChannel(request => {
				if (request === 2) {
					channel.send(undefined);
					return undefined;
				}

				return answer('up 1\n');
			});
			channels.push(channel);
			return channel;
		},
	});
	scraper.add(endpoint(0));
	await clock.advance(1000);
	assert.equal(seen.length, 6);
	assert.deepEqual(misses, []);
	assert.ok(channels.length > 1);
});

test('A proc that is removed is scraped no more, also if its answer is on its way', async context => {
	const channel = new FakeChannel(() => undefined);
	const {scraper, clock, seen, misses} = start(context, {open: async () => channel});
	scraper.add(endpoint(0));
	await clock.advance(100);
	channel.send(answer('up 1\n'));
	scraper.remove('client_0');
	await clock.advance(5000);
	assert.equal(channel.requests.length, 1);
	assert.equal(channel.isDestroyed, true);
	assert.deepEqual([seen, misses, scraper.status()], [[], [], []]);
});

test('A channel that opens after its request was given up is closed', async context => {
	const late = new FakeChannel(() => answer('up 1\n'));
	const {promise, resolve} = Promise.withResolvers<Channel>();
	const {scraper, clock, misses} = start(context, {open: async () => promise});
	scraper.add(endpoint(0));
	await clock.advance(2100);
	assert.deepEqual(misses, ['client_0 0']);
	await scraper.stop();
	resolve(late);
	await clock.advance(10);
	assert.equal(late.isDestroyed, true);
	assert.deepEqual(late.requests, []);
});

test('Real servers are scraped over loopback: sized, chunked, closing, in parts', async context => {
	const handlers: readonly RequestListener[] = [
		(_, response) => response.end('kind{x="sized"} 1\n'),
		(_, response) => {
			response.write('kind{x="chun');
			setImmediate(() => response.end('ked"} 1\n'));
		},
		(_, response) => response.writeHead(200, {'Content-Type': 'application/openmetrics-text; version=1.0.0', Connection: 'close'}).end('kind{x="closing"} 1\n# EOF\n'),
		(_, response) => response.end(`# HELP big ${'x'.repeat(300_000)}\nkind{x="big"} 1\n`),
	];
	const servers = await Promise.all(handlers.map(async handler => listen(context, handler)));
	const seen = new Map<string, number>();
	const scraper = startScraper({
		clock: {
			now: () => Date.now(),
			async sleep(ms, signal) {
				await delay(ms, undefined, {signal}).catch(() => undefined);
			},
		},
		intervalMs: 20,
		onScrape({body, format}) {
			const [sample] = parseExposition(body, {source: 'test', format}).samples;
			const kind = `${sample?.labels['x']} ${format}`;
			seen.set(kind, (seen.get(kind) ?? 0) + 1);
		},
	});
	context.after(async () => scraper.stop());
	for (const [index, port] of servers.entries()) {
		scraper.add({label: `client_${index}`, job: 'unreplicated_client', ip: '127.0.0.1', port});
	}

	const wanted = ['sized prometheus', 'chunked prometheus', 'closing openmetrics', 'big prometheus'];
	await until(() => `three of each: ${JSON.stringify([...seen])} ${JSON.stringify(scraper.status())}`, () => wanted.every(kind => (seen.get(kind) ?? 0) >= 3));
	assert.deepEqual(scraper.status().map(({failures}) => failures), [0, 0, 0, 0]);
});

test('An endpoint is asked for names where these are enough, and never again where it does not answer to that', async context => {
	const ways: Readonly<Record<string, (isWhole: boolean) => string | undefined>> = {
		willing: () => answer('up 1\n'),
		strict: isWhole => isWhole ? answer('up 1\n') : answer('no such page', 'HTTP/1.1 404 Not Found'),
		rude: isWhole => isWhole ? answer('up 1\n') : undefined,
		unreadable: isWhole => isWhole ? answer('up 1\n') : answer('', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip'),
		silent: isWhole => isWhole ? answer('up 1\n') : '',
	};
	const asked = new Map<string, string[]>(Object.keys(ways).map(label => [label, []]));
	const names = ['a_total', 'b:c'];
	const {scraper, clock, seen, misses} = start(context, {
		namesOf: ({label}) => asked.get(label)!.length === 0 ? [] : names,
		deadlineMs: 500,
		async open({label}) {
			const channel: FakeChannel = new FakeChannel(() => {
				const path = channel.requests.at(-1)!.split(' ', 2)[1]!;
				asked.get(label)!.push(path);
				const text = ways[label]!(path === '/metrics');
				if (text === undefined) {
					channel.destroy();
				}

				return text;
			});
			return channel;
		},
	});
	for (const label of Object.keys(ways)) {
		scraper.add({...endpoint(0), label});
	}

	await clock.advance(1600);
	assert.deepEqual(new Set(misses.map(miss => miss.split(' ', 1)[0])), new Set(['silent', 'unreadable']));
	assert.equal(misses.length, 2);
	assert.deepEqual(new Set(seen.map(({text}) => text)), new Set(['up 1\n']));
	const some = '/metrics?name[]=a_total&name[]=b%3Ac';
	assert.deepEqual(asked.get('willing')!.slice(0, 4), ['/metrics', some, some, some]);
	for (const label of ['strict', 'unreadable', 'silent']) {
		assert.equal(asked.get(label)!.filter(path => path === some).length, 1, label);
	}

	// A kept connection that closes may have been idle too long: the request is made once more.
	assert.equal(asked.get('rude')!.filter(path => path === some).length, 2);
	assert.deepEqual(Object.keys(ways).map(label => asked.get(label)!.at(-1)), [some, '/metrics', '/metrics', '/metrics', '/metrics']);
});

async function listen(context: TestContext, handler: RequestListener): Promise<number> {
	const server: Server = createServer(handler).listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => {
		server.close();
		server.closeAllConnections();
	});
	return (server.address() as AddressInfo).port;
}
