import assert from 'node:assert/strict';
import {type LabelFigures} from '../../source/recorder/request.ts';

/** Figures nested one deep, their names joined by dots. */
export function flatFigures(figures: LabelFigures): Readonly<Record<string, number>> {
	return Object.fromEntries(
		Object.entries(figures).flatMap(([name, value]): ReadonlyArray<readonly [string, number]> =>
			typeof value === 'number'
				? [[name, value]]
				: Object.entries(value as Record<string, number>).map(([inner, number]) => [`${name}.${inner}`, number]),
		),
	);
}

/** Means and sums agree to 1e-9, order statistics and quantiles to 1e-12, NaN with NaN (or the reference's null). */
export function assertFigures(actual: LabelFigures | undefined, expected: Readonly<Record<string, number | null>>, what: string): void {
	assert.ok(actual, `${what}: the label is there`);
	const flat = flatFigures(actual);
	for (const [name, value] of Object.entries(expected)) {
		const found = flat[name];
		if (found === undefined) {
			assert.fail(`${what}: there is no ${name}`);
		}

		if (value === null || Number.isNaN(value)) {
			assert.ok(Number.isNaN(found), `${what}: ${name} is ${found}, not nan`);
			continue;
		}

		const tolerance = /mean|std|rates/.test(name) ? 1e-9 : 1e-12;
		assert.ok(Math.abs(found - value) <= tolerance * Math.abs(value), `${what}: ${name} is ${found}, not ${value}`);
	}
}
