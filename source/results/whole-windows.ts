/**
Tells which windows are whole: all but those that begin last. The rows end somewhere within the last window, so that its
rate is no drop, however low it is. A single window is all there is.

@param starts When each of the windows begins, of all labels together.
*/
export function wholeWindows(starts: readonly number[]): (start: number) => boolean {
	let first = Infinity;
	let last = -Infinity;
	for (const start of starts) {
		first = Math.min(first, start);
		last = Math.max(last, start);
	}

	return start => start < last || first === last;
}
