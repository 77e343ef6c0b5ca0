import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {openInEditor} from '../../source/commands/run-actions.ts';
import {temporaryFolder} from '../helpers/command.ts';

test('A file is opened in the first program that is named; an empty name is none', async context => {
	const file = path.join(temporaryFolder(context), 'server_out.txt');
	fs.writeFileSync(file, 'ready\n');
	await openInEditor(file, {VISUAL: '', EDITOR: 'rm'});
	assert.ok(!fs.existsSync(file));
});
