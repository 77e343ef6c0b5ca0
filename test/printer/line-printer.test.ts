import assert from 'node:assert/strict';
import test from 'node:test';
import {emptyState} from '../../source/core/state.ts';
import {createLinePrinter} from '../../source/printer/line-printer.ts';

test('A command that a line suggests can be pasted, wherever the run lies', () => {
	let said = '';
	const stderr = {
		write(text: string) {
			said += text;
		},
	};
	const print = createLinePrinter({write: () => undefined}, stderr, {...emptyState, directory: '/my runs/HAOS'});
	print({at: 0, type: 'suite-finished', outcome: 'finished', finished: 0, failed: 1});
	assert.match(said, /^[^\n]*; benchdeck show '\/my runs\/HAOS' tells more\.\n$/);
});
