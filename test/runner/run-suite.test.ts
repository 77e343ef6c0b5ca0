import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, {type TestContext} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {labelled} from '../../source/core/output.ts';
import {type FakeHost, type FakeProc} from '../../source/host/fake-host.ts';
import smoke from '../../suites/unreplicated/smoke.ts';
import {healthy, ofType, type Ran, rows, runOnFakeHosts, type SuiteRunOptions} from '../helpers/suite-run.ts';

const keeping = {...smoke, protocol: {...smoke.protocol, output: labelled('write', {keep: true})}};

async function run(context: TestContext, scriptOf: (label: string, benchmark: number) => FakeProc, options: SuiteRunOptions = {}): Promise<Ran & {readonly host: FakeHost}> {
	const ran = await runOnFakeHosts(context, {scriptOf, ...options});
	return {...ran, host: ran.hosts.get('localhost')!};
}

test('A suite goes through its phases, in order, and leaves a row per benchmark', async context => {
	const {events, outcome, directory, host} = await run(context, healthy);
	assert.equal(outcome, 'finished');
	assert.deepEqual(
		ofType(events, 'phase-entered')
			.filter(({index}) => index === 2)
			.map(({phase}) => phase),
		['placing', 'starting-servers', 'ready', 'lagging', 'warming-up', 'measuring', 'stopping', 'collecting', 'analysing'],
	);
	assert.deepEqual(host.started, ['server', 'client_0', 'server', 'client_0', 'client_1', 'server', 'client_0', 'client_1', 'client_2']);
	const places = ofType(events, 'proc-started').filter(({index}) => index === 3).map(({label, place}) => [label, place] as const);
	assert.deepEqual(Object.fromEntries(places), {server: 0, client_0: 1, client_1: 2, client_2: 3});
	assert.deepEqual(host.killed, ['server', 'server', 'server']);
	assert.equal(fs.readFileSync(`${directory}/results.csv`, 'utf8').trimEnd().split('\n').length, 4);
	assert.match(fs.readFileSync(`${directory}/results.csv`, 'utf8'), /^3,1,.*,0\.5,0\.5,0\.5,0\.5,0\.5,0\.5,0\.5,2999\.0,2999\.0,2998\.0,3000\.0,/m);
	assert.deepEqual(JSON.parse(fs.readFileSync(`${directory}/002/pids.json`, 'utf8')), {'127.0.0.1:1003': 'server', '127.0.0.1:1004': 'client_0', '127.0.0.1:1005': 'client_1'});
	assert.equal(fs.readFileSync(`${directory}/001/server_returncode.txt`, 'utf8').trim(), '-15');
	const [measured] = ofType(events, 'clients-measured');
	assert.deepEqual([measured?.clients[0]?.rows, measured?.overlapMs], [3000, 2999]);
});

test('A client that leaves no rows fails its benchmark and keeps its file; the suite goes on', async context => {
	const {events, outcome, directory} = await run(context, (label, benchmark) =>
		label === 'client_0' && benchmark === 2 ? {exitsAfterMs: 4000, files: {'client_0_data.csv': ''}, stderr: 'nothing to do\n'} : healthy(label, benchmark),
	);
	assert.equal(outcome, 'failed');
	const [failed] = ofType(events, 'benchmark-failed');
	assert.equal(failed?.failure.kind, 'no-data');
	assert.match(failed?.failure.message ?? '', /002\/client_0_data\.csv is empty.* client_0 on localhost ended with return code 0\.$/);
	assert.deepEqual([failed?.failure.label, failed?.failure.lines, failed?.failure.commandFile], ['client_0', ['nothing to do'], '002/client_0_cmd.txt']);
	assert.equal(ofType(events, 'benchmark-finished').length, 2);
	assert.ok(fs.existsSync(`${directory}/002/client_1_data.csv`));
	assert.ok(!fs.existsSync(`${directory}/003/client_1_data.csv`));
});

test('The server is named when it dies and takes its clients with it', async context => {
	const {events} = await run(context, (label, benchmark) =>
		benchmark === 1
			? (label === 'server'
				? {listens: 10_100, exitsAfterMs: 2000, returnCode: -9, stderr: 'Killed\n'}
				: {exitsAfterMs: 1990, returnCode: 1})
			: healthy(label, benchmark),
	);
	const [failed] = ofType(events, 'benchmark-failed');
	assert.deepEqual([failed?.failure.label, failed?.failure.returnCode, failed?.failure.lines, failed?.failure.commandFile], ['server', -9, ['Killed'], '001/server_cmd.txt']);
});

