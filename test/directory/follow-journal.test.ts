import assert from 'node:assert/strict';
import {getEventListeners} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {followJournal} from '../../source/directory/follow-journal.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

const heartbeat = (at: number): RunEvent => ({type: 'heartbeat', at});
const line = (event: RunEvent) => `${JSON.stringify(event)}\n`;

/** Follows a journal that is not there yet. */
function follow(context: TestContext): {readonly file: string; readonly over: AbortController; readonly batches: ReadonlyArray<readonly RunEvent[]>} {
	const file = path.join(temporaryFolder(context), 'events.jsonl');
	const over = new AbortController();
	context.after(() => {
		over.abort();
	});
	const batches: Array<readonly RunEvent[]> = [];
	followJournal(file, {
		signal: over.signal,
		onEvents(events) {
			batches.push(events);
		},
	});
	return {file, over, batches};
}

test('A journal is followed from before it is there, line by line, whatever pieces it is written in', async context => {
	const {file, over, batches} = follow(context);
	const warned: RunEvent = {type: 'warned', at: 3, message: 'über'};
	const bytes = Buffer.from(line(warned));
	const middle = bytes.indexOf('über') + 1;
	fs.writeFileSync(file, Buffer.concat([Buffer.from(line(heartbeat(1)) + line(heartbeat(2))), bytes.subarray(0, middle)]));
	await until('the first two', () => batches.length === 1);
	assert.deepEqual(batches, [[heartbeat(1), heartbeat(2)]]);
	fs.appendFileSync(file, Buffer.concat([bytes.subarray(middle), Buffer.from('no event\n')]));
	await until('the third', () => batches.length === 2);
	assert.deepEqual(batches[1], [warned]);
	over.abort();
});

test('What is there at first comes in one batch, however long it is', async context => {
	const file = path.join(temporaryFolder(context), 'events.jsonl');
	const events = Array.from({length: 20_000}, (_, index) => heartbeat(index + 1));
	fs.writeFileSync(file, events.map(event => line(event)).join(''));
	const over = new AbortController();
	const batches: Array<readonly RunEvent[]> = [];
	followJournal(file, {
		signal: over.signal,
		onEvents(found) {
			batches.push(found);
		},
	});
	await until('them all', () => batches.length > 0);
	over.abort();
	assert.equal(batches.length, 1);
	assert.deepEqual(batches[0]?.length, events.length);
});

test('A journal that is followed for a night leaves nothing behind for each look', async context => {
	const {file, over, batches} = follow(context);
	for (let look = 1; look <= 3; look++) {
		fs.appendFileSync(file, line(heartbeat(look)));
		await until('the look has found it', () => batches.length === look);
	}

	assert.equal(getEventListeners(over.signal, 'abort').length, 1);
});
