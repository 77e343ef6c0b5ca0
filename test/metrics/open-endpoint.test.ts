import assert from 'node:assert/strict';
import test from 'node:test';
import {type Channel} from '../../source/core/host.ts';
import {createFakeHost} from '../../source/host/fake-host.ts';
import {openEndpoints} from '../../source/metrics/open-endpoint.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';

const channel: Channel = {
	write: () => true,
	destroy() {/* There is nothing behind it. */},
	async * [Symbol.asyncIterator]() {/* It says nothing. */},
};
const endpoint = {label: 'client_0', job: 'unreplicated_client', host: 'a', ip: '10.0.0.1', port: 10_001};

function opener(kind: 'local' | 'ssh', {reaches, listens = true}: {readonly reaches: () => boolean; readonly listens?: boolean}) {
	const ways: string[] = [];
	const fake = createFakeHost('a', createFakeClock(), () => ({}));
	const host = {
		...fake,
		kind,
		async open() {
			ways.push('through');
			if (!listens) {
				throw new Error('refused');
			}

			return channel;
		},
	};
	const open = openEndpoints(async () => host, async () => {
		ways.push('direct');
		if (!reaches()) {
			throw new Error('unreachable');
		}

		return channel;
	});
	return {open, ways};
}

test('An endpoint that this machine does not reach is scraped through its host, from then on at once', async () => {
	const {open, ways} = opener('ssh', {reaches: () => false});
	await open(endpoint, 1000);
	await open({...endpoint, port: 10_101}, 1000);
	assert.deepEqual(ways, ['direct', 'through', 'through']);
});

test('An endpoint that this machine reaches is scraped from here; one that nothing listens on leaves the way open', async () => {
	let isUp = false;
	const {open, ways} = opener('ssh', {reaches: () => isUp, listens: false});
	await assert.rejects(open(endpoint, 1000), /refused/);
	isUp = true;
	await open(endpoint, 1000);
	await open(endpoint, 1000);
	assert.deepEqual(ways, ['direct', 'through', 'direct', 'direct']);
});

test('A loopback address over SSH is the other machine\'s; on this one it is ours', async () => {
	const over = opener('ssh', {reaches: () => true});
	await over.open({...endpoint, ip: '127.0.0.1'}, 1000);
	const here = opener('local', {reaches: () => true});
	await here.open({...endpoint, ip: '127.0.0.1'}, 1000);
	assert.deepEqual([over.ways, here.ways], [['through'], ['direct']]);
});
