import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {compressLeftMetrics} from '../../source/commands/left-metrics.ts';
import {type RunEvent} from '../../source/core/event.ts';
import {reduce} from '../../source/core/reduce.ts';
import {emptyState, type RunState} from '../../source/core/state.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {suiteStarted} from '../helpers/suite-directories.ts';

test('What a killed runner left uncompressed of a benchmark that had finished is compressed by who goes on, and nothing else', async context => {
	const directory = temporaryFolder(context);
	for (const id of ['001', '002']) {
		fs.mkdirSync(path.join(directory, id));
		fs.writeFileSync(path.join(directory, id, 'metrics.om'), '# TYPE up gauge\nup{job="server"} 1 1795578950.351\n');
	}

	const events: readonly RunEvent[] = [
		suiteStarted(0, [{n: 1}, {n: 2}]),
		{type: 'benchmark-started', at: 1, index: 1, id: '001', attempt: 1},
		{type: 'benchmark-finished', at: 2, index: 1, id: '001', durationMs: 1, summary: '{}', output: {}},
		{type: 'benchmark-started', at: 3, index: 2, id: '002', attempt: 1},
	];
	const state = events.reduce<RunState>((before, event) => reduce(before, event), emptyState);
	const notes: string[] = [];
	await compressLeftMetrics({directory, state}, text => {
		notes.push(text);
	});
	assert.deepEqual(fs.readdirSync(path.join(directory, '001')), ['metrics.om.gz']);
	assert.equal(gunzipSync(fs.readFileSync(path.join(directory, '001/metrics.om.gz'))).toString(), '# TYPE up gauge\nup{job="server"} 1 1795578950.351\n# EOF\n');
	assert.deepEqual(fs.readdirSync(path.join(directory, '002')), ['metrics.om']);
	// Nothing is left to do the second time.
	await compressLeftMetrics({directory, state}, text => {
		notes.push(text);
	});
	assert.deepEqual(notes, []);
});
