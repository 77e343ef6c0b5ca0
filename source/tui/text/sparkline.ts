/*
Small pictures of numbers, one row high.
*/
import {type Glyphs} from '../glyphs.ts';

/** A bar for each value from 0 to the greatest; a gap where there is none. */
export function sparkline(values: ReadonlyArray<number | undefined>, {bars}: Glyphs, greatest = Math.max(...values.map(value => value ?? 0))): string {
	return values.map(value => {
		if (value === undefined || !Number.isFinite(value)) {
			return ' ';
		}

		const level = greatest > 0 ? Math.round(value / greatest * (bars.length - 1)) : 0;
		return bars[Math.max(0, Math.min(bars.length - 1, level))]!;
	}).join('');
}

/** How much of a width a part from 0 to 1 fills, to an eighth of a cell, and the rest of it. */
export function progressBar(part: number, width: number, {blocks}: Glyphs): {readonly full: string; readonly rest: number} {
	const steps = Math.round(Math.max(0, Math.min(1, part)) * width * blocks.length);
	const whole = Math.floor(steps / blocks.length);
	const broken = steps % blocks.length;
	const full = blocks.at(-1)!.repeat(whole) + (broken === 0 ? '' : blocks[broken - 1]!);
	return {full, rest: width - whole - (broken === 0 ? 0 : 1)};
}
