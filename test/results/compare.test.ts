import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {compareResults, directionOf} from '../../source/results/compare.ts';
import {openResults, openResultsFile} from '../../source/results/open-results.ts';
import {parseRenamings} from '../../source/results/rename-fields.ts';
import {type ResultSet} from '../../source/results/result-set.ts';
import {benchdeck, temporaryFolder} from '../helpers/command.ts';
import {matchesGolden, resultsFixtures} from '../helpers/golden.ts';
import {references} from '../helpers/suite-directories.ts';

const [coupled, compartmentalized] = ['coupled', 'compartmentalized'].map(name => path.join(resultsFixtures, `${name}.csv`)) as [string, string];

/** A loose file: a row for each `[clients, batch, latency]`. */
async function loose(context: TestContext, name: string, rows: ReadonlyArray<readonly [clients: number, batch: number, latency: number]>): Promise<ResultSet> {
	const file = path.join(temporaryFolder(context), `${name}.csv`);
	fs.writeFileSync(file, `clients,batch,latency.median_ms,start_throughput_1s.p90\n${rows.map(([clients, batch, latency]) => `${clients},${batch},${latency},${1000 / latency}\n`).join('')}`);
	return openResultsFile(file);
}

const repeated = (clients: number, latency: number, count: number) => Array.from({length: count}, (_, run) => [clients, 1, latency + (run / 100)] as const);

test('Points are matched on the inputs that both have and that vary, and paired over all', async context => {
	const [one, other] = [await loose(context, 'one', [[1, 1, 1], [2, 1, 2], [4, 1, 4]]), await loose(context, 'other', [[1, 8, 2], [2, 8, 1], [3, 8, 3]])];
	const [comparison, ...more] = compareResults(one, [other]);
	assert.deepEqual(more, []);
	assert.deepEqual(comparison!.on, ['clients']);
	const [latency, throughput] = comparison!.metrics;
	assert.deepEqual(latency!.points.map(({key, ratio}) => [key, ratio]), [[{clients: 1}, 2], [{clients: 2}, 0.5]]);
	assert.equal(latency!.overall.ratio, 1);
	assert.deepEqual([latency!.better, throughput!.better], ['lower', 'higher']);
	assert.deepEqual(comparison!.unmatched, [
		{side: 'baseline', ids: ['003'], why: 'other has no benchmark with clients 4'},
		{side: 'contender', ids: ['003'], why: 'one has no benchmark with clients 3'},
	]);
	assert.deepEqual(comparison!.ignored, [{name: 'batch', why: 'is 1 in one and 8 in other'}]);
});

test('One run each gets no interval and no verdict', async context => {
	const [one, other] = [await loose(context, 'one', [[1, 1, 1], [2, 1, 2]]), await loose(context, 'other', [[1, 1, 10], [2, 1, 20]])];
	for (const {points, noVerdict} of compareResults(one, [other])[0]!.metrics) {
		assert.ok(points.every(({low, verdict, pValue}) => Number.isNaN(low) && verdict === undefined && pValue === undefined));
		assert.deepEqual(noVerdict, {repetitions: [1, 1], needed: 5, tests: 2});
	}
});

test('A verdict comes only where the repetitions could ever give one', async context => {
	const runs = async (count: number) =>
		[
			await loose(context, 'one', [...repeated(1, 1, count), ...repeated(2, 2, count)]),
			await loose(context, 'other', [...repeated(1, 2, count), ...repeated(2, 2, count)]),
		] as const;
	const [three, other] = await runs(3);
	const few = compareResults(three, [other])[0]!.metrics[0]!;
	assert.deepEqual(few.points.map(({verdict}) => verdict), [undefined, undefined]);
	assert.ok(few.points.every(({low, high, ratio}) => low <= ratio && ratio <= high));
	assert.equal(few.noVerdict?.needed, 5);
	const [five, another] = await runs(5);
	const enough = compareResults(five, [another])[0]!.metrics;
	assert.deepEqual(enough.map(({points}) => points.map(({verdict}) => verdict)), [['worse', 'open'], ['worse', 'open']]);
	assert.ok(Math.abs(enough[0]!.points[0]!.pValue! - (2 * 2 / 252)) < 1e-12);
	assert.equal(enough[0]!.noVerdict, undefined);
});

