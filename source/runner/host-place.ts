/*
Where a run's files lie on a host: in the suite directory itself, where that is the same file system, or in a temporary
directory of the host. A host tells by a file that this machine writes there and that it then reads, and the other way round.
*/
import {randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {type Host} from '../core/host.ts';

/** A directory of benchdeck's own on a host; `undefined` where the host shares the suite directory. */
export type HostPlace = {readonly directory: string | undefined};

const temporaryName = /\/benchdeck-[\dA-Za-z]{10}$/;

/**
Finds out whether a host shares a directory of this machine, and may write into it.

@param directory It, or the nearest one above it that exists, is looked at.
*/
export async function sharesDirectory(host: Host, directory: string): Promise<boolean> {
	if (host.kind !== 'ssh') {
		return true;
	}

	const nonce = randomBytes(12).toString('hex');
	const here = path.join(await nearestDirectory(directory), `.benchdeck-${nonce}`);
	const there = `${here}-there`;
	try {
		await fs.writeFile(here, nonce);
		const seen = new TextDecoder().decode(await host.files.read(here, 0, nonce.length));
		if (seen !== nonce) {
			return false;
		}

		await host.files.write(there, nonce);
		return await fs.readFile(there, 'utf8') === nonce;
	} catch (error) {
		// The host has no such file, or may not write there. A connection that went is told by the next that uses it.
		if (error instanceof BenchError || isFileError(error)) {
			return false;
		}

		throw error;
	} finally {
		await Promise.all([here, there].map(async file => fs.rm(file, {force: true})));
	}
}

/**
Makes a temporary directory on a host.

@throws BenchError where that fails.
*/
export async function makeTemporary(host: Host): Promise<string> {
	const {returnCode, stdout, stderr} = await host.run(['sh', '-c', 'umask 077; test -n "$TMPDIR" || TMPDIR=/tmp; mktemp -d "$TMPDIR/benchdeck-XXXXXXXXXX"']);
	const directory = stdout.trim();
	if (returnCode !== 0 || !temporaryName.test(directory) || !path.posix.isAbsolute(directory)) {
		throw new BenchError('host', `${host.address}: no temporary directory could be made there: ${(stderr.trim() || directory).split('\n', 1)[0]!}; is the disk full?`);
	}

	return directory;
}

/** Removes a directory that `makeTemporary` made, and never another. */
export async function removeTemporary(host: Host, directory: string): Promise<void> {
	if (!temporaryName.test(directory)) {
		throw new BenchError('host', `${host.address}: ${directory} is not a directory of benchdeck's, so it stays.`);
	}

	const {returnCode, stderr} = await host.run(['rm', '-rf', '--', directory], {timeoutMs: 30_000});
	if (returnCode !== 0) {
		throw new BenchError('host', `${host.address}: ${directory} could not be removed: ${stderr.trim().split('\n', 1)[0]!}.`);
	}
}

async function nearestDirectory(directory: string): Promise<string> {
	try {
		await fs.access(directory);
		return directory;
	} catch (error) {
		if (path.dirname(directory) === directory) {
			throw new BenchError('directory', `${directory} cannot be looked at: ${messageOf(error)}.`, {cause: error});
		}

		return nearestDirectory(path.dirname(directory));
	}
}

function isFileError(error: unknown): boolean {
	return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
