import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {RunStore} from '../../source/store/run-store.ts';

function steppedStore() {
	let hand: (events: readonly RunEvent[]) => void = () => undefined;
	const due: Array<() => void> = [];
	let notified = 0;
	const store = new RunStore({
		follow(onEvents) {
			hand = onEvents;
			return () => {
				hand = () => undefined;
			};
		},
		schedule(callback) {
			due.push(callback);
			return () => {
				due.length = 0;
			};
		},
	});
	store.subscribe(() => {
		notified++;
	});
	return {store, hand(...events: readonly RunEvent[]) {
		hand(events);
	}, tick: () => due.shift()?.(), notified: () => notified};
}

test('a thousand events in one interval cost two notifications', () => {
	const {hand, tick, notified, store} = steppedStore();
	for (let index = 0; index < 1000; index++) {
		hand({type: 'warned', at: index, message: `warning ${index}`});
	}

	assert.equal(notified(), 1);
	tick();
	assert.equal(notified(), 2);
	tick();
	assert.equal(notified(), 2);
	assert.equal(store.state().warnings.at(-1)?.message, 'warning 999');
});

test('a store that was closed notifies nobody', () => {
	const {hand, tick, notified, store} = steppedStore();
	hand({type: 'heartbeat', at: 1});
	hand({type: 'heartbeat', at: 2});
	store.close();
	tick();
	hand({type: 'heartbeat', at: 3});
	assert.equal(notified(), 1);
});

test('the state is the same object until an event comes', () => {
	const {hand, store} = steppedStore();
	assert.equal(store.state(), store.state());
	const before = store.state();
	hand({type: 'heartbeat', at: 1});
	assert.notEqual(store.state(), before);
});

test('a runner that is gone is known once its last words are read, and not after the store is closed', async () => {
	const due: Array<() => void> = [];
	const make = (runnerGone: Promise<void>) => new RunStore({
		follow: () => () => undefined,
		schedule(callback) {
			due.push(callback);
			return () => undefined;
		},
		runnerGone,
	});
	const gone = Promise.withResolvers<void>();
	const [open, closed] = [make(gone.promise), make(gone.promise)];
	closed.close();
	gone.resolve();
	await gone.promise;
	assert.equal(open.state().runnerGoneAt, undefined);
	assert.equal(due.length, 1);
	due[0]!();
	assert.notEqual(open.state().runnerGoneAt, undefined);
	assert.equal(closed.state().runnerGoneAt, undefined);
});
