import assert from 'node:assert/strict';
import test, {type TestContext} from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {type Failure} from '../../source/core/event.ts';
import {type MetricsWatch} from '../../source/core/metrics-watch.ts';
import {BenchmarkFailure} from '../../source/runner/failure.ts';
import {type BenchmarkHooks} from '../../source/runner/hooks.ts';
import {scrapeProcs} from '../../source/runner/scrape.ts';
import smoke from '../../suites/unreplicated/smoke.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {healthy, runOnFakeHosts, type SuiteRunOptions} from '../helpers/suite-run.ts';

type StoryOptions = Pick<SuiteRunOptions, 'policy' | 'scriptOf' | 'hooks'> & {readonly onFailure?: (failure: Failure) => void};

/** What happened to the records of a run, and its phases, in order. */
async function story(context: TestContext, isSmall: boolean, {onFailure, ...more}: StoryOptions = {}): Promise<readonly string[]> {
	const told: string[] = [];
	let records = 0;
	const clock = createFakeClock();
	const hooks = scrapeProcs(async () => {
		const record = ++records;
		return {
			add: () => undefined,
			remove: () => undefined,
			status: () => [],
			isSmall: () => isSmall,
			async finish() {
				told.push(`finished ${record}`);
			},
			async settle() {
				told.push(`settled ${record}`);
			},
		} satisfies MetricsWatch;
	}, [], clock);
	await runOnFakeHosts(context, {
		suite: smoke, clock, selected: [1, 2], scrape: true, ...more, hooks: [...more.hooks ?? [], hooks],
		onEvent(event) {
			if (event.type === 'phase-entered' && (event.phase === 'warming-up' || event.phase === 'measuring')) {
				told.push(`${event.phase} ${event.index}`);
			} else if (['benchmark-finished', 'attempt-discarded', 'suite-finished'].includes(event.type)) {
				told.push(event.type);
			} else if (event.type === 'benchmark-failed') {
				onFailure?.(event.failure);
			}
		},
	});
	return told;
}

test('A small record is compressed where nobody waits for it: in the warm-up of the next benchmark, the last one beside its analysis', async context => {
	assert.equal((await story(context, true)).join(', '), [
		'warming-up 1, measuring 1, finished 1, benchmark-finished',
		'warming-up 2, settled 1, measuring 2, finished 2',
		'settled 2, benchmark-finished, suite-finished',
	].join(', '));
});

test('A large one is compressed beside the analysis, and done before the next clients start', async context => {
	const told = await story(context, false);
	assert.deepEqual(told.filter(word => /settled|warming/.test(word)), ['warming-up 1', 'settled 1', 'warming-up 2', 'settled 2']);
});

test('A small one is compressed beside the analysis where the next warm-up has no time for it', async context => {
	const told = await story(context, true, {hooks: [{adapt: async plan => ({...plan, timing: {...plan.timing, warmupMs: 0}})}]});
	assert.ok(told.indexOf('settled 1') < told.indexOf('warming-up 2'), told.join(', '));
	assert.ok(told.indexOf('settled 1') < told.indexOf('benchmark-finished'), told.join(', '));
});

test('The record of an attempt that failed is compressed before the next attempt makes its own in the same place', async context => {
	const told = await story(context, true, {
		policy: {retries: 1},
		scriptOf: (label, benchmark, attempt) => label === 'server' && benchmark === 1 && attempt === 1 ? {listens: 10_100, exitsAfterMs: 2500, returnCode: 1} : healthy(label, benchmark),
	});
	assert.equal(told.slice(0, 8).join(', '), 'warming-up 1, measuring 1, finished 1, settled 1, attempt-discarded, warming-up 1, measuring 1, finished 2');
});

test('What one hook cannot collect keeps none of the others from theirs', async context => {
	const collected: string[] = [];
	await story(context, true, {
		hooks: [{
			async collect() {
				throw new BenchmarkFailure({kind: 'not-collected', message: 'the link is down.'});
			},
		}, {
			async collect({plan}) {
				collected.push(plan.id);
			},
		}],
	});
	assert.deepEqual(collected, ['001', '002']);
});

test('Whatever a hook rejects with fails its benchmark, and the run goes on', async context => {
	const failures: Array<readonly string[]> = [];
	const broken = async () => {
		throw new BenchError('host', 'localhost: the file cannot be read.');
	};

	for (const hook of [{serversReady: broken}, {clientsStart: broken}, {clientsEnded: broken}, {collect: broken}] satisfies readonly BenchmarkHooks[]) {
		const told = await story(context, true, {
			hooks: [hook],
			onFailure({kind, message}) {
				failures.push([kind, message]);
			},
		});
		assert.equal(told.at(-1), 'suite-finished');
	}

	const message = 'localhost: the file cannot be read.';
	assert.deepEqual(failures, ['start-failed', 'start-failed', 'not-collected', 'not-collected'].flatMap(kind => [[kind, message], [kind, message]]));
});
