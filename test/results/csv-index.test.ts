import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import {test} from 'node:test';
import {parseCell} from '../../source/directory/cell.ts';
import {parseResults} from '../../source/directory/results-table.ts';
import {indexCsv} from '../../source/results/csv-index.ts';
import {createRandom} from '../helpers/random.ts';

function indexed(text: string) {
	const index = indexCsv(Buffer.from(text));
	const rows = Array.from({length: index.length}, (_, row) => index.columns.map((_column, place) => index.cell(row, place)));
	return {columns: index.columns, rows, warnings: index.warnings};
}

test('An index of a CSV text has the cells and the warnings that a parser finds', () => {
	const texts = [
		'a,b\r\n1,2\r\n3,4\r\n',
		'a,b\n1,2\n\n3,4',
		'\u{FEFF}a,b\n1,2\n',
		'a,b\n"x,""y""\nz",2\n',
		'a,b\n"",\n,""\n',
		'a,b\n1,2\n3',
		'a,b\n1,2,3\n4,5\n6\n7,8\n',
		'a,b\n1,2\n"open,3\n',
		'a,b\n1,2\n"shut"x,3\n',
		'a,b\n1,x"y\n',
		'ä,b\nö,"ü"\n',
		'a,b\n',
		'a,b',
		'',
		'\r\n\r\na,b\r\n\r\n1,2',
		'a,b\n1,\n',
		'a,b\n1,2\r3\n',
	];
	for (const text of texts) {
		assert.deepEqual(indexed(text), parseResults(text), JSON.stringify(text));
	}
});

test('An index of any CSV text is that of a parser', () => {
	const next = createRandom(7);
	const pieces = ['a', '1.5', ',', ',', ',', '\n', '\r\n', '"x,y"', '"a""b"', 'é', '""', '\n\n', '"'];
	for (let round = 0; round < 3000; round++) {
		const text = `p,q,r\n${Array.from({length: next(30)}, () => pieces[next(pieces.length)]!).join('')}`;
		assert.deepEqual(indexed(text), parseResults(text), JSON.stringify(text));
	}
});

test('A column has the values of its cells, however they repeat', () => {
	const cells = ['1', '1', '1.0', 'True', 'None', '', '', '"1"', '1', 'x', 'x'];
	const index = indexCsv(Buffer.from(`a,b\n${cells.map(cell => `${cell},0\n`).join('')}`));
	assert.deepEqual(index.values(0), cells.map(cell => parseCell(cell.replaceAll('"', ''))));
	assert.deepEqual(cells.map((_, row) => index.value(row, 0)), index.values(0));
});
