import assert from 'node:assert/strict';
import test from 'node:test';
import {z} from 'zod';
import {planBenchmark, type Surroundings} from '../../source/core/plan.ts';
import {type Role} from '../../source/core/protocol.ts';
import {count, fromFiles, protocol} from '../../source/index.ts';

const around: Surroundings = {
	engine: 'program', cluster: {1: {clients: ['10.0.0.1']}}, clusterFile: 'c.json',
	ipOf: address => address, directoryOn: () => '$BENCH', jarOn: () => '$JAR', engineOn: () => [],
};
const output = fromFiles([], z.object({}), () => ({}));
const own = (clients: Role<{n: number}>) => protocol({name: 'own', input: z.object({n: count()}), roles: {clients}, start: [], output});
const fail = () => {
	throw new TypeError('boom.');
};

const mistakes: ReadonlyArray<readonly [what: string, role: Role<{n: number}>, message: string]> = [
	['a command that throws', {command: fail}, 'Protocol own: the command of client (benchmark 001) failed: boom.'],
	['an env that throws', {command: () => ['true'], env: fail}, 'Protocol own: the env of client (benchmark 001) failed: boom.'],
	['a count that throws', {command: () => ['true'], count: fail}, 'Protocol own: the count of clients failed: boom.'],
	['a count below none', {command: () => ['true'], count: () => -1}, 'Protocol own: the count of clients is -1; counts are whole numbers, none less than 0.'],
	['half a proc', {command: () => ['true'], count: () => [2, 1.5]}, 'Protocol own: the count of clients is [2,1.5]; counts are whole numbers, none less than 0.'],
	['a count that is no number', {command: () => ['true'], count: () => Number('x')}, 'Protocol own: the count of clients is NaN; counts are whole numbers, none less than 0.'],
	['procs without end', {command: () => ['true'], count: () => [1e6, 1e6]}, 'Protocol own: the count of clients is [1000000,1000000]; more than 65535 find no ports.'],
	[
		'a NUL in a word',
		{command: () => ['echo', 'a\0b']},
		'Protocol own: the command of client (benchmark 001) has a NUL in its word 1, which no program can get.',
	],
	[
		'a variable that no shell takes',
		{command: () => ['true'], env: () => ({'A-B': ''})},
		'Protocol own: the env of client (benchmark 001) has the name "A-B"; names are letters, digits and underscores.',
	],
	[
		'a variable with a NUL',
		{command: () => ['true'], env: () => ({A: '\0'})},
		'Protocol own: the env of client (benchmark 001) has A = a text with a NUL; values are strings without NUL.',
	],
];

for (const [what, role, message] of mistakes) {
	test(`A suite with ${what} is told so in one sentence, before anything starts`, () => {
		assert.throws(() => planBenchmark(own(role), {n: 1}, 1, around), {name: 'BenchError', code: 'suite', message});
	});
}

const timings: ReadonlyArray<readonly [what: string, timing: unknown, message: string]> = [
	['is no object', 3000, 'is no object; it gives'],
	['leaves one out', {lagMs: 0, warmupMs: 0}, 'has no warmupTimeoutMs; it gives'],
	['has no number', {lagMs: NaN}, 'has lagMs = NaN; it gives'],
	['has a text', {lagMs: '1s'}, 'has lagMs = "1s"; it gives'],
];

for (const [what, timing, beginning] of timings) {
	test(`A suite whose timing ${what} is told so in one sentence, before anything starts`, () => {
		const timed = Object.assign(own({command: () => ['true']}), {timing: () => timing});
		assert.throws(() => planBenchmark(timed, {n: 1}, 1, around), (error: Error) => error.message.startsWith(`Protocol own: timing ${beginning} lagMs, warmupMs, `));
	});
}