test('What one run varies and the other does not makes variants, not repetitions', async context => {
	const one = await loose(context, 'one', [[1, 1, 1], [2, 1, 2]]);
	const other = await loose(context, 'other', [[1, 4, 3], [2, 4, 6], [1, 8, 5], [2, 8, 10]]);
	const comparisons = compareResults(one, [other]);
	assert.deepEqual(comparisons.map(({contenderVariant, metrics}) => [contenderVariant, Math.round(metrics[0]!.overall.ratio * 1e9) / 1e9]), [[{batch: 4}, 3], [{batch: 8}, 5]]);
});

test('Points and variants are in the order of the numbers in their names', async context => {
	const setOf = async (name: string, rows: readonly string[]) => {
		const file = path.join(temporaryFolder(context), `${name}.csv`);
		fs.writeFileSync(file, `load,system,latency.median_ms,start_throughput_1s.p90\n${rows.map(row => `${row},1.5,1.5\n`).join('')}`);
		return openResultsFile(file);
	};

	const [one, other] = [await setOf('one', ['10 clients,base', '2 clients,base']), await setOf('other', ['10 clients,Paxos 10', '2 clients,Paxos 10', '10 clients,Paxos 9', '2 clients,Paxos 9'])];
	assert.deepEqual(compareResults(one, [other]).map(({contenderVariant, points}) => [contenderVariant, points.map(({key}) => key)]), ['Paxos 9', 'Paxos 10'].map(system => [
		{system}, [{load: '2 clients'}, {load: '10 clients'}],
	]));
});

test('Two protocols compare: the figures of their only labels belong together, and inputs that never meet are left out', async () => {
	const [one, other] = await Promise.all([openResultsFile(coupled), openResultsFile(compartmentalized)]);
	const [byLabel] = compareResults(one, [other]);
	assert.ok(byLabel!.points.length > 0);
	assert.ok(byLabel!.renamed.some(({from, to, isGuessed}) => from === 'write_output.latency.median_ms' && to === 'latency.median_ms' && isGuessed));
	const said = compareResults(one, [other], {on: ['num_client_procs', 'num_clients_per_proc']});
	assert.deepEqual(
		said.map(({contenderVariant, points}) => [
			contenderVariant['num_acceptor_groups'],
			contenderVariant['num_acceptors_per_group'],
			points.length,
		]),
		[
			[1, 3, 2],
			[2, 2, 3],
			[2, 3, 2],
		],
	);
	// By hand: the mean of three medians against the mean of three.
	const {baseline, contender} = said[0]!.metrics[0]!.points[0]!;
	assert.deepEqual([baseline.ids, contender.ids], [['006', '013', '020'], ['007', '040', '073']]);
	assert.equal(baseline.mean.toFixed(6), '21.656894');
});

test('Fields of other names are mapped by hand, also all that begin alike, and a map that fits nothing is refused', async () => {
	const [one, other] = await Promise.all([openResultsFile(coupled), openResultsFile(compartmentalized)]);
	const renamings = parseRenamings(['write_output.=', 'workload_label=workload.kind']);
	const [comparison] = compareResults(one, [other], {renamings, metrics: ['latency.p9*'], on: ['num_clients']});
	assert.deepEqual(comparison!.metrics.map(({metric}) => metric), ['latency.p90_ms', 'latency.p95_ms', 'latency.p99_ms']);
	assert.deepEqual(comparison!.on, ['num_clients']);
	assert.throws(() => compareResults(one, [other], {renamings: parseRenamings(['nothing=f'])}), {code: 'usage', message: '--map nothing=f renames nothing: no run has nothing without having f.'});
	assert.throws(() => parseRenamings(['a']), {message: '--map takes OLD=NEW, not "a".'});
	assert.throws(() => compareResults(one, [other], {on: ['flexible']}), {code: 'usage', message: /^There is no field "flexible"/});
});

test('The direction that is good is told by a metric\'s name', () => {
	assert.deepEqual(
		['write_output.latency.p99_ms', 'start_throughput_1s.mean', 'duration_seconds', 'ops_per_sec', 'size'].map(name => directionOf(name)),
		['lower', 'higher', 'lower', 'higher', undefined],
	);
});

