import assert from 'node:assert/strict';
import test from 'node:test';
import {loadSuite, suiteNames} from '../../source/commands/load-suite.ts';
import {fromFiles} from '../../source/core/output.ts';
import {type BenchmarkPlan, planBenchmark} from '../../source/core/plan.ts';
import {enginesOf} from '../../source/core/protocol.ts';
import {suiteInputs} from '../../source/core/suite.ts';
import {z} from '../../source/index.ts';

async function planned(title: string, index: number): Promise<BenchmarkPlan> {
	const {suite} = await loadSuite(title);
	const inputs = suiteInputs(suite, {logLevel: 'info', monitor: true, profile: false, flags: {}}, {title});
	const roles = Object.entries(suite.protocol.roles).filter(([, role]) => !role.at).map(([name, role]) => [role.cluster ?? name, ['localhost']]);
	return planBenchmark(suite.protocol, inputs[index - 1]!, index, {
		engine: 'rehearsal',
		cluster: {1: Object.fromEntries(roles) as Record<string, string[]>},
		clusterFile: 'cluster.json',
		ipOf: () => '127.0.0.1',
		directoryOn: () => '/bench',
		jarOn: () => assert.fail('a rehearsal needs no JAR'),
		engineOn: (host, module) => ['node', `${host}:${module}`],
	});
}

function flagOf(plan: BenchmarkPlan, label: string, flag: string): string | undefined {
	const {argv} = plan.procs.find(proc => proc.label === label)!;
	return argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined;
}

test('A rehearsal starts the procs of the protocol, at their ports and in their order, on stand-ins', async () => {
	const plan = await planned('mencius/smoke', 1);
	assert.deepEqual(plan.procs.slice(0, 3).map(({label, port, ready}) => ({label, port, ready})), [
		{label: 'batcher_0', port: 10_100, ready: 'port'},
		{label: 'batcher_1', port: 10_200, ready: 'port'},
		{label: 'proxy_leader_0', port: 11_100, ready: 'port'},
	]);
	assert.equal(plan.procs.length, 26);
	assert.deepEqual(plan.procs[0]!.argv, [
		'node',
		'localhost:source/rehearsal/server',
		'--host',
		'127.0.0.1',
		'--port',
		'10100',
		'--log_level',
		'info',
		'--prometheus_host',
		'127.0.0.1',
		'--prometheus_port',
		'10101',
		'--label',
		'batcher_0',
		'--role',
		'batchers',
		'--metrics_prefix',
		'mencius_batcher',
		'--summaries',
		'mencius_replica_requests_latency',
	]);
	assert.equal(plan.procs[0]!.metricsPort, 10_101);
	assert.ok(plan.files['config.pbtxt']!.startsWith('f: 1\n'));
});

test('A rehearsed client sends to the first role that starts servers, and records as the protocol does', async () => {
	const unlabelled = await planned('mencius/smoke', 1);
	assert.deepEqual(unlabelled.procs.at(-1)!.argv.slice(0, 2), ['node', 'localhost:source/rehearsal/client']);
	assert.equal(flagOf(unlabelled, 'client_0', '--servers'), '127.0.0.1:10100,127.0.0.1:10200');
	assert.equal(flagOf(unlabelled, 'client_0', '--labels'), undefined);
	assert.equal(flagOf(unlabelled, 'client_0', '--num_clients'), '50');
	assert.equal(flagOf(unlabelled, 'client_0', '--warmup_duration'), '2s');
	assert.equal(flagOf(unlabelled, 'client_0', '--output_file_prefix'), '/bench/client_0');

	const withoutBatchers = await planned('multipaxos/smoke', 1);
	assert.equal(flagOf(withoutBatchers, 'client_0', '--servers'), '127.0.0.1:10100,127.0.0.1:10200');
	assert.equal(withoutBatchers.procs.find(({label}) => label === 'leader_0')!.port, 10_100);
	assert.equal(flagOf(withoutBatchers, 'client_0', '--labels'), 'read,write');

	const superNodes = await planned('supermencius/smoke', 1);
	assert.equal(flagOf(superNodes, 'client_0', '--servers'), '127.0.0.1:10100,127.0.0.1:10400,127.0.0.1:10700');
});

test('Procs of a rehearsal export what the live charts of their protocol show', async () => {
	const multipaxos = await planned('multipaxos/smoke', 1);
	assert.equal(flagOf(multipaxos, 'client_0', '--counters'), 'multipaxos_client_requests_total{type="ClientReply"}');
	// Only the servers that clients ask have something to show, whatever the metric is named after.
	assert.equal(flagOf(multipaxos, 'leader_0', '--summaries'), 'multipaxos_replica_requests_latency');
	assert.equal(flagOf(multipaxos, 'replica_0', '--summaries'), undefined);
	const unreplicated = await planned('unreplicated/smoke', 1);
	assert.equal(flagOf(unreplicated, 'client_0', '--histograms'), 'unreplicated_client_latency_ms');
	const epaxos = await planned('epaxos/smoke', 1);
	assert.equal(flagOf(epaxos, 'replica_0', '--counters'), 'epaxos_replica_requests_total{type="ClientRequest"}');
	// A super node stands for all the roles that it carries.
	const superNodes = await planned('supermencius/smoke', 1);
	assert.equal(flagOf(superNodes, 'super_node_0', '--summaries'), 'mencius_replica_requests_latency');
});

test('Every protocol has live figures, and some proc of a rehearsal exports each', async () => {
	const smokes = suiteNames().filter(name => name.endsWith('/smoke'));
	for (const title of smokes) {
		const {suite: {protocol}} = await loadSuite(title);
		const exported = new Set(
			(await planned(title, 1)).procs.flatMap(({argv}) =>
				argv.flatMap((word, at) => (['--counters', '--summaries', '--histograms'].includes(word) ? argv[at + 1]!.split(',') : [])),
			),
		);
		assert.ok(protocol.live?.['throughput'], `${title} has no live throughput`);
		for (const {metric} of Object.values(protocol.live ?? {})) {
			assert.ok([...exported].some(sample => sample.replace(/\{.*/, '') === metric), `${title}: nobody exports ${metric}`);
		}
	}
});

test('Every protocol with servers, clients and recorder data can be rehearsed, but never unasked', async () => {
	const {suite: {protocol}} = await loadSuite('epaxos/smoke');
	assert.deepEqual(enginesOf(protocol), ['jar', 'rehearsal']);
	assert.deepEqual(enginesOf({...protocol, start: []}), ['jar']);
	assert.deepEqual(enginesOf({...protocol, clients: []}), ['jar']);
	assert.deepEqual(enginesOf({...protocol, output: fromFiles(['figures.json'], z.object({figure: z.number()}), () => ({figure: 1}))}), ['jar']);
});
