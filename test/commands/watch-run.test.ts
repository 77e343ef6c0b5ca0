import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {comeBack, reachRunner} from '../../source/commands/watch-run.ts';
import {serveControl} from '../../source/control/serve-control.ts';
import {emptyState} from '../../source/core/state.ts';
import {temporaryFolder} from '../helpers/command.ts';

const here = {pid: 1, hostname: os.hostname(), version: '0'};
const nothing = () => undefined;

test('A runner is reached on its own machine while it lives, and else there is a reason why not', async context => {
	const server = await serveControl(
		{stop: nothing, skip: nothing, letGo: nothing, answer: nothing, file: () => ({size: async () => 0, read: async () => new Uint8Array()})},
		[temporaryFolder(context)],
	);
	const state = {...emptyState, runner: here, control: server.path};
	const reached = await reachRunner(state);
	assert.equal(reached.kind, 'reached');
	assert.deepEqual(await reachRunner({...state, runner: {...here, hostname: 'far-away'}}), {kind: 'elsewhere', why: 'its runner is on far-away'});
	assert.deepEqual(await reachRunner({...state, outcome: 'finished'}), {kind: 'over', why: 'the run is over'});
	assert.deepEqual(await reachRunner(undefined), {kind: 'gone', why: 'the run has no journal'});
	await server.close();
	assert.deepEqual(await reachRunner(state), {kind: 'gone', why: 'its runner is gone'});
});

test('What brings a person back is the word where the runs lie here, and the path elsewhere', () => {
	const name = '2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke';
	assert.equal(comeBack(path.resolve('runs', name)), 'benchdeck attach HAOSRTGXOI');
	assert.equal(comeBack(`/elsewhere/${name}`), `benchdeck attach /elsewhere/${name}`);
	assert.equal(comeBack(`/else where/${name}`), `benchdeck attach '/else where/${name}'`);
});
