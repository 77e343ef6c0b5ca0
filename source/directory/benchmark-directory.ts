import fs from 'node:fs/promises';
import path from 'node:path';
import {directoryError, errorCode} from './directory-error.ts';
import {logTimeText, timeText} from './time-text.ts';
import {writeWhole} from './write-whole.ts';

/** One benchmark's directory, while it is written. Everything but `log` rejects with a BenchError `directory` naming the file. */
export type BenchmarkDirectory = {
	readonly path: string;
	/** `001`. */
	readonly id: string;
	/** The path of a file in it. */
	file(name: string): string;
	/** `input.json` and `input.txt`; each gets its line end. */
	writeInput(json: string, text: string): Promise<void>;
	/** Appends a line to log.txt, in the order of the calls. Never rejects: the log is for people, and ends no benchmark. */
	log(at: number, message: string): Promise<void>;
	/** Written whole, under a temporary name and renamed. */
	writeFile(name: string, text: string): Promise<void>;
	/** `<label>_cmd.txt`. */
	writeCommand(label: string, line: string): Promise<void>;
	/** `<label>_returncode.txt`. */
	writeReturnCode(label: string, code: number): Promise<void>;
	/** `pids.json`: `ip:pid` → label. */
	writePids(pids: Readonly<Record<string, string>>): Promise<void>;
	/** Times are epoch ms. */
	writeStartTime(at: number): Promise<void>;
	writeStopTime(at: number): Promise<void>;
	/** Where a proc's streams go. */
	outputFiles(label: string): {readonly stdout: string; readonly stderr: string};
	/** Removes files; those that are not there are no error. */
	removeFiles(names: readonly string[]): Promise<void>;
};

/**
Makes a benchmark directory, which must not be there yet, save with nothing but earlier attempts in it.

@throws BenchError `directory`.
*/
export async function createBenchmarkDirectory(directory: string): Promise<BenchmarkDirectory> {
	try {
		await makeEmpty(directory);
	} catch (error) {
		throw directoryError('make', directory, error);
	}

	const file = (name: string) => path.join(directory, name);
	const write = async (name: string, text: string) => writeWhole(file(name), text);
	let logged: Promise<void> = Promise.resolve();
	return {
		path: directory,
		id: path.basename(directory),
		file,
		async writeInput(json, text) {
			await Promise.all([write('input.json', ended(json)), write('input.txt', ended(text))]);
		},
		async log(at, message) {
			logged = appendAfter(logged, file('log.txt'), `[${logTimeText(at)}] ${message}\n`);
			await logged;
		},
		writeFile: write,
		writeCommand: async (label, line) => write(`${label}_cmd.txt`, ended(line)),
		writeReturnCode: async (label, code) => write(`${label}_returncode.txt`, `${code}\n`),
		writePids: async pids => write('pids.json', `${JSON.stringify(pids, undefined, 4)}\n`),
		writeStartTime: async at => write('start_time.txt', `${timeText(at)}\n`),
		writeStopTime: async at => write('stop_time.txt', `${timeText(at)}\n`),
		outputFiles: label => ({stdout: file(`${label}_out.txt`), stderr: file(`${label}_err.txt`)}),
		async removeFiles(names) {
			await Promise.all(names.map(async name => remove(file(name))));
		},
	};
}

/**
Puts the files of an attempt aside, so that the benchmark can run again: from `001/` into `001/attempt-1/`.

@throws BenchError `directory`.
*/
export async function setAttemptAside(directory: string, attempt: number): Promise<void> {
	const aside = path.join(directory, attemptName(attempt));
	try {
		const names = await fs.readdir(directory);
		await fs.mkdir(aside, {recursive: true});
		await Promise.all(names.filter(name => !isAttemptName(name)).map(async name => fs.rename(path.join(directory, name), path.join(aside, name))));
	} catch (error) {
		throw directoryError('write', aside, error);
	}
}

/** `attempt-1`. */
export function attemptName(attempt: number): string {
	return `attempt-${attempt}`;
}

/** Whether a directory in a benchmark's is that of an earlier attempt. */
export function isAttemptName(name: string): boolean {
	return /^attempt-\d+$/.test(name);
}

async function makeEmpty(directory: string): Promise<void> {
	try {
		await fs.mkdir(directory);
	} catch (error) {
		const names = errorCode(error) === 'EEXIST' ? await fs.readdir(directory) : undefined;
		if (!names || names.length === 0 || names.some(name => !isAttemptName(name))) {
			throw error;
		}
	}
}

async function appendAfter(before: Promise<void>, file: string, line: string): Promise<void> {
	await before;
	await fs.appendFile(file, line).catch(() => undefined);
}

async function remove(file: string): Promise<void> {
	try {
		await fs.rm(file, {force: true});
	} catch (error) {
		throw directoryError('remove', file, error);
	}
}

function ended(text: string): string {
	return text.endsWith('\n') ? text : `${text}\n`;
}
