import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {gzipSync} from 'node:zlib';
import {cellText} from '../../source/results/cell-text.ts';
import {openResults, openResultsFile} from '../../source/results/open-results.ts';
import {type ResultSet} from '../../source/results/result-set.ts';
import {type TableOptions, tableView} from '../../source/results/table-view.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {resultsFixtures} from '../helpers/golden.ts';
import {multipaxos, references, unreplicated} from '../helpers/suite-directories.ts';

const csv = `num_client_procs,num_clients_per_proc,batch,duration,latency.median_ms,start_throughput_1s.p90
1,10,a,0:00:02,1.0,100.0
2,10,a,0:00:10,2.0,200.0
1,10,a,0:00:02,3.0,140.0
1,10,b,0:00:02,-1.0,-1.0
`;

async function looseSet(context: Parameters<typeof temporaryFolder>[0], text = csv): Promise<ResultSet> {
	const file = path.join(temporaryFolder(context), 'loose.csv');
	fs.writeFileSync(file, text);
	return openResultsFile(file);
}

function texts(set: ResultSet, options: TableOptions) {
	const {columns, rows} = tableView(set, options);
	return [['', ...columns.map(({name}) => name)], ...rows.map(({id, cells}) => [id, ...cells.map(cell => cellText(cell))])];
}

test('A table shows the inputs that differ and the main outputs', async context => {
	const heading = ['', 'num_client_procs', 'batch', 'duration', 'latency.median_ms', 'start_throughput_1s.p90'];
	assert.deepEqual(texts(await looseSet(context), {}), [
		heading,
		['001', '1', 'a', '0:00:02', '1', '100'],
		['002', '2', 'a', '0:00:10', '2', '200'],
		['003', '1', 'a', '0:00:02', '3', '140'],
		['004', '1', 'b', '0:00:02', '-1', '-1'],
	]);
	assert.deepEqual(texts(await openResults('IHZ', references), {})[1], ['001', '1', '0.05827', '14731']);
});

test('Repetitions of equal inputs fold into mean ± standard deviation (n)', async context => {
	assert.deepEqual(texts(await looseSet(context), {fold: true}).slice(1), [
		['001, 003', '1', 'a', '0:00:02', '2 ± 1.4 (2)', '120 ± 28 (2)'],
		['002', '2', 'a', '0:00:10', '2', '200'],
		['004', '1', 'b', '0:00:02', '-1', '-1'],
	]);
});

test('An input that is not set reads none, and a figure that is no number nan', async context => {
	const set = await looseSet(context, 'batch,clients,latency.median_ms,start_throughput_1s.p90\nNone,1,nan,5.5\n2,1,1.5,5.5\n');
	assert.deepEqual(texts(set, {columns: ['batch', 'latency.median_ms']}), [['', 'batch', 'latency.median_ms'], ['001', 'none', 'nan'], ['002', '2', '1.5']]);
});

test('Texts sort by the numbers in them, after the numbers and durations', async context => {
	const set = await looseSet(context, 'load,latency.median_ms,start_throughput_1s.p90\n10 clients,1.0,1.0\n2 clients,1.0,1.0\n30,1.0,1.0\nNone,1.0,1.0\n4,1.0,1.0\n');
	const loads = (sort: string) => tableView(set, {columns: ['load'], sort: [sort]}).rows.map(({cells}) => cells[0]!.value);
	assert.deepEqual(loads('load'), [4, 30, '2 clients', '10 clients', null]);
	assert.deepEqual(loads('-load'), ['10 clients', '2 clients', 30, 4, null]);
});

