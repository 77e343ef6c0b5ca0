import assert from 'node:assert/strict';
import test from 'node:test';
import {refuseExit} from '../../source/commands/refuse-exit.ts';

test('The process can end again when all who kept it from that are done, whichever began first', () => {
	const {exit} = process;
	const [one, other] = ['one', 'other'].map(name => refuseExit(() => new Error(name)));
	one!.restore();
	assert.notEqual(process.exit, exit);
	other!.restore();
	assert.equal(process.exit, exit);
});
