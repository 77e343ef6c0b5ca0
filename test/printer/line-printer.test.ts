import assert from 'node:assert/strict';
import test from 'node:test';
import {emptyState} from '../../source/core/state.ts';
import {createLinePrinter} from '../../source/printer/line-printer.ts';

test('A command that a line suggests can be pasted, wherever the run lies', () => {
	const said: string[] = [];
	const print = createLinePrinter({write: () => undefined}, {write: text => said.push(text)}, {...emptyState, directory: '/my runs/HAOS'});
	print({at: 0, type: 'suite-finished', outcome: 'finished', finished: 0, failed: 1});
	assert.equal(said.length, 1);
	assert.match(said[0]!, /; benchdeck show '\/my runs\/HAOS' tells more\.\n$/);
});
