import assert from 'node:assert/strict';
import test from 'node:test';
import {followTail, type Tail, type TailOptions} from '../../source/logs/follow-tail.ts';
import {memoryLog, type MemoryLog} from '../../source/logs/memory-log.ts';

const deadline = {timeout: 30_000};

function follow(log: MemoryLog, options?: TailOptions): {readonly until: (wanted: (tail: Tail) => boolean) => Promise<Tail>; readonly stop: () => void} {
	const seen: Tail[] = [];
	let wake = () => {/* Nobody waits yet */};
	const stop = followTail(log, tail => {
		seen.push(tail);
		wake();
	}, options);
	return {
		stop,
		async until(wanted) {
			while (true) {
				const last = seen.at(-1);
				if (last && wanted(last)) {
					return last;
				}

				const {promise, resolve} = Promise.withResolvers<void>();
				wake = resolve;
				await promise;
			}
		},
	};
}

const texts = ({lines}: Tail) => lines.map(({text}) => text);

test('A tail begins with the last lines and grows, a last line without its end included', deadline, async context => {
	const log = memoryLog('x', 'a\nb\nc\nd');
	const {until, stop} = follow(log, {lines: 3});
	context.after(stop);
	assert.deepEqual(texts(await until(({size}) => size === 7)), ['b', 'c', 'd']);
	log.append('d\n');
	assert.deepEqual(texts(await until(({size}) => size === 9)), ['b', 'c', 'dd']);
	log.append('e\n');
	const tail = await until(({size}) => size === 11);
	assert.deepEqual(texts(tail), ['c', 'dd', 'e']);
	assert.equal(tail.leftLines, 1);
});

test('A flood is cut to what a screen can show, and the rest is counted', deadline, async context => {
	const log = memoryLog('x', 'start\n');
	const {until, stop} = follow(log, {lines: 10, stepBytes: 1000});
	context.after(stop);
	await until(({size}) => size === 6);
	log.append('0123456789abcde\n'.repeat(1000));
	const tail = await until(({size}) => size === 16_006);
	assert.equal(tail.lines.length, 10);
	assert.equal(tail.skippedBytes, 16_006 - 6 - (63 * 16));
	assert.ok(tail.leftLines > 0);
});

test('A log that was cut is followed anew', deadline, async context => {
	const log = memoryLog('x', 'old\nold\n');
	const {until, stop} = follow(log);
	context.after(stop);
	await until(({size}) => size === 8);
	log.replace('new\n');
	assert.deepEqual(texts(await until(({size}) => size === 4)), ['new']);
});

test('A log that cannot be read says so and keeps what it had', deadline, async context => {
	const log = memoryLog('x', 'line\n');
	let isBroken = false;
	const {until, stop} = follow({...log, async size() {
		if (isBroken) {
			throw new Error('The disk is gone.');
		}

		return log.size();
	}});
	context.after(stop);
	await until(({size}) => size === 5);
	isBroken = true;
	log.append('more\n');
	const tail = await until(({problem}) => problem !== undefined);
	assert.equal(tail.problem, 'The disk is gone.');
	assert.deepEqual(texts(tail), ['line']);
});
