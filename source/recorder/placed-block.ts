import {type Block} from './block.ts';

/** A block whose labels are those of all files. */
export type PlacedBlock = Block & {
	/** Nanoseconds to add to its times, so that they count from the analysis' base. */
	readonly shift: number;
};

/** A row's start, nanoseconds after the analysis' base. */
export function startOf({shift, first, starts, unit}: PlacedBlock, row: number): number {
	return shift + first + (starts[row]! * unit);
}

/** The index of the first row, `from` or a later one, that does not start before a moment. */
export function firstRowFrom(block: PlacedBlock, moment: number, from = 0): number {
	return firstAtLeast(block, Math.ceil((moment - block.shift - block.first) / block.unit), from);
}

/** The index of the first row, `from` or a later one, that starts after a moment. */
export function firstRowAfter(block: PlacedBlock, moment: number, from = 0): number {
	return firstAtLeast(block, Math.floor((moment - block.shift - block.first) / block.unit) + 1, from);
}

function firstAtLeast({starts, rows}: PlacedBlock, units: number, from: number): number {
	let low = from;
	let high = rows;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (starts[middle]! < units) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
