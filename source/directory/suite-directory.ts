/*
A suite directory, while a run writes it: byte for byte as the reference harness does, save that rows end in LF.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError} from '../core/errors.ts';
import {type JsonObject} from '../core/json.ts';
import {attemptName, type BenchmarkDirectory, createBenchmarkDirectory, setAttemptAside} from './benchmark-directory.ts';
import {directoryError, errorCode} from './directory-error.ts';
import {createResultsFile, reopenResultsFile, type ResultsFile, rewriteResults} from './results-file.ts';
import {timeText} from './time-text.ts';
import {writeWhole} from './write-whole.ts';

/** Everything rejects with a BenchError `directory` that names the file. */
export type SuiteDirectory = {
	/** Absolute. */
	readonly path: string;
	/** Its last part: `2021-04-07_18:41:18.893020_HAOSRTGXOI_unreplicated_smoke`. */
	readonly name: string;
	/** `args.json`. */
	writeArgs(args: JsonObject): Promise<void>;
	/** `inputs.txt`: a line per benchmark. */
	writeInputs(lines: readonly string[]): Promise<void>;
	/** Times are epoch ms. */
	writeStartTime(at: number): Promise<void>;
	writeStopTime(at: number): Promise<void>;
	/** `environment.json`. */
	writeEnvironment(environment: JsonObject): Promise<void>;
	/** Whether there is something of a name in it. */
	has(name: string): Promise<boolean>;
	/** Takes stop_time.txt away: the run goes on. */
	removeStopTime(): Promise<void>;
	/** Makes `results.csv` with its header; with rows, those replace what a resumed run's file holds. */
	results(header: readonly string[], rows?: ReadonlyArray<readonly string[]>): Promise<ResultsFile>;
	/** Replaces `results.csv`, by rename. */
	rewriteResults(header: readonly string[], rows: ReadonlyArray<readonly string[]>): Promise<void>;
	/** Makes the directory of a benchmark, in which nothing but earlier attempts may be. */
	benchmark(id: string): Promise<BenchmarkDirectory>;
	/** Puts the files of a benchmark's attempt aside, where there are any. Returns where, relative to this directory. */
	setAside(id: string, attempt: number): Promise<string>;
};

type Options = {
	/** Made where it is missing. */
	readonly parent: string;
	readonly name: string;
	/** Epoch ms; its fraction gives the microseconds of the name. */
	readonly now: () => number;
	/** As `Math.random`. */
	readonly random: () => number;
};

// Twice the same word in the same microsecond is an accident; ten times is a `random` that is stuck.
const maxAttempts = 10;

/**
Makes a new suite directory, `<start>_<10 random A-Z>_<name>`; never takes one that is there.

@throws BenchError `directory` naming the path and what to do.
*/
export async function createSuiteDirectory({parent, name, now, random}: Options): Promise<SuiteDirectory> {
	if (name === '' || /[\p{Control}/\\]/u.test(name)) {
		throw new BenchError('directory', `A suite directory cannot end in "${name}"; give the suite a name without slashes and control characters.`);
	}

	const root = path.resolve(parent);
	try {
		await makeWithParents(root);
	} catch (error) {
		throw directoryError('make', root, error, false);
	}

	for (let attempt = 1; ; attempt++) {
		const directory = path.join(root, `${timeText(now(), '_')}_${randomWord(random)}_${name}`);
		try {
			await fs.mkdir(directory);
			return suiteDirectory(directory);
		} catch (error) {
			if (errorCode(error) !== 'EEXIST' || attempt === maxAttempts) {
				throw directoryError('make', directory, error);
			}
		}
	}
}

// Node's own recursive mkdir never comes back where a file system refuses with ENOENT below a directory that is there, as
// /proc does.
async function makeWithParents(directory: string): Promise<void> {
	try {
		await fs.mkdir(directory);
	} catch (error) {
		const parent = path.dirname(directory);
		if (errorCode(error) === 'EEXIST') {
			const found = await fs.stat(directory);
			if (found.isDirectory()) {
				return;
			}
		}

		if (errorCode(error) !== 'ENOENT' || await isThere(parent)) {
			throw error;
		}

		await makeWithParents(parent);
		// Another run may have made it meanwhile.
		await makeWithParents(directory);
	}
}

/** The directory of a run that is resumed. */
export function openSuiteDirectory(directory: string): SuiteDirectory {
	return suiteDirectory(path.resolve(directory));
}

function suiteDirectory(directory: string): SuiteDirectory {
	const write = async (name: string, text: string) => writeWhole(path.join(directory, name), text);
	const results = path.join(directory, 'results.csv');
	const writeJson = async (name: string, value: JsonObject) => write(name, `${JSON.stringify(value, undefined, 4)}\n`);
	return {
		path: directory,
		name: path.basename(directory),
		writeArgs: async args => writeJson('args.json', args),
		writeInputs: async lines => write('inputs.txt', lines.map(line => `${line}\n`).join('')),
		writeStartTime: async at => write('start_time.txt', `${timeText(at)}\n`),
		writeStopTime: async at => write('stop_time.txt', `${timeText(at)}\n`),
		writeEnvironment: async environment => writeJson('environment.json', environment),
		has: async name => isThere(path.join(directory, name)),
		async removeStopTime() {
			await fs.rm(path.join(directory, 'stop_time.txt'), {force: true});
		},
		results: async (header, rows) => rows ? reopenResultsFile(results, header, rows) : createResultsFile(results, header),
		rewriteResults: async (header, rows) => rewriteResults(results, header, rows),
		benchmark: async id => createBenchmarkDirectory(path.join(directory, id)),
		async setAside(id, attempt) {
			if (await isThere(path.join(directory, id))) {
				await setAttemptAside(path.join(directory, id), attempt);
			}

			return `${id}/${attemptName(attempt)}`;
		},
	};
}

async function isThere(directory: string): Promise<boolean> {
	try {
		await fs.access(directory);
		return true;
	} catch {
		return false;
	}
}

function randomWord(random: () => number): string {
	return Array.from({length: 10}, () => String.fromCodePoint(65 + Math.floor(random() * 26))).join('');
}
