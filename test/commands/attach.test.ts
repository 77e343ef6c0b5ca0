import assert from 'node:assert/strict';
import test from 'node:test';
import {benchdeck} from '../helpers/command.ts';
import {journaled, suiteStarted} from '../helpers/suite-directories.ts';

test('What a journal says is shown by the terminal and never obeyed', async context => {
	const directory = journaled(context, [
		suiteStarted(1000, [{n: 1}]),
		{type: 'warned', at: 1001, message: '\u{1B}]0;a title\u{7}The disk\u{1B}[2J is full\r.'},
		{type: 'benchmark-finished', at: 1002, index: 1, id: '001', durationMs: 1, summary: '{\'score\': \'\u{1B}[31m1\'}', output: {}, cells: ['1']},
		{type: 'suite-finished', at: 1003, outcome: 'finished', finished: 1, failed: 0},
	]);
	const {code, stdout, stderr} = await benchdeck(['attach', directory]);
	assert.equal(code, 0);
	assert.equal(stderr, 'The disk is full�.\n');
	assert.match(stdout, /\{'score': '1'\}\n$/);
	assert.ok(!stdout.includes('\u{1B}'));
});
