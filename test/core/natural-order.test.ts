import assert from 'node:assert/strict';
import test from 'node:test';
import {compareNaturally} from '../../source/core/natural-order.ts';

const sorted: ReadonlyArray<readonly string[]> = [
	['2 clients', '10 clients', '100 clients'],
	['client', 'client_2_out', 'client_10', 'client_10_out', 'client_11'],
	['acceptor_0_2', 'acceptor_0_10', 'acceptor_1_0'],
	['Paxos 2', 'paxos 10', 'Raft 1'],
	['name 7', 'name 007b', 'name 8'],
	['rate 0.25', 'rate 0.5', 'rate 1', 'rate 1.5', 'rate 10'],
	['offset -10', 'offset -9.5', 'offset -2', 'offset 0', 'offset 3'],
	['v1.9', 'v1.10', 'v2.0'],
	['10.0.0.2:9', '10.0.0.2:10', '10.0.0.10:1'],
	['id 9007199254740992', 'id 9007199254740993', 'id 10000000000000000000000'],
	['etude 2', 'étude 10', 'zebra'],
	['', '1', 'a', 'b'],
];

test('Names with numbers in them sort by the numbers, whatever comes around them', () => {
	for (const names of sorted) {
		assert.deepEqual(names.toReversed().toSorted(compareNaturally), names);
		assert.deepEqual(names.toSorted(compareNaturally), names);
	}
});

test('The order is one of all names: only equal names are alike, and what follows from two comparisons is a third', () => {
	const names = sorted.flat();
	for (const one of names) {
		for (const other of names) {
			const order = compareNaturally(one, other);
			assert.equal(order, one === other ? 0 : -compareNaturally(other, one), `${one} ${other}`);
			assert.equal(order === 0, one === other, `${one} ${other}`);
			assert.ok(names.every(third => order > 0 || compareNaturally(other, third) > 0 || compareNaturally(one, third) <= 0), `${one} ${other}`);
		}
	}

	assert.deepEqual(['a 01', 'A 1', 'a 1'].toSorted(compareNaturally), ['A 1', 'a 01', 'a 1']);
});
