/*
Log lines in the JAR's form: `[Nov 23 06:18:02.511000000] [INFO] [Thread 1] text`, the head in the level's colour.
*/
import fs from 'node:fs';
import {fail} from './flags.ts';

const levels: readonly string[] = ['debug', 'info', 'warn', 'error', 'fatal'];
type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
const colours: Readonly<Record<Level, number>> = {debug: 36, info: 34, warn: 33, error: 31, fatal: 35};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export type Log = (level: Level, text: string) => void;

/** A log on stdout that leaves out what is below a level; a level that there is not is one line on stderr and exit code 2. */
export function createLog(lowest: string): Log {
	const from = levels.indexOf(lowest);
	if (from === -1) {
		fail(`--log_level takes ${levels.join(', ')}, not "${lowest}"`);
	}

	return (level, text) => {
		if (levels.indexOf(level) < from) {
			return;
		}

		const tag = `\u{1B}[${colours[level]}m[${timeText(new Date())}] [${level.toUpperCase()}] [Thread 1] \u{1B}[0m`;
		try {
			// The stream of it takes longer to load than the rest of the program.
			fs.writeSync(1, `${tag}${text}\n`);
		} catch {
			// A log that cannot be written ends no measurement.
		}
	};
}

function timeText(at: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	return `${months[at.getMonth()]!} ${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}000000`;
}
