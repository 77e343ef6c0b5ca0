import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {test} from 'node:test';
import {type ResultSet} from '../../../source/results/result-set.ts';
import {filterRows} from '../../../source/tui/screens/suite/row-filter.ts';
import {browser, workIn} from '../../helpers/browser.ts';
import {temporaryFolder} from '../../helpers/command.ts';

// A table in which it takes a millisecond, on a clock of its own, to read a cell.
function slowTable(length: number) {
	const read: string[] = [];
	const set: ResultSet = {
		path: '/t', name: 't', word: undefined, label: 't', run: undefined, inputs: ['a', 'b'], outputs: [], derived: [], warnings: [],
		rows: Array.from({length}, (_, row) => ({id: String(row), status: 'finished' as const})),
		value(name, row) {
			read.push(`${name}${row}`);
			return name === 'a' ? row : row % 10;
		},
		values() {
			throw new Error('A whole column was read at once.');
		},
	};
	return {set, read, clock: () => read.length};
}

function filter(table: ReturnType<typeof slowTable>, where: string) {
	const ends: Array<readonly number[]> = [];
	const stop = filterRows({...table, where, onEnd(rows) {
		ends.push(rows);
	}});
	return {ends, stop};
}

async function ended(ends: readonly unknown[]): Promise<number> {
	for (let turns = 0; turns < 1000; turns++) {
		if (ends.length > 0) {
			return turns;
		}

		await turn();
	}

	return Infinity;
}

test('a large table is filtered in slices, between which the event loop has its turn, and what was read is not read again', async () => {
	const table = slowTable(200);
	const {ends} = filter(table, 'a >= 150 && b == 3');
	assert.ok(table.read.length < 20, String(table.read.length));
	const turns = await ended(ends);
	assert.deepEqual(ends, [[153, 163, 173, 183, 193]]);
	assert.ok(turns > 10, String(turns));
	assert.equal(table.read.length, 250);
	assert.deepEqual(filter(table, 'a >= 198').ends, [[198, 199]], 'at once');
	assert.equal(table.read.length, 250);
});

test('a filter that was stopped reads nothing more; an expression that is none is refused; nothing typed is all rows', async () => {
	const table = slowTable(200);
	const {ends, stop} = filter(table, 'a > 1');
	stop();
	const {length} = table.read;
	await ended(ends);
	assert.deepEqual([ends, table.read.length], [[], length]);
	assert.throws(() => filter(table, 'c > 1'), /there is no field "c"/);
	assert.deepEqual(filter(slowTable(3), ' ').ends, [[0, 1, 2]]);
});

test('a table of 20,000 rows is filtered as one types, also by columns that nobody has looked at, sorted and folded, and all rows come back', async context => {
	const folder = temporaryFolder(context);
	workIn(context, folder);
	const lines = Array.from({length: 20_000}, (_, row) => `${row % 10_000},v${row},${row * 2},${row / 7}`);
	fs.writeFileSync(path.join(folder, 'results.csv'), `num_clients,name,latency.median_ms,other\n${lines.join('\n')}\n`);
	const {terminal} = browser(context, {start: {kind: 'suite', path: path.join(folder, 'results.csv')}, roots: []});
	await terminal.waitFor('20000 benchmarks');
	terminal.press('&', ...'other > 2000 && nam');
	await terminal.waitFor('there is no field "nam"');
	terminal.press(...'e != "v14500"');
	await terminal.waitFor('5998 of 20000');
	terminal.press('enter', 's');
	await terminal.waitFor(/1\/5998 {2}only other > 2000 && name != "v14500"/);
	terminal.press('esc');
	await terminal.waitFor(text => /\b1\/20000\b/.test(text) && !text.includes('only other'));
});