test('compare prints ratios, points and what was not matched, for terminals, Markdown and LaTeX', async () => {
	const words = ['compare', coupled, compartmentalized, '--on', 'num_client_procs,num_clients_per_proc'];
	for (const [name, flags] of [['compare.txt', []], ['compare.md', ['--markdown']], ['compare.tex', ['--latex']], ['compare.csv', ['--csv']]] as const) {
		const {code, stdout, stderr} = await benchdeck([...words, ...flags]);
		assert.deepEqual([code, stderr], [0, '']);
		matchesGolden(`results/${name}`, stdout.replaceAll(resultsFixtures, 'RESULTS'));
	}
});

test('A run compared with itself is all ones, whichever of the two is the baseline', async () => {
	const {stdout} = await benchdeck(['compare', 'IHZ', 'IHZ', '--json', '-s', references]);
	const {comparisons} = JSON.parse(stdout) as {readonly comparisons: ReadonlyArray<{readonly matched_on: readonly string[]; readonly metrics: ReadonlyArray<{readonly overall: object}>}>};
	assert.deepEqual(comparisons[0]!.matched_on, ['num_client_procs']);
	assert.deepEqual(comparisons[0]!.metrics.map(({overall}) => overall), [{ratio: 1, low: 1, high: 1, points: 3}, {ratio: 1, low: 1, high: 1, points: 3}]);
	const baseline = await benchdeck(['compare', 'IHZ', 'XUZ', '--baseline', 'XUZ', '-s', references]);
	assert.match(baseline.stdout, /^Baseline: XUZHZZDPBI \(.*\)\.\n\nIHZHEHZZAL against XUZHZZDPBI\n/);
});

test('Rows are chosen before they are matched, of all runs or of one', async () => {
	const words = ['compare', compartmentalized, coupled, '--where', 'compartmentalized: num_acceptors_per_group == 2', '--where', 'num_clients <= 500', '--on', 'num_clients', '--json'];
	const {comparisons} = JSON.parse((await benchdeck(words)).stdout) as {
		readonly comparisons: ReadonlyArray<{
			readonly baseline_variant: object;
			readonly metrics: ReadonlyArray<{readonly points: ReadonlyArray<{readonly key: object}>}>;
		}>;
	};
	assert.equal(comparisons.length, 1);
	assert.deepEqual(comparisons[0]!.baseline_variant, {});
	assert.deepEqual(comparisons[0]!.metrics[0]!.points.map(({key}) => key), [1, 50, 100, 300].map(count => ({num_clients: count})));
});

test('A figure that no point has is told without an empty table', async context => {
	const file = path.join(temporaryFolder(context), 'nan.csv');
	fs.writeFileSync(file, 'clients,batch,latency.median_ms,start_throughput_1s.p90\n1,1,nan,5.5\n2,1,nan,6.5\n');
	const one = await loose(context, 'one', [[1, 1, 1], [2, 1, 2]]);
	const {stdout} = await benchdeck(['compare', one.path, file]);
	assert.match(stdout, /\nlatency\.median_ms\n\n2 points left out: a figure is missing, zero or negative\.\n/);
});

test('Why there is no verdict counts the repetitions of the side that has fewer, and says so', async context => {
	const one = await loose(context, 'one', [[1, 1, 1], [2, 1, 2]]);
	const three = await loose(context, 'three', [1, 2, 3].flatMap(value => [[1, 1, value], [2, 1, value]]));
	const noteOf = async (base: string, other: string) => /No verdict: (?<have>.*) could never/.exec((await benchdeck(['compare', base, other])).stdout)?.groups?.['have'];
	assert.equal(await noteOf(three.path, one.path), 'one run on the side that has fewer');
	assert.equal(await noteOf(one.path, one.path), 'one run each');
	assert.equal(await noteOf(three.path, three.path), '3 repetitions');
});

test('What cannot be compared is one sentence and exit code 2', async () => {
	for (const [words, message] of [
		[['IHZ'], /^benchdeck compare takes two RUNs or more/],
		[['IHZ', 'XUZ', '--json', '--csv'], /^--json and --csv exclude each other\.\n$/],
		[['IHZ', 'nope'], /^There is no run "nope"/],
		[['IHZ', 'XUZ', '--metric', 'nope'], /^There is no field "nope"/],
	] as const) {
		const {code, stdout, stderr} = await benchdeck(['compare', ...words, '-s', references]);
		assert.deepEqual([code, stdout], [2, '']);
		assert.match(stderr, message);
	}
});

test('Runs are named by word, path and file alike', async () => {
	assert.equal((await openResults('IHZ', references)).label, 'IHZHEHZZAL');
	assert.equal((await openResults(coupled, references)).label, 'coupled');
});
