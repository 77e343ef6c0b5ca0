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
import {measuredFor} from '../helpers/reference-figures.ts';

type ReferenceBenchmark = {readonly input: JsonObject; readonly files: Record<string, string>; readonly processes: unknown; readonly input_txt: string};
type Reference = {
	readonly suite: string;
	readonly suite_name: string;
	readonly cluster: Cluster;
	readonly benchmarks: readonly ReferenceBenchmark[];
	readonly results_header: string;
	readonly summary_of_first: string;
};

const folder = new URL('../fixtures/plans/', import.meta.url);

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
		assert.equal(summaryText(suite, inputs[0]!, measuredFor(output)), reference.summary_of_first);
	});
}

function squashed(files: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(/\s+/g, ' ').trim()]));
}
