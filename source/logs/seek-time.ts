import {type ByteSource} from '../core/byte-source.ts';
import {detectFormat, formatPeriod, lineTime, type TimeContext} from './line-time.ts';
import {lineStart, type LogLine, readLines, readLinesBefore} from './read-lines.ts';
import {TimeAnchors} from './time-anchors.ts';
import {type TimeFormat} from './time-formats.ts';
import {firstLineWith} from './timed-line.ts';

/** The times of a log's lines. */
export type LogTimes = {
	/** Undefined for a log without times that are understood. */
	readonly format: TimeFormat | undefined;
	/**
	Epoch ms of each line; undefined for one without a time, such as a frame of a stack, and for all where it cannot be told how
	often a clock without day or hour has come round.
	*/
	timesOf(lines: readonly LogLine[]): Promise<ReadonlyArray<number | undefined>>;
	/**
	Offset of the last line that was written at or before a moment; the first line with a time where all are later, and
	undefined where no line has a time. Reads a few pieces of the log.
	*/
	seek(at: number): Promise<number | undefined>;
};

const sampleLines = 50;

/**
Finds out how a log writes its times.

@param pattern A person's own format, instead of those that are known.
*/
export async function logTimes(source: ByteSource, context: TimeContext, pattern?: TimeFormat): Promise<LogTimes> {
	const format = pattern ?? await formatOf(source, context);
	if (!format) {
		return {format, timesOf: async lines => lines.map(() => undefined), seek: async () => undefined};
	}

	const period = formatPeriod(format);
	const anchors = period === undefined ? undefined : new TimeAnchors(source, format, period, context);
	const at: TimeOf = anchors ? ({text, offset}) => anchors.at(text, offset) : ({text}) => lineTime(text, context, [format]);
	const isCertain = async () => !anchors || anchors.settle();
	return {
		format,
		timesOf: async lines => await isCertain() ? lines.map(line => at(line)) : lines.map(() => undefined),
		seek: async moment => await isCertain() ? seek(source, at, moment) : undefined,
	};
}

async function formatOf(source: ByteSource, context: TimeContext): Promise<TimeFormat | undefined> {
	const lineBytes = 1024;
	const head = await readLines(source, 0, sampleLines, {lineBytes});
	const found = detectFormat(head.map(({text}) => text), context);
	// A banner or a stack may come first.
	return found ?? detectFormat((await readLinesBefore(source, await source.size(), sampleLines, {lineBytes})).map(({text}) => text), context);
}

type TimeOf = (line: LogLine) => number | undefined;

/** Lines are taken to be in the order of their times; a few that are not put the answer off by those few. */
async function seek(source: ByteSource, at: TimeOf, moment: number): Promise<number | undefined> {
	const hasTime = (line: LogLine) => at(line) !== undefined;
	const size = await source.size();
	let low = 0;
	let high = size;
	let best: number | undefined;
	while (low < high) {
		const middle = await lineStart(source, Math.floor((low + high) / 2));
		const probe = Math.max(low, middle);
		const timed = await firstLineWith(source, hasTime, probe, high);
		if (timed && at(timed)! <= moment) {
			best = timed.offset;
			low = timed.end;
		} else {
			high = probe;
		}
	}

	return best ?? (await firstLineWith(source, hasTime, 0, size))?.offset;
}
