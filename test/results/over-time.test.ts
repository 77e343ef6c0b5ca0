import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {overTime} from '../../source/results/over-time.ts';
import {temporaryFolder} from '../helpers/command.ts';

test('labels of series.csv are read as CSV quotes them, and rows that are cut are left out', async context => {
	const directory = temporaryFolder(context);
	const rows = ['read', '"a ""b"", c"'].flatMap(label => [`${label},2026-11-23T06:18:00Z,10,10.0,1.0,2.0,3.0,4.0`, `${label},2026-11-23T06:18:01Z,20,20.0,1.5,2.0,3.0,4.0`]);
	fs.writeFileSync(path.join(directory, 'series.csv'), ['label,start,count,throughput,p50_ms,p95_ms,p99_ms,max_ms', ...rows, 'read,2026-11-23T06:18:02Z,5,5.'].join('\n'));
	const {throughput = []} = await overTime(directory) ?? {};
	assert.deepEqual(throughput.map(({name, values}) => [name, values]), [['read', [10]], ['a "b", c', [10]]]);
});
