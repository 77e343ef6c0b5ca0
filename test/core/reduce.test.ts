import assert from 'node:assert/strict';
import test from 'node:test';
import {type RunEvent} from '../../source/core/event.ts';
import {reduce} from '../../source/core/reduce.ts';
import {selectElapsed, selectEta, selectProgress} from '../../source/core/selectors.ts';
import {emptyState, type RunState} from '../../source/core/state.ts';

const runner = {pid: 1, hostname: 'here', version: '0'};
const started: RunEvent = {
	type: 'suite-started', at: 1000, suite: 'own', name: 'own', directory: '/runs/own', engine: 'program', args: {}, inputs: [{n: 1}, {n: 2}, {n: 3}],
	selected: [1, 2, 3], estimatesMs: [5000, 5000, 5000], runner, hosts: ['localhost'], control: '/run/one.sock',
};
const failure = {kind: 'host-lost', message: 'gone', host: '10.0.0.1'} as const;

function fold(events: readonly RunEvent[]): RunState {
	return events.reduce((state, event) => reduce(state, event), emptyState);
}

test('A resumed run keeps what it finished, waits for what it runs again, and does not count the time between', () => {
	const before = fold([
		started,
		{type: 'benchmark-started', at: 1000, index: 1, id: '001', attempt: 1},
		{type: 'benchmark-finished', at: 6000, index: 1, id: '001', durationMs: 5000, summary: '{}', output: {}},
		{type: 'benchmark-started', at: 6000, index: 2, id: '002', attempt: 1},
		{type: 'benchmark-failed', at: 7000, index: 2, id: '002', durationMs: 1000, failure},
		{type: 'suite-finished', at: 7000, outcome: 'failed', finished: 1, failed: 1},
	]);
	assert.equal(before.outcome, 'failed');
	const resumed = reduce(before, {type: 'suite-resumed', at: 107_000, selected: [2, 3], estimatesMs: [4000, 4000], runner: {...runner, pid: 2}, hosts: ['localhost'], control: '/run/two.sock'});
	assert.deepEqual(resumed.benchmarks.map(({status}) => status), ['finished', 'waiting', 'waiting']);
	assert.deepEqual([resumed.outcome, resumed.endedAt, resumed.runner?.pid, resumed.control, resumed.resumes], [undefined, undefined, 2, '/run/two.sock', 1]);
	assert.deepEqual(selectProgress(resumed), {total: 3, finished: 1, failed: 0, done: 1});
	assert.equal(selectElapsed(resumed, 108_000), 7000);
	assert.equal(selectEta(resumed, 107_000), 8000);
	const stopped = reduce(resumed, {type: 'suite-finished', at: 108_000, outcome: 'interrupted', finished: 1, failed: 1});
	assert.deepEqual(stopped.benchmarks.map(({status}) => status), ['finished', 'failed', 'waiting']);
});

test('A discarded attempt is kept beside the one that follows it', () => {
	const state = fold([
		started,
		{type: 'benchmark-started', at: 1000, index: 1, id: '001', attempt: 1},
		{type: 'attempt-discarded', at: 2000, index: 1, id: '001', attempt: 1, directory: '001/attempt-1', message: 'The host came back.', failure, durationMs: 1000},
		{type: 'benchmark-started', at: 2000, index: 1, id: '001', attempt: 2},
	]);
	const [benchmark] = state.benchmarks;
	assert.deepEqual([benchmark?.status, benchmark?.attempt, benchmark?.failure], ['running', 2, undefined]);
	assert.deepEqual(benchmark?.earlier.map(({attempt, directory, failure: of}) => [attempt, directory, of?.kind]), [[1, '001/attempt-1', 'host-lost']]);
});

test('Lost hosts, open questions, what is held and a stop are known until they are over', () => {
	const open = fold([
		started,
		{type: 'host-lost', at: 1001, host: '10.0.0.1', message: '10.0.0.1: gone.'},
		{type: 'question-asked', at: 1002, question: 'key', text: 'Passphrase?', isHidden: true},
		{type: 'held', at: 1003, index: 1, id: '001', labels: ['server'], message: 'Held.'},
		{type: 'stop-requested', at: 1004, message: 'A person wants the end.'},
	]);
	assert.deepEqual([open.lostHosts.length, open.questions.length, open.held?.labels, open.stopping, open.warnings.length], [1, 1, ['server'], 'A person wants the end.', 1]);
	const over = (['host-regained', 'question-answered', 'let-go'] as const).reduce((state, type) => reduce(state, {
		'host-regained': {type: 'host-regained' as const, at: 2000, host: '10.0.0.1', afterMs: 999},
		'question-answered': {type: 'question-answered' as const, at: 2000, question: 'key'},
		'let-go': {type: 'let-go' as const, at: 2000, index: 1},
	}[type]), open);
	assert.deepEqual([over.lostHosts, over.questions, over.held], [[], [], undefined]);
	const ended = reduce(open, {type: 'suite-finished', at: 3000, outcome: 'interrupted', finished: 0, failed: 0, message: 'stopped'});
	assert.deepEqual([ended.lostHosts, ended.questions, ended.held, ended.stopping, ended.endMessage], [[], [], undefined, undefined, 'stopped']);
});

test('How far an analysis is belongs to its phase', () => {
	const analysing = fold([
		started,
		{type: 'benchmark-started', at: 1000, index: 1, id: '001', attempt: 1},
		{type: 'phase-entered', at: 5000, index: 1, phase: 'analysing'},
		{type: 'analysis-progressed', at: 5100, index: 1, bytes: 62, totalBytes: 100},
	]);
	assert.deepEqual(analysing.benchmarks[0]!.analysis, {bytes: 62, totalBytes: 100});
	assert.equal(reduce(analysing, {type: 'phase-entered', at: 6000, index: 1, phase: 'placing'}).benchmarks[0]!.analysis, undefined);
});

test('Procs stand in the order of the plan, whichever started first; without their places, in that of the journal', () => {
	const labelsOf = (places: ReadonlyArray<number | undefined>) => fold([
		started,
		{type: 'benchmark-started', at: 1000, index: 1, id: '001', attempt: 1},
		...places.map((place, nth): RunEvent => ({
			type: 'proc-started', at: 1001 + nth, index: 1, label: `acceptor_${place ?? nth}`, role: 'acceptors', host: 'localhost', ip: '127.0.0.1', pid: nth + 1, place,
		})),
	]).benchmarks[0]!.procs.map(({label}) => label);
	assert.deepEqual(labelsOf([2, 0, 3, 1]), ['acceptor_0', 'acceptor_1', 'acceptor_2', 'acceptor_3']);
	assert.deepEqual(labelsOf([undefined, undefined]), ['acceptor_0', 'acceptor_1']);
});
