import {randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import {promisify} from 'node:util';
import {type SFTPWrapper, type Stats} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {type HostFiles} from '../core/host.ts';
import {download} from './download.ts';
import {type SessionUse, type SshPool} from './ssh-pool.ts';

/** Files of a host over SFTP. */
export function sftpFiles(address: string, pool: SshPool): HostFiles {
	const guard = async <Result>(what: string, file: string, work: (sftp: SFTPWrapper) => Promise<Result>, use: SessionUse = 'short'): Promise<Result> => {
		try {
			return await work(await pool.sftp(use));
		} catch (error) {
			throw error instanceof BenchError ? error : new BenchError('host', `${address}: cannot ${what} ${file}: ${messageOf(error)}.`, {cause: error});
		}
	};

	const size = async (file: string) => guard('look at', file, async sftp => sizeOf(sftp, file));
	return {
		makeDirectory: async directory => guard('make the directory', directory, async sftp => makeDirectory(sftp, directory)),
		write: async (file, content) => guard('write', file, async sftp => {
			await underTemporaryName(sftp, file, async temporary => {
				await promisify<string, string | Buffer>(sftp.writeFile.bind(sftp))(temporary, typeof content === 'string' ? content : Buffer.from(content));
			});
		}),
		read: async (file, offset, length) => guard('read', file, async sftp => readPart(sftp, file, offset, length)),
		size,
		upload: async (from, to) => guard('write (is the disk there full?)', to, async sftp => {
			await underTemporaryName(sftp, to, async temporary => {
				await promisify<string, string>(sftp.fastPut.bind(sftp))(from, temporary);
				const [there, here] = [await sizeOf(sftp, temporary), (await fs.stat(from)).size];
				if (there !== here) {
					throw new BenchError('host', `${address}: only ${there ?? 0} of ${here} bytes of ${from} went over to ${to}; is the disk there full?`);
				}
			});
		}, 'bulk'),
		download: async (from, to) => download({address, pool, from, to, size: async () => size(from)}),
		list: async directory => guard('list', directory, async sftp => (await namesIn(sftp, directory)).toSorted()),
		remove: async file => guard('remove', file, async sftp => removeAll(sftp, file)),
	};
}

/** What is written takes the file's name once it is whole; what could not be written takes no room there. */
async function underTemporaryName(sftp: SFTPWrapper, file: string, write: (temporary: string) => Promise<void>): Promise<void> {
	const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		await write(temporary);
		await rename(sftp, temporary, file);
	} catch (error) {
		await removeAll(sftp, temporary).catch(() => undefined);
		throw error;
	}
}

async function sizeOf(sftp: SFTPWrapper, file: string): Promise<number | undefined> {
	try {
		return (await promisify<string, Stats>(sftp.stat.bind(sftp))(file)).size;
	} catch (error) {
		if (isMissing(error)) {
			return undefined;
		}

		throw error;
	}
}

async function rename(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
	try {
		await promisify<string, string>(sftp.ext_openssh_rename.bind(sftp))(from, to);
	} catch (error) {
		if (!(error instanceof Error) || !/not support/i.test(error.message)) {
			throw error;
		}

		// Plain SFTP does not rename onto a file that is there.
		await removeAll(sftp, to);
		await promisify<string, string>(sftp.rename.bind(sftp))(from, to);
	}
}

// Number 2 is SFTP's "no such file".
function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 2;
}

async function makeDirectory(sftp: SFTPWrapper, directory: string): Promise<void> {
	const parts = directory.split('/');
	for (let depth = 2; depth <= parts.length; depth++) {
		const part = parts.slice(0, depth).join('/');
		try {
			await promisify<string, undefined>(sftp.mkdir.bind(sftp) as never)(part);
		} catch (error) {
			// SFTP has no "make parents"; one that is there fails with the same code as one that cannot be made.
			if (depth === parts.length && !(await promisify<string, Stats>(sftp.stat.bind(sftp))(part)).isDirectory()) {
				throw error;
			}
		}
	}
}

async function readPart(sftp: SFTPWrapper, file: string, offset: number, length: number): Promise<Uint8Array> {
	const handle = await promisify<string, string, Buffer>(sftp.open.bind(sftp) as never)(file, 'r');
	const buffer = Buffer.alloc(length);
	let used = 0;
	try {
		while (used < length) {
			const {promise, resolve, reject} = Promise.withResolvers<number>();
			sftp.read(handle, buffer, used, Math.min(32_768, length - used), offset + used, (error, bytes) => {
				if (error && (error as {readonly code?: unknown}).code !== 1) {
					reject(error);
				} else {
					resolve(error ? 0 : bytes);
				}
			});
			const bytes = await promise;
			if (bytes === 0) {
				break;
			}

			used += bytes;
		}
	} finally {
		sftp.close(handle, () => {/* Closed with the connection otherwise. */});
	}

	return buffer.subarray(0, used);
}

async function removeAll(sftp: SFTPWrapper, file: string): Promise<void> {
	let stats: Stats;
	try {
		stats = await promisify<string, Stats>(sftp.lstat.bind(sftp))(file);
	} catch (error) {
		if (isMissing(error)) {
			return;
		}

		throw error;
	}

	if (!stats.isDirectory()) {
		await promisify<string, undefined>(sftp.unlink.bind(sftp) as never)(file);
		return;
	}

	for (const name of await namesIn(sftp, file)) {
		await removeAll(sftp, `${file}/${name}`);
	}

	await promisify<string, undefined>(sftp.rmdir.bind(sftp) as never)(file);
}

async function namesIn(sftp: SFTPWrapper, directory: string): Promise<readonly string[]> {
	const entries = await promisify<string, ReadonlyArray<{readonly filename: string}>>(sftp.readdir.bind(sftp) as never)(directory);
	return entries.map(({filename}) => filename);
}
