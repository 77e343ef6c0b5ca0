import path from 'node:path';
import {type JsonObject} from '../core/json.ts';
import {isAttemptName} from './benchmark-directory.ts';
import {reasonOf} from './directory-error.ts';
import {type Folder, openFolder} from './folder.ts';
import {mapLimited} from './map-limited.ts';
import {isBenchmarkId} from './run-name.ts';
import {parseTimeText} from './time-text.ts';

/** What a benchmark directory tells of itself, before results and journal are asked. */
export type BenchmarkFiles = {
	/** From 1. */
	readonly index: number;
	readonly id: string;
	readonly folder: Folder;
	readonly input: JsonObject | undefined;
	/** Epoch ms. */
	readonly startedAt: number | undefined;
	readonly stoppedAt: number | undefined;
	/** Whether stop_time.txt is there, readable or not. */
	readonly hasStopped: boolean;
	/** Earlier attempts that were put aside. */
	readonly earlierAttempts: number;
};

const maxAtOnce = 4;

/** The benchmark directories of a suite directory, by number. */
export async function readBenchmarkFiles(suite: Folder, warnings: string[]): Promise<readonly BenchmarkFiles[]> {
	const ids = [...suite.names].filter(name => isBenchmarkId(name)).toSorted((one, other) => Number(one) - Number(other));
	const found = await mapLimited(ids, maxAtOnce, async id => readOne(suite, id, warnings));
	return found.filter(files => files !== undefined);
}

async function readOne(suite: Folder, id: string, warnings: string[]): Promise<BenchmarkFiles | undefined> {
	const directory = path.join(suite.path, id);
	let folder: Folder;
	try {
		folder = await openFolder(directory, `${id}/`, warnings);
	} catch (error) {
		warnings.push(`${id}: cannot be listed: ${reasonOf(error)}`);
		return undefined;
	}

	const input = await folder.json('input.json');
	if (!folder.names.has('input.json')) {
		folder.warn('input.json: is missing');
	}

	return {
		index: Number(id),
		id,
		folder,
		input,
		startedAt: await readTime(folder, 'start_time.txt'),
		stoppedAt: await readTime(folder, 'stop_time.txt'),
		hasStopped: folder.names.has('stop_time.txt'),
		earlierAttempts: [...folder.names].filter(name => isAttemptName(name)).length,
	};
}

/** Epoch ms from a file that holds one local time. */
export async function readTime(folder: Folder, name: string): Promise<number | undefined> {
	const text = await folder.text(name);
	const at = text === undefined ? undefined : parseTimeText(text);
	if (text !== undefined && at === undefined) {
		folder.warn(`${name}: ${text.trim() === '' ? 'is empty' : 'does not hold a time'}`);
	}

	return at;
}
