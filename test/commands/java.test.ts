import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const withoutJava = spawnSync('java', ['-version']).status === 0 ? false : 'there is no java here';

test('A heap size that no JVM takes ends with the JVM\'s own words on the console, not with a stack', {skip: withoutJava}, async context => {
	const folder = temporaryFolder(context);
	const jar = path.join(folder, 'frankenpaxos.jar');
	fs.writeFileSync(jar, '');
	const {code, stdout, stderr} = await benchdeck(['run', 'unreplicated/smoke', '--jar', jar, '--set', 'jvm_heap_size=100f', '-s', path.join(folder, 'runs'), '--plain', '--only', '2']);
	assert.equal(code, 1);
	const [failure, end, ...more] = stderr.split('\n');
	assert.match(failure!, /^Benchmark 002 failed: server on localhost died with return code 1\. .* Its last lines: Invalid initial heap size: -Xms100f \| /);
	assert.match(failure!, / Command: 002\/server_cmd\.txt\. The heap size is one that this JVM does not take; /);
	assert.match(end!, /^1 of 1 benchmarks failed; /);
	assert.deepEqual(more, ['']);
	assert.match(stdout, /^Running suite in .*\n$/);
	const [name] = fs.readdirSync(path.join(folder, 'runs'));
	const results = fs.readFileSync(path.join(folder, 'runs', name!, 'results.csv'), 'utf8');
	assert.equal(results.trimEnd().split('\n').length, 1);
	assert.match(fs.readFileSync(path.join(folder, 'runs', name!, '002', 'server_cmd.txt'), 'utf8'), /-Xms100f/);
});
