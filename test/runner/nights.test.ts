import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {BenchError} from '../../source/core/errors.ts';
import {stateOf} from '../../source/directory/journal-state.ts';
import {readJournal} from '../../source/directory/journal.ts';
import {type FakeProc} from '../../source/host/fake-host.ts';
import {temporaryFolder} from '../helpers/command.ts';
import {healthy, ofType, runOnFakeHosts} from '../helpers/suite-run.ts';

const crash = {exitsAfterMs: 100, returnCode: 3, stderr: 'boom\n'};
const twoHosts = {1: {clients: ['10.0.0.1'], server: ['10.0.0.2']}};

/** The server crashes in the benchmarks and attempts of the list: `1.1`. */
function crashing(...which: readonly string[]): (label: string, benchmark: number, attempt: number) => FakeProc {
	return (label, benchmark, attempt) => label === 'server' && which.includes(`${benchmark}.${attempt}`) ? crash : healthy(label, benchmark);
}

test('A crash is not hidden by a second try, unless --retries asks for one; each attempt is kept', async context => {
	const once = await runOnFakeHosts(context, {scriptOf: crashing('2.1')});
	assert.deepEqual(ofType(once.events, 'benchmark-started').map(({index, attempt}) => `${index}.${attempt}`), ['1.1', '2.1', '3.1']);

	const {events, outcome, directory} = await runOnFakeHosts(context, {scriptOf: crashing('2.1', '2.2'), policy: {retries: 2}});
	assert.equal(outcome, 'finished');
	assert.deepEqual(ofType(events, 'benchmark-started').map(({index, attempt}) => `${index}.${attempt}`), ['1.1', '2.1', '2.2', '2.3', '3.1']);
	assert.deepEqual(ofType(events, 'attempt-discarded').map(({directory: aside, failure}) => [aside, failure?.kind]), [['002/attempt-1', 'proc-died'], ['002/attempt-2', 'proc-died']]);
	assert.equal(ofType(events, 'benchmark-failed').length, 0);
	assert.equal(fs.readFileSync(`${directory}/002/attempt-1/server_err.txt`, 'utf8'), 'boom\n');
	assert.equal(fs.readFileSync(`${directory}/002/attempt-2/server_returncode.txt`, 'utf8'), '3\n');
	assert.ok(fs.existsSync(`${directory}/002/client_0_out.txt`));
	const state = stateOf(await readJournal(path.join(directory, 'events.jsonl')));
	assert.deepEqual([state?.benchmarks[1]?.attempt, state?.benchmarks[1]?.earlier.length], [3, 2]);
});

test('A benchmark that lost its host is tried again by itself when the host is back, twice', async context => {
	const losses = new Set(['1.1', '1.2', '3.1', '3.2', '3.3']);
	let attempt = '';
	let isGone = false;
	const {events, outcome, started} = await runOnFakeHosts(context, {
		cluster: twoHosts,
		beforeHost(address) {
			if (isGone && address === '10.0.0.2') {
				isGone = false;
				throw new BenchError('host', 'Connection refused.');
			}
		},
		onEvent(event, {hosts}) {
			attempt = event.type === 'benchmark-started' ? `${event.index}.${event.attempt}` : attempt;
			if (event.type === 'phase-entered' && event.phase === 'measuring' && losses.has(attempt)) {
				isGone = true;
				hosts.get('10.0.0.2')!.lose('10.0.0.2: the connection was reset.');
			}
		},
	});
	assert.equal(outcome, 'failed');
	assert.deepEqual(ofType(events, 'benchmark-started').map(({index, attempt: number}) => `${index}.${number}`), ['1.1', '1.2', '1.3', '2.1', '3.1', '3.2', '3.3']);
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({id, failure}) => [id, failure.kind, failure.host]), [['003', 'host-lost', '10.0.0.2']]);
	assert.equal(ofType(events, 'host-lost').length, 5);
	assert.deepEqual(ofType(events, 'host-lost')[0]?.labels, ['server']);
	assert.match(ofType(events, 'host-lost')[0]?.message ?? '', /^Host 10\.0\.0\.2 is lost, with server: .*reset\.$/);
	assert.equal(ofType(events, 'host-regained').length, 5);
	assert.match(ofType(events, 'attempt-discarded')[0]?.message ?? '', /10\.0\.0\.2 was lost and is back: it is tried again \(1 of 2\)/);
	assert.equal(started.filter(label => label === 'server').length, 7);
	// The loss is told before anything else follows from it.
	const place = events.findIndex(({type}) => type === 'host-lost');
	assert.ok(place < events.findIndex(({type}) => type === 'attempt-discarded'));
});

