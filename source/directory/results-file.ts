import {Buffer} from 'node:buffer';
import fs from 'node:fs/promises';
import path from 'node:path';
import {csvRow} from './csv-text.ts';
import {directoryError} from './directory-error.ts';
import {syncDirectory, writeWhole} from './write-whole.ts';

/** `results.csv`, while a run adds to it. */
export type ResultsFile = {
	/** Appends a row; it is on the disk when this resolves. Rows stand in the order of the calls. */
	append(cells: readonly string[]): Promise<void>;
	close(): Promise<void>;
};

/**
Makes a results file with its header.

@throws BenchError `directory` naming the file: here, or later from `append`.
*/
export async function createResultsFile(file: string, header: readonly string[]): Promise<ResultsFile> {
	const results = await appendTo(file, 'ax');
	await results.append(header);
	await syncDirectory(path.dirname(file));
	return results;
}

/**
Opens the results file of a run that is resumed: it gets just these rows, by rename, and more can be appended.

@throws BenchError `directory`.
*/
export async function reopenResultsFile(file: string, header: readonly string[], rows: ReadonlyArray<readonly string[]>): Promise<ResultsFile> {
	await rewriteResults(file, header, rows);
	return appendTo(file, 'a');
}

/**
Replaces a results file, by rename: whoever reads it sees the old rows or the new ones.

@throws BenchError `directory`.
*/
export async function rewriteResults(file: string, header: readonly string[], rows: ReadonlyArray<readonly string[]>): Promise<void> {
	await writeWhole(file, [header, ...rows].map(row => csvRow(row)).join(''), {isDurable: true});
	await syncDirectory(path.dirname(file));
}

async function appendTo(file: string, flag: 'ax' | 'a'): Promise<ResultsFile> {
	const handle = await open(file, flag);
	let {size} = await handle.stat();
	let last: Promise<void> = Promise.resolve();
	const appendRow = async (cells: readonly string[]) => {
		const row = Buffer.from(csvRow(cells));
		try {
			await handle.appendFile(row);
			await handle.datasync();
			size += row.length;
		} catch (error) {
			// Half a row would swallow the next one.
			await handle.truncate(size).catch(() => undefined);
			throw directoryError('write', file, error);
		}
	};

	const append = async (cells: readonly string[]) => {
		const turn = afterwards(last, async () => appendRow(cells));
		last = turn.catch(() => undefined);
		return turn;
	};

	return {
		append,
		async close() {
			await last;
			await handle.close();
		},
	};
}

async function open(file: string, flag: 'ax' | 'a'): Promise<fs.FileHandle> {
	try {
		return await fs.open(file, flag);
	} catch (error) {
		throw directoryError('make', file, error);
	}
}

async function afterwards(before: Promise<void>, work: () => Promise<void>): Promise<void> {
	await before;
	await work();
}
