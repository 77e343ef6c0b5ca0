/*
What the commands print of results, whole, in every form that they have. `UPDATE_GOLDEN=1` writes it anew.
*/
import path from 'node:path';
import {test} from 'node:test';
import {rootWithFailure} from '../helpers/browser.ts';
import {benchdeck} from '../helpers/command.ts';
import {matchesGolden, resultsFixtures} from '../helpers/golden.ts';
import {references} from '../helpers/suite-directories.ts';

const failed = 'runs/2026-11-23_09:30:00.000000_HAOSRTGXOI_tiny_smoke';
const env = {...process.env, TZ: 'UTC', NO_COLOR: '1'};
const [coupled, compartmentalized] = ['coupled.csv', 'compartmentalized.csv'] as const;

const forms: ReadonlyArray<readonly [golden: string, ...words: readonly string[]]> = [
	['show.txt', 'show', failed],
	['show.json', 'show', failed, '--json'],
	['show.csv', 'show', failed, '--csv'],
	['triage.txt', 'show', failed, '--triage'],
	['triage.json', 'show', failed, '--triage', '--json'],
];

for (const [golden, ...words] of forms) {
	test(`${golden}: a run of which a benchmark failed`, async context => {
		const root = rootWithFailure(context);
		const {stdout} = await benchdeck(words, {cwd: root, env});
		matchesGolden(`results/${golden}`, stdout.replaceAll(root, '/root'));
	});
}

for (const form of ['txt', 'json', 'csv']) {
	test(`browse.${form}: suites of the reference harness`, async () => {
		const {stdout} = await benchdeck(['browse', references, ...(form === 'txt' ? [] : [`--${form}`])], {env});
		matchesGolden(`results/browse.${form}`, stdout.replaceAll(references, '/runs'));
	});
}

test('show-loose.csv and show-loose.txt: rows of a loose file, chosen, sorted and folded', async () => {
	const words = ['show', coupled, '--where', 'num_clients >= 50', '--sort', '-latency.p99_ms', '--columns', 'num_clients,latency.median_ms,latency.p99_ms,start_throughput_1s.p90'];
	matchesGolden('results/show-loose.txt', (await benchdeck(words, {cwd: resultsFixtures, env})).stdout.replaceAll(resultsFixtures, '/results'));
	matchesGolden('results/show-loose.csv', (await benchdeck([...words, '--csv'], {cwd: resultsFixtures, env})).stdout);
});

test('compare.json: two protocols, with what was not matched and why', async () => {
	const {stdout} = await benchdeck(['compare', coupled, compartmentalized, '--json'], {cwd: resultsFixtures, env});
	matchesGolden('results/compare.json', stdout.replaceAll(`${resultsFixtures}${path.sep}`, '/results/'));
});

test('plot.csv and plot.json: the published figure', async () => {
	const words = ['plot', coupled, compartmentalized, '--where', 'compartmentalized: num_acceptors_per_group == 2', '--label', 'coupled=MultiPaxos'];
	matchesGolden('results/plot.csv', (await benchdeck([...words, '--csv'], {cwd: resultsFixtures, env})).stdout);
	matchesGolden('results/plot.json', (await benchdeck([...words, '--json'], {cwd: resultsFixtures, env})).stdout);
});