test('A host that stays away fails what needs it in bounded time, and the rest goes on', async context => {
	const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
	let isGone = false;
	let goneAt = 0;
	const {events, outcome, directory} = await runOnFakeHosts(context, {
		// Three clients: the third benchmark alone places one on the third host.
		cluster: {1: {clients: addresses, server: ['10.0.0.1']}},
		selected: [3, 2, 1],
		policy: {hostWaitMs: 60_000, maxFailures: 1},
		beforeHost(address) {
			if (isGone && address === '10.0.0.2') {
				throw new BenchError('host', 'No route to host.');
			}
		},
		onEvent(event, {hosts, clock}) {
			if (event.type === 'phase-entered' && event.phase === 'lagging' && event.index === 2) {
				isGone = true;
				goneAt = clock.now();
				hosts.get('10.0.0.2')!.lose('10.0.0.2: silence.');
			}
		},
	});
	assert.equal(outcome, 'failed');
	assert.deepEqual(ofType(events, 'benchmark-finished').map(({id}) => id), ['003']);
	const [failed] = ofType(events, 'benchmark-failed');
	assert.match(failed?.failure.message ?? '', /did not come back within 0:01:00 \(--host-wait\)/);
	assert.ok(failed!.at - goneAt >= 60_000);
	assert.equal(ofType(events, 'attempt-discarded').length, 0);
	// It was a failure of its own, and the run was to end with the first.
	assert.match(ofType(events, 'suite-finished')[0]?.message ?? '', /ended with a failure; 1 not begun/);
	assert.ok(!fs.existsSync(`${directory}/001`));
});

test('Inputs that need a host that is gone fail without being begun, and do not end the run', async context => {
	let isGone = false;
	const {events} = await runOnFakeHosts(context, {
		cluster: {1: {clients: ['10.0.0.1', '10.0.0.2'], server: ['10.0.0.1']}},
		selected: [2, 3, 1],
		policy: {hostWaitMs: 1000, maxFailures: 2},
		beforeHost(address) {
			if (isGone && address === '10.0.0.2') {
				throw new BenchError('host', 'No route to host.');
			}
		},
		onEvent(event, {hosts}) {
			if (event.type === 'phase-entered' && event.phase === 'lagging' && event.index === 2) {
				isGone = true;
				hosts.get('10.0.0.2')!.lose('10.0.0.2: silence.');
			}
		},
	});
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({id, failure}) => [id, failure.kind]), [['002', 'host-lost'], ['003', 'host-lost']]);
	assert.match(ofType(events, 'benchmark-failed')[1]?.failure.message ?? '', /needs 10\.0\.0\.2, which cannot be reached; it was not begun/);
	assert.deepEqual(ofType(events, 'benchmark-finished').map(({id}) => id), ['001']);
	assert.deepEqual(ofType(events, 'suite-finished').map(({outcome, finished, failed}) => [outcome, finished, failed]), [['failed', 1, 2]]);
});

test('A run that only fails ends after so many failures in a row; a success starts the count anew', async context => {
	const {events, outcome} = await runOnFakeHosts(context, {scriptOf: crashing('1.1', '2.1', '3.1'), policy: {maxFailures: 2}});
	assert.equal(outcome, 'failed');
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({id}) => id), ['001', '002']);
	assert.match(ofType(events, 'suite-finished')[0]?.message ?? '', /after 2 failures in a row \(--max-failures\); 1 not begun/);
	const mixed = await runOnFakeHosts(context, {scriptOf: crashing('1.1', '3.1'), policy: {maxFailures: 2}});
	assert.equal(ofType(mixed.events, 'benchmark-started').length, 3);
	assert.equal(ofType(mixed.events, 'suite-finished')[0]?.message, undefined);
});

