import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {test} from 'node:test';
import {parseQuery} from '../../../source/logs/query.ts';
import {searchRows} from '../../../source/tui/screens/suite/row-search.ts';
import {type ShownRow} from '../../../source/tui/screens/suite/suite-state.ts';
import {browser, workIn} from '../../helpers/browser.ts';
import {temporaryFolder} from '../../helpers/command.ts';

// A table in which it takes a millisecond, on a clock of its own, to look at a row.
function slowTable(length: number) {
	const looked: number[] = [];
	const rows = Array.from({length}, (_, index): ShownRow => ({
		kind: 'single',
		row: {
			members: [index], id: String(index).padStart(3, '0'), status: 'finished',
			get cells() {
				looked.push(index);
				return [{value: `cell ${index}`}];
			},
		},
	}));
	return {rows, looked, clock: () => looked.length};
}

function search(table: ReturnType<typeof slowTable>, typed: string, {from = 0, step = 1}: {readonly from?: number; readonly step?: 1 | -1} = {}) {
	const ends: Array<number | undefined> = [];
	const stop = searchRows({
		...table, query: parseQuery(typed), from, step,
		onEnd(found) {
			ends.push(found);
		},
	});
	return {ends, stop};
}

async function turnsUntil(condition: () => boolean): Promise<number> {
	for (let turns = 0; turns < 1000; turns++) {
		if (condition()) {
			return turns;
		}

		await turn();
	}

	return Infinity;
}

test('a large table is searched in slices, between which the event loop has its turn', async () => {
	const table = slowTable(200);
	const {ends} = search(table, 'cell 150');
	assert.ok(table.looked.length < 20, String(table.looked.length));
	const turns = await turnsUntil(() => ends.length > 0);
	assert.deepEqual(ends, [150]);
	assert.deepEqual(table.looked, Array.from({length: 151}, (_, index) => index), 'each row is looked at once');
	assert.ok(turns > 10, String(turns));
});

test('what is near is found at once, and beyond an end it goes on at the other', async () => {
	const table = slowTable(200);
	assert.deepEqual(search(table, 'cell 3').ends, [3]);
	assert.deepEqual(search(table, 'cell 1$', {from: 199}).ends, [1]);
	assert.deepEqual(search(table, 'cell 198', {from: -1, step: -1}).ends, [198]);
	const {ends} = search(table, 'nowhere', {from: 77});
	await turnsUntil(() => ends.length > 0);
	assert.deepEqual(ends, [undefined]);
	assert.deepEqual(search(slowTable(0), 'x').ends, [undefined]);
});

test('a search that was stopped looks at nothing more', async () => {
	const table = slowTable(200);
	const {ends, stop} = search(table, 'nowhere');
	stop();
	const {length} = table.looked;
	await turnsUntil(() => ends.length > 0);
	assert.deepEqual([ends, table.looked.length], [[], length]);
});

test('a search in a table of 20,000 rows goes to its match, a newer one supersedes it, keys end it, and what is nowhere is said', async context => {
	const folder = temporaryFolder(context);
	workIn(context, folder);
	const names = Array.from({length: 20}, (_, index) => `in_${index}`);
	const lines = Array.from({length: 20_000}, (_, row) => names.map((_name, column) => `v${row * (column + 1)}`).join(','));
	lines[19_000] = names.map(() => 'needle').join(',');
	fs.writeFileSync(path.join(folder, 'results.csv'), `${[names.join(','), ...lines].join('\r\n')}\r\n`);
	const {terminal} = browser(context, {start: {kind: 'suite', path: path.join(folder, 'results.csv')}, roots: []});
	await terminal.waitFor('20000 benchmarks');
	terminal.press('/', ...'needle', 'enter');
	await terminal.waitFor('19001/20000');
	terminal.press('/', ...'nowhere', 'enter');
	await terminal.waitFor('No row with nowhere.');
	terminal.press('j');
	await terminal.waitFor('19002/20000');
	terminal.press('/', ...'nowhere', 'backspace', 'backspace', 'backspace', 'backspace', 'backspace', 'backspace', 'backspace', ...'v19', 'enter');
	await terminal.waitFor(text => !text.includes('No row') && /\d+\/20000/.test(text));
	terminal.press('g');
	await terminal.waitFor(/\b1\/20000/);
});
