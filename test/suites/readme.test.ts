import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

test('The suite that suites/README.md shows runs as it stands', async context => {
	const folder = temporaryFolder(context);
	const readme = fs.readFileSync(new URL('../../suites/README.md', import.meta.url), 'utf8');
	const [, example] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
	assert.ok(example);
	const file = path.join(folder, 'my-suite.ts');
	fs.writeFileSync(file, example);
	const {code, stdout, stderr} = await benchdeck(['run', './my-suite.ts', '--plain'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /\{'messages': 10, 'answers': '10\.0'\}\n.*\{'messages': 1000, 'answers': '1000\.0'\}\n$/);
	assert.ok(fs.readdirSync(path.join(folder, 'runs'))[0]?.endsWith('_echo_my-suite'));
});
