import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {columnNames, outputGroup} from '../../source/core/columns.ts';
import {type Cluster} from '../../source/core/cluster.ts';
import {groupOf} from '../../source/core/field.ts';
import {type JsonObject} from '../../source/core/json.ts';
import {planBenchmark} from '../../source/core/plan.ts';
import {columnsOf, reprOf} from '../../source/core/print-input.ts';
import {suiteInputs} from '../../source/core/suite.ts';
import {summaryText} from '../../source/core/summary.ts';
import {bareAddress} from '../../source/commands/prepare.ts';
import {loadSuite} from '../../source/commands/load-suite.ts';

type ReferenceBenchmark = {readonly input: JsonObject; readonly files: Record<string, string>; readonly processes: unknown; readonly input_txt: string};
type Reference = {readonly suite: string; readonly suite_name: string; readonly cluster: Cluster; readonly benchmarks: readonly ReferenceBenchmark[]; readonly results_header: string; readonly summary_of_first: string};

const folder = new URL('../fixtures/plans/', import.meta.url);

// The made-up output that the reference's summaries were printed for.
const figures = {
	latency: {mean_ms: 0.123456789, median_ms: 1.23456789, min_ms: 0.0123456789, max_ms: 98.7654321, p90_ms: 2.3456789, p95_ms: 3.45678912, p99_ms: 4.56789123},
	start_throughput_1s: {mean: 12_345.6789, median: 123_456.789, min: 1234.56789, max: 1_234_567.89, p90: 45_678.9123, p95: 56_789.1234, p99: 67_891.2345},
};

for (const file of fs.readdirSync(folder)) {
	const monitor = file.includes('monitor');
	const reference = JSON.parse(gunzipSync(fs.readFileSync(new URL(file, folder))).toString()) as Reference;
	test(`${reference.suite} plans what the reference harness starts${monitor ? ' with --monitor' : ''}`, async () => {
		const {suite, name} = await loadSuite(reference.suite);
		const inputs = suiteInputs(suite, {logLevel: 'debug', monitor, profile: false, flags: {}}, {title: reference.suite});
		assert.equal(name, reference.suite_name);
		assert.equal(inputs.length, reference.benchmarks.length);
		for (const [place, input] of inputs.entries()) {
			const expected = reference.benchmarks[place]!;
			assert.deepEqual(input, expected.input);
			assert.deepEqual(Object.keys(input), Object.keys(expected.input));
			const plan = planBenchmark(suite.protocol, input, place + 1, {
				engine: 'jar', cluster: reference.cluster, clusterFile: 'cluster.json', ipOf: bareAddress, directoryOn: () => '$BENCH', jarOn: () => '$JAR', engineOn: () => [],
			});
			assert.deepEqual(squashed(plan.files), squashed(expected.files));
			assert.deepEqual(plan.procs.map(({label, host, argv}) => ({label, host, argv})), expected.processes);
			assert.equal(reprOf(groupOf(suite.protocol.input), input), expected.input_txt);
		}

		const {output} = suite.protocol;
		const header = [...columnsOf(groupOf(suite.protocol.input), inputs[0]).map(([column]) => column), ...columnNames(outputGroup(output))];
		assert.equal(header.join(','), reference.results_header);
		const prefixes = output.kind === 'recorder' ? Object.keys(output.into) : [];
		const measured = prefixes.includes('') ? figures : Object.fromEntries(prefixes.map(prefix => [prefix, figures]));
		assert.equal(summaryText(suite, inputs[0]!, measured), reference.summary_of_first);
	});
}

function squashed(files: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(/\s+/g, ' ').trim()]));
}
