/** Which rows of a list are shown: `[from, to)`, with the cursor in view and no empty rows while there are more. */
export type Shown = {readonly from: number; readonly to: number};

/**
The window of a height on a list of a length that keeps the cursor in view, moving as little as it can from where it was.
*/
export function windowOn({length, height, cursor, from = 0}: {readonly length: number; readonly height: number; readonly cursor: number; readonly from?: number}): Shown {
	const last = Math.max(0, length - height);
	const start = Math.min(last, Math.max(0, cursor < from ? cursor : (cursor >= from + height ? cursor - height + 1 : from)));
	return {from: start, to: Math.min(length, start + height)};
}

/** A cursor that was moved, kept among a length of rows. */
export function clampCursor(cursor: number, length: number): number {
	return Math.max(0, Math.min(length - 1, cursor));
}
