import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import {gunzipSync} from 'node:zlib';
import {loadSuite, suiteNames} from '../../source/commands/load-suite.ts';
import {isObject, type JsonObject} from '../../source/core/json.ts';
import {suiteInputs} from '../../source/core/suite.ts';
import {summaryText} from '../../source/core/summary.ts';
import {measuredFor} from '../helpers/reference-figures.ts';

// `common` and each of `inputs` have dotted names; together they are an input.
type Experiment = {
	readonly suite: string;
	readonly suite_name: string;
	readonly common: JsonObject;
	readonly inputs: readonly JsonObject[];
	readonly summary_of_first: string;
};

const experiments = JSON.parse(gunzipSync(fs.readFileSync(new URL('../fixtures/experiments.json.gz', import.meta.url))).toString()) as readonly Experiment[];

for (const experiment of experiments) {
	test(`${experiment.suite} has the inputs, the name and the summary of the published experiment`, async () => {
		const {suite, name} = await loadSuite(experiment.suite);
		const inputs = suiteInputs(suite, {logLevel: 'debug', monitor: false, profile: false, flags: {}}, {title: experiment.suite});
		assert.equal(name, experiment.suite_name);
		assert.equal(inputs.length, experiment.inputs.length);
		for (const [place, input] of inputs.entries()) {
			assert.deepEqual(dotted(input), {...experiment.common, ...experiment.inputs[place]}, `benchmark ${place + 1}`);
		}

		assert.equal(summaryText(suite, inputs[0]!, measuredFor(suite.protocol.output)), experiment.summary_of_first);
	});
}

test('Every suite besides smoke and the one for the embedded engine is a published experiment', () => {
	const own = suiteNames().filter(title => !title.endsWith('/smoke') && title !== 'unreplicated/lt');
	assert.deepEqual(own, experiments.map(({suite}) => suite).toSorted());
});

function dotted(value: JsonObject, prefix = ''): JsonObject {
	return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) =>
		isObject(inner) && Object.keys(inner).length > 0 ? Object.entries(dotted(inner, `${prefix}${key}.`)) : [[prefix + key, inner] as const]));
}
