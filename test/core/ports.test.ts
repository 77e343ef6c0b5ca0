import assert from 'node:assert/strict';
import test from 'node:test';
import {z} from 'zod';
import {planBenchmark, type Surroundings} from '../../source/core/plan.ts';
import {count, fromFiles, protocol} from '../../source/index.ts';

const around: Surroundings = {
	engine: 'program', cluster: {1: {clients: ['10.0.0.1'], servers: ['10.0.0.1', '10.0.0.2']}}, clusterFile: 'c.json',
	ipOf: address => address, directoryOn: () => '$BENCH', jarOn: () => '$JAR', engineOn: () => [],
};
const output = fromFiles([], z.object({}), () => ({}));
const run = () => ['true'];

test('Ports go from 10000 in steps of 100, one for each endpoint, and end where ports end', () => {
	const counted = protocol({
		name: 'counted', input: z.object({n: count()}), output, start: ['servers'],
		roles: {servers: {count: input => input.n, command: run}, clients: {command: run}},
	});
	const {procs} = planBenchmark(counted, {n: 3}, 1, around);
	assert.deepEqual(
		procs.map(({label, host, port}) => [label, host, port]),
		[
			['server_0', '10.0.0.1', 10_000],
			['server_1', '10.0.0.2', 10_100],
			['server_2', '10.0.0.1', 10_200],
			['client', '10.0.0.1', 10_300],
		],
	);
	assert.equal(planBenchmark(counted, {n: 555}, 1, around).procs.at(-1)?.port, 65_500);
	assert.throws(() => planBenchmark(counted, {n: 556}, 1, around), {
		name: 'BenchError',
		code: 'suite',
		message: /^client would need port 65600, and ports end at 65535: .* room for 556 endpoints; give the roles smaller counts\.$/,
	});
});

test('Two procs that would share a port are refused by name', () => {
	const shared = protocol({
		name: 'shared', input: z.object({}), output, start: ['servers', 'others'],
		roles: {servers: {count: () => 2, command: run}, others: {at: at => [...at('servers')], command: run}, clients: {command: run}},
	});
	assert.throws(() => planBenchmark(shared, {}, 1, around), {
		name: 'BenchError',
		code: 'suite',
		message: /^server_0 and other_0 would both use 10\.0\.0\.1:10000; give the roles other addresses or counts\.$/,
	});
});
