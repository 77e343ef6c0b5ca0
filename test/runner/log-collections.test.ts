import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {spawnSync} from 'node:child_process';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {collectionLogFlags, unifiedLogFlag} from '../../source/core/java.ts';
import {type BenchmarkPlan, type PlannedProc} from '../../source/core/plan.ts';
import {createBenchmarkDirectory} from '../../source/directory/benchmark-directory.ts';
import {createFakeHost} from '../../source/host/fake-host.ts';
import {type UntimedEvent} from '../../source/runner/hooks.ts';
import {logCollections} from '../../source/runner/log-collections.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {temporaryFolder} from '../helpers/command.ts';

const withoutJava = spawnSync('java', ['-version']).error === undefined ? false : 'needs java';

function planOf(...hosts: readonly string[]): BenchmarkPlan {
	const procs = hosts.map((host, index): PlannedProc => ({
		label: `server_${index}`, role: 'servers', job: 'x_server', kind: 'server', host, ip: host, env: {}, ready: 'port', argv: ['java', ...collectionLogFlags, '-cp', 'x.jar', 'Main'],
	}));
	return {index: 1, id: '001', input: {}, files: {}, procs, jobs: [], scrapeIntervalMs: 200, timing: {lagMs: 0, warmupMs: 0, warmupTimeoutMs: 0, sleepMs: 0, durationMs: 0, timeoutMs: 0}};
}

test('Each JVM gets flags that it takes; a host is asked for its version once', async () => {
	const asked: string[] = [];
	const hooks = logCollections(async address => ({
		...createFakeHost(address, createFakeClock(), () => ({})),
		async run() {
			asked.push(address);
			return {returnCode: 0, stdout: '', stderr: address === 'old' ? 'openjdk version "1.8.0_292"' : 'openjdk version "17.0.15" 2025-04-15'};
		},
	}));
	for (let round = 0; round < 2; round++) {
		const adapted = await hooks.adapt?.(planOf('old', 'new', 'new'));
		assert.deepEqual(adapted?.procs.map(({argv}) => argv.slice(1, -3)), [[...collectionLogFlags], [unifiedLogFlag], [unifiedLogFlag]]);
	}

	assert.deepEqual(asked, ['old', 'new']);
});

test('A host whose version could not be asked for once is asked again', async () => {
	let asked = 0;
	const hooks = logCollections(async address => ({
		...createFakeHost(address, createFakeClock(), () => ({})),
		async run() {
			asked++;
			if (asked === 1) {
				throw new BenchError('host', 'new: the connection was lost while java ran there.');
			}

			return {returnCode: 0, stdout: '', stderr: 'openjdk version "17.0.15" 2025-04-15'};
		},
	}));
	await assert.rejects(hooks.adapt!(planOf('new')), /connection was lost/);
	assert.ok((await hooks.adapt!(planOf('new'))).procs[0]?.argv.includes(unifiedLogFlag));
});

test('Pauses that a JVM logged are in pauses.csv, and the longest in the journal', async context => {
	const directory = await createBenchmarkDirectory(path.join(temporaryFolder(context), '001'));
	const log = Array.from(
		{length: 50},
		(_, index) =>
			`[2026-11-24T20:50:32.${String(100 + index)}+0000][1s][info][gc] GC(${index}) Pause Young (Normal) 6M->6M(64M) ${index}.5ms\nsomething else`,
	).join('\n');
	fs.writeFileSync(directory.file('server_0_out.txt'), log);
	const events: UntimedEvent[] = [];
	const plan = planOf('new');
	const procs = plan.procs.map(proc => ({...proc, argv: ['java', unifiedLogFlag, 'Main']}));
	const hooks = logCollections(async address => createFakeHost(address, createFakeClock(), () => ({})));
	await hooks.collect?.({
		plan: {...plan, procs}, directory, directoryOn: () => directory.path, running: [], signal: new AbortController().signal,
		emit(event) {
			events.push(event);
		},
	}, Promise.resolve());
	const [event] = events;
	const logged = event?.type === 'pauses-logged' ? event : undefined;
	assert.deepEqual(
		[logged?.label, logged?.count, logged?.totalMs, logged?.longest.length, logged?.longest[0]],
		['server_0', 50, 1250, 20, {endAt: Date.parse('2026-11-24T20:50:32.130Z'), durationMs: 30.5, kind: 'Young (Normal)'}],
	);
	const rows = fs.readFileSync(directory.file('pauses.csv'), 'utf8').trimEnd().split('\n');
	assert.deepEqual([rows.length, rows[0], rows[1]], [51, 'label,end,duration_ms,kind', 'server_0,2026-11-24T20:50:32.100Z,0.5,"Young (Normal)"']);
});

test('The JVM that is installed here starts with the flag', {skip: withoutJava}, () => {
	const {status, stdout} = spawnSync('java', [unifiedLogFlag, '-version'], {encoding: 'utf8'});
	assert.equal(status, 0, stdout);
});
