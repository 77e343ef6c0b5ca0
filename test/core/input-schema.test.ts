import assert from 'node:assert/strict';
import test from 'node:test';
import {z} from 'zod';
import {parseSuite, suiteInputs} from '../../source/core/suite.ts';
import {count, fromFiles} from '../../source/index.ts';

/** A suite as it comes out of a file whose types nobody checked. */
function exported(input: object, one: object = {}): object {
	return {
		protocol: {name: 'own', input, roles: {}, start: [], output: fromFiles([], z.object({}), () => ({}))},
		inputs: () => [one],
		summary: [],
	};
}

/** What zod 3 makes: schemas that know nothing of zod 4. */
const older = {_def: {typeName: 'ZodString'}, parse: (value: unknown) => value};
const fail = () => {
	throw new TypeError('boom.');
};

const schemas: ReadonlyArray<readonly [what: string, input: object, problem: string]> = [
	['a field of an older zod', z.object({n: count(), name: older as never}), '"input" of its protocol has the field "name", which is no schema of zod 4 (benchdeck\'s own z makes these)'],
	['a number for a field', z.object({a: z.object({b: 5 as never}).optional()}), '"input" of its protocol has the field "a.b", which is no schema of zod 4 (benchdeck\'s own z makes these)'],
	['a field that is missing', z.object({a: undefined as never}), '"input" of its protocol has the field "a", which is no schema of zod 4 (benchdeck\'s own z makes these)'],
];
for (const [what, input, problem] of schemas) {
	test(`A suite with ${what} is refused in one sentence`, () => {
		assert.throws(() => parseSuite(exported(input), 'own.ts'), {name: 'BenchError', code: 'suite', message: `Suite file own.ts: ${problem}; export default suite({protocol, inputs, summary}).`});
	});
}

test('A suite that cannot be read is refused in one sentence', () => {
	const message = 'Suite file own.ts: reading it failed: boom.';
	assert.throws(() => parseSuite(exported(z.object({
		get n() {
			return fail();
		},
	})), 'own.ts'), {name: 'BenchError', code: 'suite', message});
});

const values: ReadonlyArray<readonly [what: string, schema: z.ZodType, value: unknown, message: string]> = [
	['a bigint', z.bigint(), 5n, 'at.0: a bigint cannot be written down; take a number, a text, true or false, a list or a group of fields.'],
	['a date', z.date(), new Date(0), 'at.0: an object of Date cannot be written down; take a number, a text, true or false, a list or a group of fields.'],
	['a value at which its check throws', z.any().transform(fail), 1, 'the check of its input failed: boom.'],
];
for (const [what, schema, value, message] of values) {
	test(`An input with ${what} is told with its benchmark`, () => {
		const suite = parseSuite(exported(z.object({at: z.array(schema)}), {at: [value]}), 'own.ts');
		assert.throws(() => suiteInputs(suite, {logLevel: 'debug', monitor: false, profile: false, flags: {}}, {title: 'own.ts'}), {
			name: 'BenchError', code: 'suite', message: `Suite own.ts, benchmark 1: ${message}`,
		});
	});
}
