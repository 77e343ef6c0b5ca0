import {type ByteSource} from '../core/byte-source.ts';
import {detectFormat, lineTime, type TimeContext} from './line-time.ts';
import {lineStart, readLines, readLinesBefore} from './read-lines.ts';
import {type TimeFormat} from './time-formats.ts';

/** The times of a log's lines. */
export type LogTimes = {
	/** Undefined for a log without times that are understood. */
	readonly format: TimeFormat | undefined;
	/** Epoch ms of a line; undefined for one without a time, such as a frame of a stack. */
	at(line: string): number | undefined;
	/**
	Offset of the last line that was written at or before a moment; the first line with a time where all are later, and
	undefined where no line has a time. Reads a few pieces of the log.
	*/
	seek(at: number): Promise<number | undefined>;
};

const sampleLines = 50;
const probeLines = 100;
// A stretch without times that is longer than this counts as later.
const probeBytes = 4 * 1024 * 1024;

/**
Finds out how a log writes its times.

@param pattern A person's own format, instead of those that are known.
*/
export async function logTimes(source: ByteSource, context: TimeContext, pattern?: TimeFormat): Promise<LogTimes> {
	const format = pattern ?? await formatOf(source, context);
	const at = (line: string) => format && lineTime(line, context, [format]);
	return {format, at, seek: async moment => (format ? seek(source, at, moment) : undefined)};
}

async function formatOf(source: ByteSource, context: TimeContext): Promise<TimeFormat | undefined> {
	const lineBytes = 1024;
	const head = await readLines(source, 0, sampleLines, {lineBytes});
	const found = detectFormat(head.map(({text}) => text), context);
	// A banner or a stack may come first.
	return found ?? detectFormat((await readLinesBefore(source, await source.size(), sampleLines, {lineBytes})).map(({text}) => text), context);
}

type Timed = {readonly offset: number; readonly end: number; readonly at: number};

/** Lines are taken to be in the order of their times; a few that are not put the answer off by those few. */
async function seek(source: ByteSource, at: (line: string) => number | undefined, moment: number): Promise<number | undefined> {
	let low = 0;
	let high = await source.size();
	let best: number | undefined;
	while (low < high) {
		const middle = await lineStart(source, Math.floor((low + high) / 2));
		const probe = Math.max(low, middle);
		const timed = await firstTimed(source, at, probe, Math.min(high, probe + probeBytes));
		if (timed === undefined) {
			high = probe;
		} else if (timed.at <= moment) {
			best = timed.offset;
			low = timed.end;
		} else {
			high = probe;
		}
	}

	return best ?? (await firstTimed(source, at, 0, Math.min(probeBytes, await source.size())))?.offset;
}

async function firstTimed(source: ByteSource, at: (line: string) => number | undefined, from: number, to: number): Promise<Timed | undefined> {
	let position = from;
	while (position < to) {
		const lines = await readLines(source, position, probeLines, {to, lineBytes: 1024});
		for (const line of lines) {
			const time = at(line.text);
			if (time !== undefined) {
				return {offset: line.offset, end: line.end, at: time};
			}
		}

		const end = lines.at(-1)?.end;
		if (end === undefined) {
			return undefined;
		}

		position = end;
	}

	return undefined;
}
