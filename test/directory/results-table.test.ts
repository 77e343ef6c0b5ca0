import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {leavesOf, nest, parseCell} from '../../source/directory/cell.ts';
import {parseResults} from '../../source/directory/results-table.ts';
import {readRun} from '../../source/directory/read-run.ts';
import {copyOf, multipaxos} from '../helpers/suite-directories.ts';

const whole = {columns: ['a', 'b'], rows: [['1', 'x'], ['2', 'y']], warnings: []};

test('Rows are read whatever ends their lines', () => {
	for (const text of ['a,b\n1,x\n2,y\n', 'a,b\r\n1,x\r\n2,y\r\n', 'a,b\n1,x\n2,y', 'a,b\r\n1,x\r\n2,y', '\u{FEFF}a,b\n1,x\n\n2,y\n\n', '"a","b"\n"1","x"\n2,"y"']) {
		assert.deepEqual(parseResults(text), whole, JSON.stringify(text));
	}
});

test('A quoted cell may hold commas, quotes and line ends', () => {
	assert.deepEqual(parseResults('a,b\r\n"size,1,10s","say ""hi""\r\nthere"\r\n').rows, [['size,1,10s', 'say "hi"\r\nthere']]);
});

test('A cut last row is left out, with a warning', () => {
	for (const text of ['a,b,c\n1,2,3\n4,5', 'a,b,c\n1,2,3\n4,5\n', 'a,b,c\n1,2,3\n4']) {
		assert.deepEqual(parseResults(text), {columns: ['a', 'b', 'c'], rows: [['1', '2', '3']], warnings: ['its last row is cut']}, JSON.stringify(text));
	}

	const cut = parseResults('a,b\n1,2\n3,"open');
	assert.deepEqual(cut.rows, [['1', '2']]);
	assert.match(cut.warnings[0]!, /^it is damaged after row 1: /);
});

test('Rows of another length are left out, and said to be', () => {
	assert.deepEqual(parseResults('a,b\n1\n2,3,4\n5,6\n'), {columns: ['a', 'b'], rows: [['5', '6']], warnings: ['2 of its rows have not 2 cells']});
	assert.deepEqual(parseResults(''), {columns: [], rows: [], warnings: []});
});

test('Cells become what Python printed', () => {
	const cells: ReadonlyArray<readonly [string, unknown]> = [
		['True', true],
		['False', false],
		['None', null],
		['nan', null],
		['', null],
		['1', 1],
		['-1', -1],
		['1.0', 1],
		['0.058273500000000006', 0.058273500000000006],
		['1e-07', 1e-7],
		['1.5E+3', 1500],
		['inf', Infinity],
		['-inf', -Infinity],
		['100m', '100m'],
		['0:00:02', '0:00:02'],
		['DistributionScheme.HASH', 'DistributionScheme.HASH'],
		['007', '007'],
		['0x10', '0x10'],
		['1 ', '1 '],
		['true', 'true'],
	];
	for (const [cell, value] of cells) {
		assert.equal(parseCell(cell), value, cell);
	}
});

test('Dots become nesting and back', () => {
	const nested = {a: 1, b: {c: 'x', d: {e: null}}};
	assert.deepEqual(nest(leavesOf(nested)), nested);
	assert.deepEqual(leavesOf({empty: {}, list: [1]}), [['list', [1]]]);
	assert.deepEqual(nest([['a', 1], ['a.b', 2], ['c.d', 3], ['c', 4]]), {a: 1, 'a.b': 2, c: {d: 3}});
	assert.deepEqual(Object.keys(nest([['__proto__.x', 1], ['y', 2]])), ['__proto__', 'y']);
	assert.equal(Reflect.get({}, 'x'), undefined);
});

test('A results.csv that was compressed is read, also where the compressed file is cut', async context => {
	const directory = copyOf(context, multipaxos);
	const file = path.join(directory, 'results.csv');
	const packed = gzipSync(fs.readFileSync(file));
	fs.rmSync(file);
	fs.writeFileSync(`${file}.gz`, packed);
	assert.deepEqual((await readRun(directory)).benchmarks, (await readRun(multipaxos)).benchmarks.map(benchmark => ({...benchmark, path: path.join(directory, benchmark.id)})));
	fs.writeFileSync(`${file}.gz`, packed.subarray(0, -10));
	const cut = await readRun(directory);
	assert.equal(cut.benchmarks[0]!.status, 'finished');
	assert.equal(cut.columns[0], 'f');
});
