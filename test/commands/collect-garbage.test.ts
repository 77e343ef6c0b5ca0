import assert from 'node:assert/strict';
import {setImmediate} from 'node:timers/promises';
import test from 'node:test';
import {collectGarbage} from '../../source/commands/collect-garbage.ts';

test('Garbage is collected when it is asked for', async () => {
	const garbage = new WeakRef({});
	// Whatever a WeakRef was made of lives until the turn is over.
	await setImmediate();
	assert.notEqual(garbage.deref(), undefined);
	await setImmediate();
	collectGarbage();
	assert.equal(garbage.deref(), undefined);
});
