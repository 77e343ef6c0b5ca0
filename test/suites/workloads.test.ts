import assert from 'node:assert/strict';
import test from 'node:test';
import {issueText} from '../../source/core/issue-text.ts';
import {
	bernoulliSingleKeyWorkload,
	pointSkewedReadWriteWorkload,
	readWriteWorkload,
	stringWorkload,
	uniformMultiKeyReadWriteWorkload,
	uniformReadWriteWorkload,
	uniformSingleKeyWorkload,
	workload,
	workloadText,
	writeOnlyBernoulliSingleKeyWorkload,
	writeOnlyStringWorkload,
	writeOnlyUniformSingleKeyWorkload,
	z,
} from '../../source/index.ts';
import {acceptorsReplaced, doNothing, horizontalDriverWorkload, leaderFails, matchmakerDriverWorkload, repeatedLeaderReconfiguration} from '../../suites/shared/driver-workload.ts';

const sized = {size_mean: 8, size_std: 0};
const keyed = {num_keys: 3, read_fraction: 1, write_size_mean: 16, write_size_std: 2};

test('Each workload prints as the protobuf text that the JAR reads, a fraction with its point', () => {
	assert.equal(workloadText(stringWorkload(sized)), 'string_workload: {\n  size_mean: 8\n  size_std: 0\n}\n');
	assert.equal(workloadText(uniformSingleKeyWorkload({num_keys: 3, ...sized})), 'uniform_single_key_workload: {\n  num_keys: 3\n  size_mean: 8\n  size_std: 0\n}\n');
	assert.equal(workloadText(bernoulliSingleKeyWorkload({conflict_rate: 1, ...sized})), 'bernoulli_single_key_workload: {\n  conflict_rate: 1.0\n  size_mean: 8\n  size_std: 0\n}\n');
	assert.equal(workloadText(uniformReadWriteWorkload(keyed)), 'uniform_read_write_workload: {\n  num_keys: 3\n  read_fraction: 1.0\n  write_size_mean: 16\n  write_size_std: 2\n}\n');
	assert.equal(
		workloadText(pointSkewedReadWriteWorkload({...keyed, point_fraction: 0.125})),
		'point_skewed_read_write_workload: {\n  num_keys: 3\n  read_fraction: 1.0\n  point_fraction: 0.125\n  write_size_mean: 16\n  write_size_std: 2\n}\n',
	);
	assert.equal(workloadText(uniformMultiKeyReadWriteWorkload({...keyed, num_operations: 2})).split('\n', 1)[0], 'uniform_multi_key_read_write_workload: {');
	assert.equal(workloadText(writeOnlyStringWorkload({workload: stringWorkload(sized)})), 'write_only_string_workload: {\n  workload: {\n    size_mean: 8\n    size_std: 0\n  }\n}\n');
	assert.match(
		workloadText(writeOnlyUniformSingleKeyWorkload({workload: uniformSingleKeyWorkload({num_keys: 3, ...sized})})),
		/^write_only_uniform_single_key_workload: \{\n {2}workload: \{\n {4}num_keys: 3\n/,
	);
	assert.match(workloadText(writeOnlyBernoulliSingleKeyWorkload({workload: bernoulliSingleKeyWorkload({conflict_rate: 0, ...sized})})), /\n {4}conflict_rate: 0\.0\n/);
});

test('A driver workload prints likewise, a list as a repeated field', () => {
	assert.equal(workloadText(doNothing({}), horizontalDriverWorkload), 'do_nothing: {\n}\n');
	assert.equal(
		workloadText(leaderFails, horizontalDriverWorkload),
		'leader_failure: {\n  leader_change_warmup_delay_ms: 0\n  leader_change_warmup_period_ms: 2000\n  leader_change_warmup_num: 10\n  failure_delay_ms: 30000\n}\n',
	);
	assert.equal(
		workloadText(repeatedLeaderReconfiguration({acceptors: [3, 4, 5], delay_ms: 1000, period_ms: 500}), matchmakerDriverWorkload),
		'repeated_leader_reconfiguration: {\n  acceptor: 3\n  acceptor: 4\n  acceptor: 5\n  delay_ms: 1000\n  period_ms: 500\n}\n',
	);
	assert.equal(matchmakerDriverWorkload.safeParse(acceptorsReplaced).success, true);
});

const input = z.strictObject({workload, read_workload: readWriteWorkload, driver_workload: horizontalDriverWorkload});
const good = {workload: stringWorkload(sized), read_workload: uniformReadWriteWorkload(keyed), driver_workload: doNothing({})};

test('Every workload of the right kind is taken', () => {
	assert.deepEqual(input.parse(good), good);
	assert.equal(input.safeParse({...good, read_workload: writeOnlyStringWorkload({workload: stringWorkload(sized)})}).success, true);
});

for (const [name, written, expected] of [
	['a fraction above one', {read_workload: {...good.read_workload, read_fraction: 1.5}}, 'read_workload.read_fraction: 1.5 is more than 1'],
	[
		'a negative fraction',
		{workload: {...bernoulliSingleKeyWorkload({conflict_rate: 0, ...sized}), conflict_rate: -0.1}},
		'workload.conflict_rate: -0.1 is less than 0',
	],
	['no keys', {read_workload: {...good.read_workload, num_keys: 0}}, 'read_workload.num_keys: 0 is less than 1'],
	['half a key', {read_workload: {...good.read_workload, num_keys: 1.5}}, 'read_workload.num_keys: takes a whole number, not 1.5'],
	['a negative size', {workload: {...good.workload, size_std: -1}}, 'workload.size_std: -1 is less than 0'],
	['a size in words', {workload: {...good.workload, size_mean: 'large'}}, 'workload.size_mean: takes a number, not "large"'],
	['no size', {workload: {size_std: 0, name: 'StringWorkload'}}, 'workload.size_mean: it is missing'],
	['a misspelt field', {workload: {size_men: 8, size_std: 0, name: 'StringWorkload'}}, 'workload.size_men: there is no such field'],
	[
		'an unknown workload',
		{workload: {name: 'RandomWorkload'}},
		'workload.name: "RandomWorkload" is none of StringWorkload, UniformSingleKeyWorkload, BernoulliSingleKeyWorkload',
	],
	[
		'a workload without a name',
		{workload: sized},
		'workload.name: it is missing; it is one of StringWorkload, UniformSingleKeyWorkload, BernoulliSingleKeyWorkload',
	],
	[
		'reads for a state machine without any',
		{workload: good.read_workload},
		'workload.name: "UniformReadWriteWorkload" is none of StringWorkload, UniformSingleKeyWorkload, BernoulliSingleKeyWorkload',
	],
	[
		'a field inside another workload',
		{read_workload: {workload: {...good.workload, size_mean: -8}, name: 'WriteOnlyStringWorkload'}},
		'read_workload.workload.size_mean: -8 is less than 0',
	],
	[
		'a driver that waits a negative time',
		{driver_workload: {...leaderFails, failure_delay_ms: -1}},
		'driver_workload.failure_delay_ms: -1 is less than 0',
	],
	[
		'chaos without matchmakers',
		{driver_workload: {name: 'Chaos'}},
		'driver_workload.name: "Chaos" is none of DoNothing, RepeatedLeaderReconfiguration, LeaderReconfiguration, LeaderFailure',
	],
] as const) {
	test(`An input with ${name} is refused with its field`, () => {
		const parsed = input.safeParse({...good, ...written}, {reportInput: true});
		assert.equal(parsed.success, false);
		assert.equal(issueText(parsed.error), expected);
	});
}