test('Rows are filtered by an expression, also over what inputs multiply to, and sorted with durations as durations', async context => {
	const set = await looseSet(context);
	const ids = (options: TableOptions) => tableView(set, options).rows.map(({id}) => id);
	assert.deepEqual(ids({where: 'num_clients >= 10 && batch == "a"'}), ['001', '002', '003']);
	assert.deepEqual(ids({where: 'num_clients > 10'}), ['002']);
	assert.deepEqual(ids({where: 'num_clients > 1.1e+1 && num_clients > 1e-07'}), ['002']);
	assert.deepEqual(ids({where: 'duration >= 10s || id == "004"'}), ['002', '004']);
	assert.deepEqual(ids({sort: ['-duration', '-median_ms']}), ['002', '003', '001', '004']);
	assert.deepEqual(ids({sort: ['batch', 'latency.median_ms']}), ['001', '002', '003', '004']);
	assert.throws(() => ids({sort: ['qqqqqqqqqqqqqqqqqqqqq']}), {code: 'usage', message: /^There is no field "q+"; there are id, status, \w.* and \d+ more\.$/});
	assert.throws(() => ids({where: 'num_client > 10'}), {code: 'usage', message: '"num_client > 10", column 1: there is no field "num_client"; did you mean num_clients?'});
	assert.throws(() => ids({sort: ['latencyy']}), {code: 'usage'});
});

test('Columns are chosen by name, by the end of a name and by pattern, added and hidden', async () => {
	const set = await openResults(multipaxos, references);
	const names = (columns: readonly string[]) => tableView(set, {columns}).columns.map(({name}) => name);
	assert.deepEqual(names(['f', 'read_output.latency.p9*']), ['f', 'read_output.latency.p90_ms', 'read_output.latency.p95_ms', 'read_output.latency.p99_ms']);
	assert.deepEqual(names(['+f', '-num_batchers', '-*_output.*']), ['num_read_batchers', 'f']);
	assert.throws(() => names(['median_ms']), {message: '"median_ms" could be read_output.latency.median_ms, write_output.latency.median_ms; give more of the name.'});
	assert.throws(() => names(['nope*']), {message: 'No field fits "nope*".'});
});

test('In a loose file without well-known figures, what has a fraction was measured', async context => {
	const {inputs, outputs} = await looseSet(context, 'threads,mode,ops\n1,a,10.5\n2,b,7.25\n');
	assert.deepEqual([inputs, outputs], [['threads', 'mode'], ['ops']]);
});

test('A compressed results.csv that is cut shows what there is of it, and says so', async context => {
	const file = path.join(temporaryFolder(context), 'results.csv.gz');
	const packed = gzipSync(fs.readFileSync(path.join(resultsFixtures, 'coupled.csv')));
	fs.writeFileSync(file, packed.subarray(0, -200));
	const {rows, warnings} = await openResultsFile(file);
	assert.ok(rows.length > 0);
	assert.ok(rows.length < 21);
	assert.deepEqual(warnings, ['results.csv.gz: its gzip data are cut', 'results.csv.gz: its last row is cut']);
	fs.writeFileSync(file, packed.subarray(0, 400));
	await assert.rejects(openResultsFile(file), {code: 'directory', message: `${file} holds no table of results (its gzip data are cut); name a results.csv.`});
});

test('show prints a table of a loose file, and any results as CSV', async context => {
	const {path: file} = await looseSet(context);
	const text = await benchdeck(['show', file]);
	assert.ok(text.stdout.startsWith(`Results     ${file}\nRows        4\n\n`), text.stdout);
	assert.match(text.stdout, /\n001 003 +1 +a +0:00:02 +2 ± 1\.4 \(2\) +120 ± 28 \(2\)\n/);
	assert.match((await benchdeck(['show', file, '--each'])).stdout, /\n003 +1 +a +0:00:02 +3 +140\n/);
	assert.equal(
		(await benchdeck(['show', file, '--csv', '--where', 'batch == "b"'])).stdout,
		'id,status,num_client_procs,num_clients_per_proc,batch,duration,num_clients,latency.median_ms,start_throughput_1s.p90\n004,finished,1,10,b,0:00:02,10,-1,-1\n',
	);
	assert.equal(
		(await benchdeck(['show', unreplicated, '--csv', '--columns', 'id,median_ms', '--sort', '-median_ms'])).stdout,
		'id,latency.median_ms\n003,0.14572200000000002\n002,0.093645\n001,0.058273500000000006\n',
	);
});