test('A benchmark that takes longer than --benchmark-timeout fails', async context => {
	const {events, hosts, started} = await runOnFakeHosts(context, {policy: {benchmarkTimeoutMs: 3000}, selected: [1]});
	const [failed] = ofType(events, 'benchmark-failed');
	assert.deepEqual([failed?.failure.kind, failed?.failure.message], ['timed-out', 'it took longer than 0:00:03 (--benchmark-timeout).']);
	assert.deepEqual(hosts.get('localhost')?.killed.toSorted(), started.toSorted());
});

test('A person skips a benchmark: it fails as skipped, is not tried again, and the next one runs', async context => {
	const {events} = await runOnFakeHosts(context, {
		policy: {retries: 3, maxFailures: 1},
		onEvent(event, {control}) {
			if (event.type === 'phase-entered' && event.phase === 'measuring' && event.index === 2) {
				control.skip();
			}
		},
	});
	assert.deepEqual(ofType(events, 'benchmark-failed').map(({id, failure}) => [id, failure.kind]), [['002', 'skipped']]);
	assert.deepEqual(ofType(events, 'benchmark-finished').map(({id}) => id), ['001', '003']);
});

test('A person stops a run: it ends in order, and says that it was asked to', async context => {
	const {events, outcome, hosts, directory} = await runOnFakeHosts(context, {
		onEvent(event, {control}) {
			if (event.type === 'phase-entered' && event.phase === 'measuring' && event.index === 2) {
				control.stop('A person stopped the run.');
			}
		},
	});
	assert.equal(outcome, 'interrupted');
	assert.deepEqual(ofType(events, 'stop-requested').map(({message}) => message), ['A person stopped the run.']);
	assert.equal(ofType(events, 'benchmark-failed').length, 0);
	assert.equal(hosts.get('localhost')?.killed.filter(label => label === 'server').length, 2);
	assert.ok(fs.existsSync(`${directory}/stop_time.txt`));
});

test('--hold keeps what a failed benchmark left alive until a person lets go', async context => {
	let heldAt = 0;
	const alive: string[] = [];
	const {events, hosts} = await runOnFakeHosts(context, {
		scriptOf: (label, benchmark) => label === 'client_0' && benchmark === 1 ? crash : healthy(label, benchmark),
		policy: {hold: true},
		onEvent(event, {control, clock, hosts: now}) {
			if (event.type === 'held') {
				heldAt = clock.now();
				void (async () => {
					await clock.sleep(3_600_000);
					alive.push(...now.get('localhost')!.killed);
					control.letGo();
				})();
			}
		},
	});
	const [held] = ofType(events, 'held');
	assert.deepEqual(held?.labels, ['server']);
	assert.deepEqual(alive, []);
	const [letGo] = ofType(events, 'let-go');
	assert.ok(letGo!.at >= heldAt + 3_600_000);
	assert.equal(ofType(events, 'benchmark-failed')[0]?.failure.kind, 'proc-died');
	assert.equal(hosts.get('localhost')!.killed[0], 'server');
	assert.equal(ofType(events, 'benchmark-finished').length, 2);
});

