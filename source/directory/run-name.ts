import {parseTimeText} from './time-text.ts';

export type RunName = {
	/** Epoch ms. */
	readonly startedAt: number;
	/** Ten letters. */
	readonly word: string;
	/** What the suite calls itself: `unreplicated_smoke`. */
	readonly suite: string;
};

/** The parts of `2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke`; undefined for other names. */
export function parseRunName(name: string): RunName | undefined {
	const match = /^(?<time>\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d(?:\.\d{1,6})?)_(?<word>[A-Z]{10})_(?<suite>.+)$/s.exec(name)?.groups;
	const startedAt = match && parseTimeText(match['time']!);
	return startedAt === undefined ? undefined : {startedAt, word: match!['word']!, suite: match!['suite']!};
}

/** Whether this is a benchmark directory's name: `001`, `1000`. */
export function isBenchmarkId(name: string): boolean {
	return /^\d{3,}$/.test(name) && Number(name) > 0;
}
