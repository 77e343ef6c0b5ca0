import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';

const labelledRows = ['2021-04-07T18:41:22.100Z,2021-04-07T18:41:22.102Z,1,2000000,write', '2021-04-07T18:41:23.500Z,2021-04-07T18:41:23.504Z,2,4000000,write'];
const unlabelledRows = [
	'2021-04-07 18:41:22.100000+00:00,2021-04-07 18:41:22.102000+00:00,2000000,10.0.0.1,10000',
	'2021-04-07 18:41:23.500000+00:00,2021-04-07 18:41:23.504000+00:00,4000000,10.0.0.1,10000',
];
const header = {labelled: 'start,stop,count,latency_nanos,label', unlabelled: 'start,stop,latency_nanos,host,port'};

/** Runs a suite whose client leaves the given rows, and returns its results as columns, and the benchmark's directory. */
async function resultsOf(context: TestContext, output: string, recorded: readonly string[]): Promise<{readonly columns: Readonly<Record<string, string>>; readonly directory: string}> {
	const folder = temporaryFolder(context);
	fs.writeFileSync(path.join(folder, 'recorded.csv'), `${recorded.join('\n')}\n`);
	fs.writeFileSync(path.join(folder, 'own.ts'), `
import {count, labelled, protocol, suite, unlabelled, z} from 'benchdeck';

const own = protocol({
	name: 'own',
	input: z.object({n: count()}),
	roles: {
		clients: {count: () => 1, command: ({file, label}) => ['cp', ${JSON.stringify(path.join(folder, 'recorded.csv'))}, file(label + '_data.csv')]},
		server: {command: () => ['sleep', '60'], ready: 'started'},
	},
	start: ['server'],
	output: ${output},
});

export default suite({protocol: own, inputs: () => [{n: 1}], summary: ['n']});
`);
	const {code, stderr} = await benchdeck(['run', './own.ts', '--plain', '-s', './runs'], {cwd: folder});
	assert.equal(stderr, '');
	assert.equal(code, 0);
	const run = path.join(folder, 'runs', fs.readdirSync(path.join(folder, 'runs'))[0]!);
	const [names = [], cells = []] = fs.readFileSync(path.join(run, 'results.csv'), 'utf8').trimEnd().split('\n').map(line => line.split(','));
	return {columns: Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])), directory: path.join(run, '001')};
}

test('One label gives flat columns', async context => {
	const {columns, directory} = await resultsOf(context, 'labelled(\'write\')', [header.labelled, ...labelledRows]);
	assert.equal(columns['latency.mean_ms'], '3.0');
	assert.equal(columns['start_throughput_1s.max'], '2.0');
	assert.deepEqual(fs.readdirSync(directory).filter(file => file.includes('data')), []);
});

test('Several labels give nested columns, with -1.0 for each figure of one that nobody recorded', async context => {
	const {columns} = await resultsOf(context, 'labelled({read_output: \'read\', write_output: \'write\'})', [header.labelled, ...labelledRows]);
	assert.equal(columns['write_output.latency.max_ms'], '4.0');
	const absent = Object.entries(columns).filter(([name]) => name.startsWith('read_output.'));
	assert.equal(absent.length, 14);
	assert.deepEqual([...new Set(absent.map(([, cell]) => cell))], ['-1.0']);
});

test('Unlabelled rows give flat columns, and are kept where the suite says so, sorted and without the clients\' own files', async context => {
	const {columns, directory} = await resultsOf(context, 'unlabelled({keep: true})', [header.unlabelled, ...unlabelledRows.toReversed()]);
	assert.equal(columns['latency.median_ms'], '3.0');
	assert.deepEqual(fs.readdirSync(directory).filter(file => file.includes('data')), ['data.csv.gz']);
	assert.equal(gunzipSync(fs.readFileSync(path.join(directory, 'data.csv.gz'))).toString(), `${[header.unlabelled, ...unlabelledRows].join('\n')}\n`);
});
