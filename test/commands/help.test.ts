import assert from 'node:assert/strict';
import test from 'node:test';
import {benchdeck} from '../helpers/command.ts';

test('A command that is asked for --help prints its help, whatever stands before', async () => {
	const {stdout: help} = await benchdeck(['help', 'analyze']);
	assert.ok(help.startsWith('benchdeck analyze FILE…|RUN [flags]\n'));
	for (const words of [['analyze', '--help'], ['analyze', 'nowhere.csv', '-h']]) {
		const {code, stdout, stderr} = await benchdeck(words);
		assert.deepEqual([code, stdout, stderr], [0, help, ''], words.join(' '));
	}
});