test('A resumed run does what was missing or failed, keeps the attempts, and orders its rows by directory', async context => {
	const first = await runOnFakeHosts(context, {
		scriptOf: crashing('1.1'),
		onEvent(event, {control}) {
			if (event.type === 'phase-entered' && event.phase === 'measuring' && event.index === 3) {
				control.stop('A person stopped the run.');
			}
		},
	});
	assert.equal(first.outcome, 'interrupted');
	const journal = path.join(first.directory, 'events.jsonl');
	const state = stateOf(await readJournal(journal))!;
	const columns = fs.readFileSync(`${first.directory}/results.csv`, 'utf8').split('\n', 1)[0]!.split(',');
	const {events, outcome, directory} = await runOnFakeHosts(context, {
		parent: path.dirname(first.directory), clock: first.clock, selected: [1, 3], resumed: {directory: first.directory, state, columns},
	});
	assert.equal(directory, first.directory);
	assert.equal(outcome, 'finished');
	assert.equal(events[0]?.type, 'suite-resumed');
	assert.deepEqual(ofType(events, 'attempt-discarded').map(({directory: aside, failure}) => [aside, failure?.kind]), [['001/attempt-1', 'proc-died'], ['003/attempt-1', undefined]]);
	assert.deepEqual(ofType(events, 'benchmark-started').map(({index, attempt}) => `${index}.${attempt}`), ['1.2', '3.2']);
	assert.deepEqual(ofType(events, 'suite-finished').map(({finished, failed}) => [finished, failed]), [[3, 0]]);
	const lines = fs.readFileSync(`${directory}/results.csv`, 'utf8').trimEnd().split('\n');
	assert.deepEqual(lines.slice(1).map(line => line.split(',', 1)[0]), ['1', '2', '3']);
	assert.ok(fs.existsSync(`${directory}/001/attempt-1/server_err.txt`));
	assert.ok(fs.existsSync(`${directory}/stop_time.txt`));
	const whole = stateOf(await readJournal(journal))!;
	assert.deepEqual(whole.benchmarks.map(({status, attempt}) => [status, attempt]), [['finished', 2], ['finished', 1], ['finished', 2]]);
});

test('A run that was killed at its very beginning is resumed from nothing but its journal', async context => {
	const first = await runOnFakeHosts(context, {
		onEvent(event, {control}) {
			if (event.type === 'suite-started') {
				control.stop('A person stopped the run.');
			}
		},
	});
	for (const name of ['results.csv', 'environment.json', 'stop_time.txt']) {
		fs.rmSync(`${first.directory}/${name}`);
	}

	const state = stateOf(await readJournal(path.join(first.directory, 'events.jsonl')))!;
	const {outcome, directory} = await runOnFakeHosts(context, {parent: path.dirname(first.directory), clock: first.clock, resumed: {directory: first.directory, state, columns: undefined}});
	assert.equal(outcome, 'finished');
	assert.equal(fs.readFileSync(`${directory}/results.csv`, 'utf8').trimEnd().split('\n').length, 4);
	assert.ok(fs.existsSync(`${directory}/environment.json`));
});

test('A run that is stopped before it has begun leaves nothing', async context => {
	const parent = temporaryFolder(context);
	await assert.rejects(runOnFakeHosts(context, {
		parent,
		beforeHost(_address, control) {
			control.stop('Ctrl-C');
		},
	}), {name: 'BenchError', code: 'canceled', message: 'Nothing was started.'});
	assert.deepEqual(fs.readdirSync(parent), []);
});

test('A question stands in the journal until somebody answers it, once', async context => {
	let asking: Promise<string> | undefined;
	const answers: string[] = [];
	const {events} = await runOnFakeHosts(context, {
		selected: [1],
		hooks: [{
			async place() {
				answers.push(await asking!);
			},
		}],
		onEvent(event, {control}) {
			if (event.type === 'benchmark-started') {
				asking = control.ask('Passphrase of the key id:');
			} else if (event.type === 'question-asked') {
				setImmediate(() => {
					control.answer(event.question, 'sesame');
					assert.throws(() => {
						control.answer('question-7', 'sesame');
					}, {message: 'That question is answered already.'});
				});
			}
		},
	});
	assert.deepEqual(answers, ['sesame']);
	assert.deepEqual(ofType(events, 'question-asked').map(({question, text, isHidden}) => [question, text, isHidden]), [['question-1', 'Passphrase of the key id:', true]]);
	assert.deepEqual(ofType(events, 'question-answered').map(({question}) => question), ['question-1']);
	assert.ok(!JSON.stringify(events).includes('sesame'));
});
