import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {type BenchmarkPlan, type PlannedProc} from '../../source/core/plan.ts';
import {createBenchmarkDirectory} from '../../source/directory/benchmark-directory.ts';
import {createFakeHost} from '../../source/host/fake-host.ts';
import {type BenchmarkContext, type UntimedEvent} from '../../source/runner/hooks.ts';
import {profileProcs} from '../../source/runner/profile.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';

test('A profile that a host cannot read in time is told of, and its benchmark goes on', async context => {
	const directory = await createBenchmarkDirectory(path.join(temporaryFolder(context), '001'));
	const clock = createFakeClock();
	const host = {
		...createFakeHost('far', clock, () => ({exitsAfterMs: 1})),
		async run(argv: readonly string[]) {
			if (argv.some(word => word.includes(' script '))) {
				throw new BenchError('host', 'far: sh did not end within 120000 ms.');
			}

			return {returnCode: 0, stdout: '', stderr: ''};
		},
	};
	const server: PlannedProc = {label: 'server', role: 'servers', job: 'x_server', kind: 'server', host: 'far', ip: 'far', env: {}, ready: 'port', argv: ['a-program']};
	const plan: BenchmarkPlan = {
		index: 1, id: '001', input: {}, files: {}, procs: [server], jobs: [], scrapeIntervalMs: 200,
		timing: {lagMs: 0, warmupMs: 0, warmupTimeoutMs: 0, sleepMs: 0, durationMs: 0, timeoutMs: 0},
	};
	const output = {cwd: directory.path, ...directory.outputFiles('server')};
	const proc = await host.start({label: 'server', argv: server.argv, ...output});
	const events: UntimedEvent[] = [];
	const benchmark: BenchmarkContext = {
		plan, directory, directoryOn: () => directory.path, running: [{plan: server, host, proc}], signal: new AbortController().signal,
		emit(event) {
			events.push(event);
		},
	};
	const hooks = profileProcs({hostOf: async () => host, clock, isProfiled: () => true, roles: ['servers']});
	await hooks.clientsStart?.(benchmark);
	await hooks.clientsEnded?.(benchmark);
	await hooks.collect?.(benchmark, Promise.resolve());
	await hooks.ended?.(benchmark);
	assert.deepEqual(events, [{type: 'warned', index: 1, message: 'There is no profile of server: far: sh did not end within 120000 ms.'}]);
});
