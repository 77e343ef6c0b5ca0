/*
Recorder files that are no files. What comes through a pipe comes once and in its order, while the analysis reads a file's
parts on several threads; so it is put into a temporary file first.
*/
import fs from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {BenchError} from '../core/errors.ts';
import {reasonOf} from '../directory/directory-error.ts';
import {type RecorderFile} from '../recorder/request.ts';

const standardInput = new Set(['-', '/dev/stdin']);

export type SpooledFiles = {
	readonly files: readonly RecorderFile[];
	/** Removes what was put into temporary files. */
	remove(): Promise<void>;
};

/**
Reads pipes, sockets and standard input (`-`) to their ends; files stay where they are.

@param files
@param signal Ends the wait for a pipe.
@throws BenchError Where a pipe cannot be read, or there is no room for what it gives.
*/
export async function spoolPipes(files: readonly RecorderFile[], signal: AbortSignal): Promise<SpooledFiles> {
	const pipes = files.filter(file => isPipe(file.path));
	if (pipes.length === 0) {
		return {files, remove: async () => undefined};
	}

	const folder = await mkdtemp(path.join(os.tmpdir(), 'benchdeck-pipe-'));
	const remove = async () => rm(folder, {recursive: true, force: true});
	try {
		const spooled = new Map<RecorderFile, RecorderFile>();
		for (const [index, file] of pipes.entries()) {
			const bytesAt = path.join(folder, `${index}.csv`);
			await spool(file.path, bytesAt, signal);
			spooled.set(file, {...file, path: file.path === '-' ? 'standard input' : file.path, bytesAt});
		}

		return {files: files.map(file => spooled.get(file) ?? file), remove};
	} catch (error) {
		await remove();
		throw error;
	}
}

function isPipe(name: string): boolean {
	const stat = fs.statSync(name, {throwIfNoEntry: false});
	return stat ? stat.isFIFO() || stat.isSocket() || stat.isCharacterDevice() : name === '-';
}

async function spool(name: string, to: string, signal: AbortSignal): Promise<void> {
	const isInput = standardInput.has(name);
	if (isInput && process.stdin.isTTY) {
		throw new BenchError('usage', 'Standard input is the terminal; pipe a recorder file into it, as in `zcat data.csv.gz | benchdeck analyze -`.');
	}

	const release = () => {
		releaseReader(name);
	};

	signal.addEventListener('abort', release, {once: true});
	try {
		await pipeline(isInput ? process.stdin : fs.createReadStream(name), fs.createWriteStream(to), {signal});
	} catch (error) {
		throw signal.aborted
			? new BenchError('canceled', 'The analysis was cancelled.')
			: new BenchError('recorder', `${name} cannot be read into ${os.tmpdir()}: ${reasonOf(error)}.`, {cause: error});
	} finally {
		signal.removeEventListener('abort', release);
	}
}

/** A named pipe is opened only once somebody writes into it, and nothing cancels the wait for that: so somebody does. */
function releaseReader(name: string): void {
	try {
		if (fs.statSync(name).isFIFO()) {
			fs.closeSync(fs.openSync(name, fs.constants.O_WRONLY + fs.constants.O_NONBLOCK));
		}
	} catch {
		// Nobody waits for it.
	}
}
