/*
How values are sorted: numbers and durations by size, texts after them.
*/
import {parseDuration} from '../core/duration.ts';
import {type Json} from '../core/json.ts';
import {keyOf} from './columns.ts';

export type SortKey = number | string | undefined;

/** What a value is sorted by; undefined where there is none. */
export function sortKey(value: Json | undefined): SortKey {
	if (value === undefined || value === null || typeof value === 'number') {
		return value ?? undefined;
	}

	if (typeof value !== 'string') {
		return keyOf(value);
	}

	try {
		return /^\d/.test(value) ? parseDuration(value) : value;
	} catch {
		return value;
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
