/*
What a proc's logs say around a moment: where their lines tell the time, those of that second; else their last ones.
*/
import {localFile} from '../logs/local-file.ts';
import {lineKind} from '../logs/error-lines.ts';
import {type TimeContext} from '../logs/line-time.ts';
import {readLines, readLinesBefore} from '../logs/read-lines.ts';
import {logTimes} from '../logs/seek-time.ts';
import {plainText} from '../logs/styled-text.ts';

export type SaidLine = {
	readonly label: string;
	readonly stream: 'out' | 'err';
	/** Epoch ms; undefined where the line tells no time. */
	readonly at: number | undefined;
	/** Without control sequences. */
	readonly text: string;
	readonly isError: boolean;
};

const aroundMs = 1000;
const maxRead = 500;
const lineBytes = 2048;

/**
The lines of one log, at most `limit`: errors alone where there are any, and the latest of them.

@param at Epoch ms; undefined where it is not known when it happened.
*/
export async function saidAround(file: string, {label, stream}: Pick<SaidLine, 'label' | 'stream'>, at: number | undefined, context: TimeContext, limit: number): Promise<readonly SaidLine[]> {
	const source = localFile(file);
	try {
		const times = await logTimes(source, context);
		const offset = at === undefined ? undefined : await times.seek(at - aroundMs);
		const lines = offset === undefined ? await readLinesBefore(source, await source.size(), limit, {lineBytes}) : await readLines(source, offset, maxRead, {lineBytes});
		const ats = await times.timesOf(lines);
		const said = lines.map(({text}, index): SaidLine => ({label, stream, at: ats[index], text: plainText(text).trimEnd(), isError: lineKind(text) === 'error'})).filter(({text}) => text !== '');
		const near = offset === undefined ? said : said.filter(line => line.at !== undefined && Math.abs(line.at - at!) <= aroundMs);
		const errors = near.filter(({isError}) => isError);
		return (errors.length > 0 ? errors : near).slice(-limit);
	} catch {
		// A log that cannot be read says nothing.
		return [];
	} finally {
		await source.close();
	}
}
