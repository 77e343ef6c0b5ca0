/*
Where a window of some lines on a log begins: offsets of first lines, found by reading what is near.
*/
import {type ByteSource} from '../../core/byte-source.ts';
import {type LogLine, readLines, readLinesBefore} from '../../logs/read-lines.ts';

/** How much of a line is kept as text. */
export const lineBytes = 4096;

/** The first line of the last page; `kept` are the lines at the end that are known. */
export async function lastTop(source: ByteSource, kept: readonly LogLine[], height: number): Promise<number> {
	if (kept.length >= height) {
		return kept.at(-height)!.offset;
	}

	const lines = await readLinesBefore(source, await source.size(), height, {lineBytes});
	return lines[0]?.offset ?? 0;
}

/**
The first line after a step of some lines.

@param top The first line now; undefined while the end is followed.
@param end The first line of the last page.
@returns undefined where the end is followed from now on
*/
export async function steppedTop(source: ByteSource, top: number | undefined, end: number, step: number): Promise<number | undefined> {
	if (step === Infinity) {
		return undefined;
	}

	if (step === -Infinity) {
		return 0;
	}

	const from = top ?? end;
	if (step < 0) {
		const lines = await readLinesBefore(source, from, -step, {lineBytes});
		return lines[0]?.offset ?? 0;
	}

	// A log that is followed is at its end already.
	if (step === 0 || top === undefined) {
		return top;
	}

	const lines = await readLines(source, from, step, {lineBytes});
	return Math.min(Math.max(from, end), lines.at(-1)?.end ?? from);
}

/** Where the line begins that holds an offset. */
export async function lineAround(source: ByteSource, offset: number): Promise<number> {
	const [line] = await readLinesBefore(source, (await readLines(source, offset, 1))[0]?.end ?? offset, 1, {lineBytes});
	return line?.offset ?? offset;
}

/** The first line of a window in which some lines stand before this one. */
export async function topBefore(source: ByteSource, offset: number, lines: number): Promise<number> {
	const before = await readLinesBefore(source, offset, Math.max(0, lines), {lineBytes});
	return before[0]?.offset ?? offset;
}
