import {type ByteSource} from '../core/byte-source.ts';
import {type LogLine, readLines} from './read-lines.ts';

const probeLines = 100;
// A stretch without such a line that is longer than this counts as having none.
const probeBytes = 4 * 1024 * 1024;

/** The first line in `[from, to)` that is one of those that are wanted; undefined where the first 4 MiB hold none. */
export async function firstLineWith(source: ByteSource, isWanted: (line: LogLine) => boolean, from: number, to: number): Promise<LogLine | undefined> {
	let position = from;
	const end = Math.min(to, from + probeBytes);
	while (position < end) {
		const lines = await readLines(source, position, probeLines, {to: end, lineBytes: 1024});
		const found = lines.find(line => isWanted(line));
		if (found) {
			return found;
		}

		const last = lines.at(-1);
		if (!last) {
			return undefined;
		}

		position = last.end;
	}

	return undefined;
}