test('A server that never accepts and clients that never end run into their deadlines', async context => {
	const {events} = await run(context, (label, benchmark) => {
		if (label === 'server' && benchmark === 1) {
			return {};
		}

		return label === 'client_0' && benchmark === 2 ? {} : healthy(label, benchmark);
	});
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({failure}) => [failure.kind, failure.label]), [['not-ready', 'server'], ['timed-out', 'client_0']]);
});

test('A lost host fails the benchmark, whatever data it left', async context => {
	const {events, outcome} = await run(context, healthy, {
		policy: {maxFailures: 1, lostRetries: 0},
		onEvent(event, {hosts}) {
			if (event.type === 'phase-entered' && event.phase === 'measuring') {
				hosts.get('localhost')!.lose('localhost: the connection was lost.');
			}
		},
	});
	assert.equal(outcome, 'failed');
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({failure}) => [failure.kind, failure.host]), [['host-lost', 'localhost']]);
});

test('An interrupt ends every proc and the run, and is not a failure of the benchmark', async context => {
	const {events, outcome, host} = await run(context, healthy, {
		onEvent(event, {control}) {
			if (event.type === 'phase-entered' && event.phase === 'measuring') {
				control.stop('The run was interrupted.');
			}
		},
	});
	assert.equal(outcome, 'interrupted');
	assert.deepEqual(host.killed.toSorted(), ['client_0', 'server']);
	assert.equal(ofType(events, 'benchmark-failed').length, 0);
	assert.equal(events.at(-1)?.type, 'suite-finished');
});

test('The analysis tells how far it is, and of a row that was cut; series, histogram and kept rows are there before the clients\' files go', async context => {
	const cut = `${rows}2021-04-07T18:41:25`;
	const {events, outcome, directory} = await run(
		context,
		(label, benchmark) => (label === 'client_0' ? {exitsAfterMs: 4000, files: {'client_0_data.csv': cut}} : healthy(label, benchmark)),
		{suite: keeping},
	);
	assert.equal(outcome, 'finished');
	assert.deepEqual(ofType(events, 'analysis-progressed').filter(({index, bytes, totalBytes}) => index === 1 && bytes === totalBytes).map(({bytes}) => bytes), [cut.length]);
	assert.ok(ofType(events, 'warned').some(({index, message}) => index === 1 && message.endsWith('001/client_0_data.csv: the last row is cut (it has no line end) and is left out.')));
	assert.ok(!fs.existsSync(`${directory}/001/client_0_data.csv`));
	const kept = gunzipSync(fs.readFileSync(`${directory}/001/data.csv.gz`)).toString();
	assert.equal(kept, rows.replaceAll(/(\d)T(\d)/g, '$1 $2').replaceAll(/\.(\d{3})Z/g, (_, ms: string) => ms === '000' ? '+00:00' : `.${ms}000+00:00`));
	assert.equal(fs.readFileSync(`${directory}/001/series.csv`, 'utf8').split('\n').length, 5);
	assert.match(fs.readFileSync(`${directory}/001/histogram.csv`, 'utf8'), /^label,le_nanos,count\nwrite,\d+,3000\n$/);
});

test('Nothing that was recorded is removed after a failed analysis: a bad row, a label that nobody recorded, rows that cannot be written', async context => {
	let suiteDirectory = '';
	const broken = rows.replace(',500000,write', ',fast,write');
	const {events, directory} = await run(context, (label, benchmark) => {
		const texts: Readonly<Record<number, string>> = {1: broken, 2: rows.replaceAll(',write', ',read'), 3: rows};
		return label === 'client_0'
			? {exitsAfterMs: 4000, files: {'client_0_data.csv': texts[benchmark]!}}
			: {...healthy(label, benchmark), ...(label !== 'server' && benchmark === 2 && {files: {[`${label}_data.csv`]: texts[2]!}})};
	}, {
		suite: keeping,
		onEvent(event) {
			if (event.type === 'phase-entered' && event.index === 3 && event.phase === 'analysing') {
				// What stands in the way of data.csv.gz, whoever the test runs as.
				fs.mkdirSync(path.join(suiteDirectory, '003/data.csv.gz/x'), {recursive: true});
			}

			suiteDirectory = event.type === 'suite-started' ? event.directory : suiteDirectory;
		},
	});
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({index, failure}) => [index, failure.kind]), [[1, 'no-data'], [2, 'no-data'], [3, 'no-data']]);
	for (const [benchmark, clients] of [[1, 1], [2, 2], [3, 3]] as const) {
		for (let client = 0; client < clients; client++) {
			assert.ok(fs.statSync(`${directory}/00${benchmark}/client_${client}_data.csv`).size > 100_000, `00${benchmark}, client_${client}`);
		}
	}
});
