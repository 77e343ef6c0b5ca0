import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const readme = fs.readFileSync(new URL('../../suites/README.md', import.meta.url), 'utf8');
// A file is shown as its name and a block.
const files = new Map([...readme.matchAll(/^`([\w\-.]+)`:\n\n```\w+\n([\s\S]*?)^```/gm)].map(([, name = '', text = '']) => [name, text]));

test('The system of one\'s own that suites/README.md shows runs as it stands', async context => {
	const folder = temporaryFolder(context);
	for (const name of ['server.mjs', 'client.mjs', 'my-suite.ts']) {
		fs.writeFileSync(path.join(folder, name), files.get(name)!);
	}

	const lines = files.get('my-suite.ts')!.trimEnd().split('\n');
	assert.ok(lines.length <= 35, `my-suite.ts has ${lines.length} lines`);
	const {code, stdout, stderr} = await benchdeck(['run', './my-suite.ts', '--plain', '--set', 'duration_seconds=1'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\n\[003\/003; 100\.0%\] .* \{'num_client_procs': 4, 'latency\.median_ms': '[\d.]+', 'start_throughput_1s\.p90': '[\d.an]+'\}\n$/);
	const [run = ''] = fs.readdirSync(path.join(folder, 'runs'));
	assert.ok(run.endsWith('_echo_my-suite'), run);
	assert.equal(fs.readFileSync(path.join(folder, 'runs', run, '003', 'server_out.txt'), 'utf8'), 'Hello, I listen.\n');
});

test('The suite that suites/README.md makes figures of any file with runs as it stands', async context => {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'counting.ts'), files.get('counting.ts')!);
	const {code, stdout, stderr} = await benchdeck(['run', './counting.ts', '--plain'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\{'messages': 10, 'answers': '10\.0'\}\n.*\{'messages': 1000, 'answers': '1000\.0'\}\n$/);
});

test('The suite that README.md shows runs as it stands', async context => {
	const folder = temporaryFolder(context);
	const text = fs.readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
	const [, example] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
	assert.ok(example);
	fs.writeFileSync(path.join(folder, 'counting.ts'), example);
	const {code, stdout, stderr} = await benchdeck(['run', './counting.ts', '--plain'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\{'messages': 10, 'answers': '10\.0'\}\n.*\{'messages': 1000, 'answers': '1000\.0'\}\n$/);
});
