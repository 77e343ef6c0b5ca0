/*
How values are sorted: numbers and durations by size, texts after them, in their natural order.
*/
import {parseDuration} from '../core/duration.ts';
import {type Json} from '../core/json.ts';
import {naturalKey} from '../core/natural-order.ts';
import {keyOf} from './columns.ts';

export type SortKey = number | string | undefined;

/** What a value is sorted by; undefined where there is none. */
export function sortKey(value: Json | undefined): SortKey {
	if (value === undefined || value === null || typeof value === 'number') {
		return value ?? undefined;
	}

	if (typeof value !== 'string') {
		return naturalKey(keyOf(value));
	}

	try {
		return /^\d/.test(value) ? parseDuration(value) : naturalKey(value);
	} catch {
		return naturalKey(value);
	}
}

/** The order of two keys. What is missing comes last, whichever the direction. */
export function compareKeys(left: SortKey, right: SortKey, isDescending = false): number {
	if (left === undefined || right === undefined) {
		return Number(left === undefined) - Number(right === undefined);
	}

	const order = typeof left === typeof right ? Number(left > right) - Number(left < right) : Number(typeof left === 'string') - Number(typeof right === 'string');
	return isDescending ? -order : order;
}

/** The order of two values. */
export function compareValues(one: Json | undefined, other: Json | undefined): number {
	return compareKeys(sortKey(one), sortKey(other));
}

/** The values of a column in their order, each once. Words that hold no number have none: they stay as they came. */
export function orderedCategories(values: ReadonlyArray<Json | undefined>): readonly string[] {
	const byKey = new Map(values.map(value => [keyOf(value), value]));
	const distinct = [...byKey.keys()];
	return distinct.some(text => /\d/.test(text)) ? distinct.toSorted((one, other) => compareValues(byKey.get(one), byKey.get(other))) : distinct;
}
