import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

test('A project that init wrote runs at once and type-checks', async context => {
	const parent = temporaryFolder(context);
	const made = await benchdeck(['init', 'My Bench'], {cwd: parent});
	assert.equal(made.stderr, '');
	assert.equal(made.code, 0);
	const folder = path.join(parent, 'My Bench');
	assert.deepEqual(fs.readdirSync(folder).toSorted(), ['.gitignore', 'benchdeck.config.json', 'client.mjs', 'echo.cluster.json', 'package.json', 'server.mjs', 'suite.ts', 'tsconfig.json']);
	// What it says to type next can be typed.
	const [enter = '', plan = ''] = made.stdout.split('Now:\n', 2)[1]!.split('\n', 2);
	const typed = spawnSync('sh', ['-ec', `${enter}\n${plan}`], {cwd: parent, encoding: 'utf8'});
	assert.equal(typed.status, 0, typed.stderr);
	assert.match(typed.stdout, / 6 benchmarks, /);
	const {stdout, stderr, code} = await benchdeck(['run', './suite.ts', '--plain', '--only', '1,6', '--set', 'duration=1200ms'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	assert.match(stdout, /'message': 'short', 'num_clients_per_proc': 1, .*\n.*'message': 'long', 'num_clients_per_proc': 16, /);
	const [run] = fs.readdirSync(path.join(folder, 'runs'));
	assert.ok(fs.existsSync(path.join(folder, 'runs', run!, '006/metrics.om.gz')));
	const checked = spawnSync(process.execPath, [tsc, '-p', folder], {encoding: 'utf8'});
	assert.equal(checked.stdout, '');
	assert.equal(checked.status, 0);
	assert.equal((JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {readonly name: string}).name, 'my-bench');
});

test('Where benchdeck is on the PATH, what to type next is benchdeck; a folder that npm put there counts for nothing', async context => {
	const parent = temporaryFolder(context);
	const bin = path.join(parent, 'node_modules/.bin');
	fs.mkdirSync(bin, {recursive: true});
	fs.writeFileSync(path.join(bin, 'benchdeck'), '');
	const env = {...process.env, PATH: `${bin}${path.delimiter}/usr/bin`, npm_execpath: undefined};
	const own = await benchdeck(['init', 'own'], {cwd: parent, env});
	assert.ok(own.stdout.endsWith('\nNow:\ncd own\nbenchdeck plan ./suite.ts --commands\nbenchdeck run ./suite.ts\n'), own.stdout);
	const byNpm = await benchdeck(['init', 'by-npm'], {cwd: parent, env: {...env, npm_execpath: '/npm-cli.js'}});
	assert.match(byNpm.stdout, /\nNow:\ncd by-npm\n\S+ \S+ plan /);
});

test('init overwrites nothing', async context => {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'suite.ts'), 'mine');
	const {code, stderr} = await benchdeck(['init', folder]);
	assert.equal(code, 2);
	assert.match(stderr, /has a suite\.ts already; benchdeck init overwrites nothing/);
	assert.deepEqual(fs.readdirSync(folder), ['suite.ts']);
	assert.equal(fs.readFileSync(path.join(folder, 'suite.ts'), 'utf8'), 'mine');
});
