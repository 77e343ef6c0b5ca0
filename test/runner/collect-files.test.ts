import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {type Host} from '../../source/core/host.ts';
import {collectFiles} from '../../source/runner/collect-files.ts';
import {connectLocalHost} from '../../source/host/local-host.ts';
import {temporaryFolder} from '../helpers/command.ts';

test('Files of one name from two hosts both come home, also at the same time', async context => {
	const home = temporaryFolder(context);
	await Promise.all(['one', 'other'].map(async address => {
		const away = temporaryFolder(context);
		fs.writeFileSync(path.join(away, 'core'), address);
		fs.writeFileSync(path.join(away, `${address}_out.txt`), address);
		const host = await connectLocalHost(address, '127.0.0.1');
		context.after(async () => host.close());
		const {files, failures} = await collectFiles(host, away, home, new Set());
		assert.deepEqual([files, failures], [2, []]);
	}));
	const names = fs.readdirSync(home).toSorted();
	assert.deepEqual(names.filter(name => !name.startsWith('core')), ['one_out.txt', 'other_out.txt']);
	assert.deepEqual(names.filter(name => name.startsWith('core')).map(name => fs.readFileSync(path.join(home, name), 'utf8')).toSorted(), ['one', 'other']);
});

test('A file of which nothing came over has its own name when it does', async context => {
	const [away, home] = [temporaryFolder(context), temporaryFolder(context)];
	fs.writeFileSync(path.join(away, 'server_out.txt'), 'ready');
	const host = await connectLocalHost('far', '127.0.0.1');
	context.after(async () => host.close());
	const broken: Host = {
		...host,
		files: {
			...host.files,
			async download() {
				throw new BenchError('host', 'far: the connection was lost.');
			},
		},
	};
	assert.deepEqual((await collectFiles(broken, away, home, new Set())).failures, ['far: the connection was lost.']);
	assert.deepEqual((await collectFiles(host, away, home, new Set())).failures, []);
	assert.deepEqual(fs.readdirSync(home), ['server_out.txt']);
});
