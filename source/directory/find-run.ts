import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {suggestion} from '../core/nearest.ts';
import {type ListedRun, listRuns, looksLikeRun} from './list-runs.ts';
import {isBenchmarkId} from './run-name.ts';

const maxNamed = 5;

/**
The suite directory that a person means.

@param run A path, the run's unique word or enough of it (any case), its directory's name, `last`, or `.`.
@param root Where words are looked for, and where `last` is the newest.
@returns Its absolute path.
@throws BenchError `usage` naming what could be meant.
*/
export async function findRun(run: string, root: string): Promise<string> {
	const isPath = run === '.' || run === '..' || run.includes('/') || run.includes(path.sep);
	const here = await runAt(path.resolve(run));
	if (here !== undefined) {
		return here;
	}

	if (isPath || run === '') {
		throw new BenchError('usage', await pathProblem(run));
	}

	const runs = await listRuns(root);
	if (runs.length === 0) {
		const none = run.toLowerCase() === 'last' ? 'There is no run in' : `There is no run "${run}": none is in`;
		throw new BenchError('usage', `${none} ${path.resolve(root)}; pass the path of a suite directory, or the directory of the runs with --suite-directory.`);
	}

	return run.toLowerCase() === 'last' ? runs[0]!.path : only(run, runs, root).path;
}

function only(run: string, runs: readonly ListedRun[], root: string): ListedRun {
	const word = run.toUpperCase();
	const stages: ReadonlyArray<(listed: ListedRun) => boolean> = [
		listed => listed.name === run || listed.word === word,
		listed => listed.word?.startsWith(word) ?? false,
		listed => listed.name.toUpperCase().includes(word),
	];
	for (const stage of stages) {
		const matches = runs.filter(listed => stage(listed));
		if (matches.length === 1) {
			return matches[0]!;
		}

		if (matches.length > 1) {
			throw new BenchError('usage', `"${run}" could be ${matches.length} runs in ${path.resolve(root)}: ${named(matches)}; give more of the word.`);
		}
	}

	const words = runs.map(listed => listed.word ?? listed.name);
	throw new BenchError('usage', `There is no run "${run}" in ${path.resolve(root)}${suggestion(run, words) || `; the newest are ${named(runs)}`}.`.replace(/\?\.$/, '?'));
}

// The directory itself, or the one above it where a person stands in a benchmark's.
async function runAt(directory: string): Promise<string | undefined> {
	const names = await namesIn(directory);
	if (names && looksLikeRun(path.basename(directory), names)) {
		return directory;
	}

	const parent = path.dirname(directory);
	const above = names && isBenchmarkId(path.basename(directory)) ? await namesIn(parent) : undefined;
	return above && looksLikeRun(path.basename(parent), above) ? parent : undefined;
}

async function namesIn(directory: string): Promise<ReadonlySet<string> | undefined> {
	try {
		return new Set(await fs.readdir(directory));
	} catch {
		return undefined;
	}
}

async function pathProblem(run: string): Promise<string> {
	const directory = path.resolve(run);
	if (await namesIn(directory) === undefined) {
		return `There is no directory ${directory}; pass the path of a suite directory, the word in its name, or "last".`;
	}

	const inside = await listRuns(directory);
	const hint = inside.length === 0 ? 'pass the path of a directory that a run made' : `it holds ${inside.length} (${named(inside)}): pass one of them`;
	return `${directory} is no suite directory; ${hint}.`;
}

function named(runs: readonly ListedRun[]): string {
	const more = runs.length > maxNamed ? ` and ${runs.length - maxNamed} more` : '';
	return runs.slice(0, maxNamed).map(({name}) => name).join(', ') + more;
}
