import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {runSources} from '../../source/commands/run-sources.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {until} from '../helpers/until.ts';

test('Files of a run that is over are looked at every few seconds, and often again once it is resumed', {timeout: 30_000}, async context => {
	const folder = temporaryFolder(context);
	fs.mkdirSync(path.join(folder, '001'));
	const journal = path.join(folder, 'events.jsonl');
	const write = (event: object) => {
		fs.appendFileSync(journal, `${JSON.stringify({at: 1_617_820_860_000, ...event})}\n`);
	};

	write({type: 'suite-finished', outcome: 'finished', finished: 1, failed: 0});
	const pauses: number[] = [];
	const {setTimeout: later} = globalThis;
	context.mock.method(globalThis, 'setTimeout', (callback: () => void, ms: number) => {
		pauses.push(ms);
		return later(callback, 1);
	});
	const sources = runSources(folder);
	let heard = 0;
	context.after(sources.follow(events => {
		heard += events.length;
	}));
	await until('the end of the run', () => heard === 1);

	const log = sources.log('001', 'client', 'out');
	const metrics = sources.metrics('001');
	const recorded = sources.recorded?.('001', ['client']);
	assert.ok(recorded);
	context.after(log.watch(() => undefined));
	recorded.watch(() => undefined);
	context.after(async () => Promise.all([log.close(), metrics.close(), recorded.close()]));
	const lastPauses = () => pauses.slice(-50);
	// The journal's own second, and three of everything else.
	await until('rest', () => lastPauses().length === 50 && lastPauses().every(ms => ms === 1000 || ms === 3000) && lastPauses().includes(3000));
	write({type: 'suite-resumed', selected: [0], estimatesMs: [1000], hosts: [], runner: {pid: 1, hostname: 'here', version: '1'}});
	await until('no more rest', () => heard === 2 && lastPauses().every(ms => ms < 3000));
});
