import {type Dirent} from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import {compareNaturally} from '../core/natural-order.ts';
import {directoryError, errorCode} from './directory-error.ts';
import {isBenchmarkId, parseRunName} from './run-name.ts';

export type ListedRun = {
	/** Absolute. */
	readonly path: string;
	readonly name: string;
	/** Undefined where the directory was renamed. */
	readonly word: string | undefined;
	/** What the name ends in. */
	readonly suite: string;
	/** Epoch ms: by its name, else when the directory last changed. */
	readonly at: number;
};

const signs: readonly string[] = ['args.json', 'inputs.txt', 'results.csv', 'results.csv.gz', 'events.jsonl'];

/**
The suite directories in a directory, newest first. Only those that were renamed are looked into.

@returns Empty where there is no such directory.
@throws BenchError `directory` where it cannot be listed.
*/
export async function listRuns(root: string): Promise<readonly ListedRun[]> {
	const directory = path.resolve(root);
	let entries: readonly Dirent[];
	try {
		entries = await fs.readdir(directory, {withFileTypes: true});
	} catch (error) {
		if (errorCode(error) !== 'ENOENT') {
			throw directoryError('read', directory, error);
		}

		entries = [];
	}

	const runs = await Promise.all(entries.filter(entry => entry.isDirectory() || entry.isSymbolicLink()).map(async entry => listed(path.join(directory, entry.name), entry)));
	return runs.filter(run => run !== undefined).toSorted((one, other) => other.at - one.at || compareNaturally(other.name, one.name));
}

/** Whether a directory is one that a run made, or what is left of one. */
export function looksLikeRun(name: string, names: ReadonlySet<string>): boolean {
	const isBenchmark = names.has('input.json') && !names.has('args.json');
	const hasSign = parseRunName(name) !== undefined || signs.some(sign => names.has(sign)) || (names.has('start_time.txt') && [...names].some(entry => isBenchmarkId(entry)));
	return hasSign && !isBenchmark;
}

async function listed(directory: string, entry: Dirent): Promise<ListedRun | undefined> {
	const {name} = entry;
	const parts = parseRunName(name);
	if (parts && entry.isDirectory()) {
		return {path: directory, name, word: parts.word, suite: parts.suite, at: parts.startedAt};
	}

	try {
		const [names, {mtimeMs}] = await Promise.all([fs.readdir(directory), fs.stat(directory)]);
		return looksLikeRun(name, new Set(names)) ? {path: directory, name, word: parts?.word, suite: parts?.suite ?? name, at: parts?.startedAt ?? mtimeMs} : undefined;
	} catch {
		// A link to nowhere, or a directory of somebody else.
		return undefined;
	}
}
