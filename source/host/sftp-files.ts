import fs from 'node:fs/promises';
import {promisify} from 'node:util';
import {type SFTPWrapper, type Stats} from 'ssh2';
import {BenchError, messageOf} from '../core/errors.ts';
import {type HostFiles} from '../core/host.ts';

/** Files of a host over SFTP. */
export function sftpFiles(address: string, connect: () => Promise<SFTPWrapper>): HostFiles {
	const guard = async <Result>(what: string, file: string, work: (sftp: SFTPWrapper) => Promise<Result>): Promise<Result> => {
		try {
			return await work(await connect());
		} catch (error) {
			throw error instanceof BenchError ? error : new BenchError('host', `${address}: cannot ${what} ${file}: ${messageOf(error)}.`, {cause: error});
		}
	};

	const size = async (sftp: SFTPWrapper, file: string) => {
		try {
			return (await promisify<string, Stats>(sftp.stat.bind(sftp))(file)).size;
		} catch {
			return undefined;
		}
	};

	return {
		makeDirectory: async directory => guard('make the directory', directory, async sftp => makeDirectory(sftp, directory)),
		write: async (file, content) => guard('write', file, async sftp => {
			const temporary = `${file}.tmp`;
			await promisify<string, string | Buffer>(sftp.writeFile.bind(sftp))(temporary, typeof content === 'string' ? content : Buffer.from(content));
			await promisify<string, string>(sftp.ext_openssh_rename.bind(sftp))(temporary, file);
		}),
		read: async (file, offset, length) => guard('read', file, async sftp => readPart(sftp, file, offset, length)),
		size: async file => guard('look at', file, async sftp => size(sftp, file)),
		upload: async (from, to) => guard('write', to, async sftp => promisify<string, string>(sftp.fastPut.bind(sftp))(from, to)),
		download: async (from, to) => guard('read', from, async sftp => {
			await promisify<string, string>(sftp.fastGet.bind(sftp))(from, to);
			const [there, here] = [await size(sftp, from), (await fs.stat(to)).size];
			if (there !== here) {
				throw new BenchError('host', `${address}: ${from} came over with ${here} of ${there ?? 0} bytes.`);
			}
		}),
		list: async directory => guard('list', directory, async sftp => (await promisify<string, ReadonlyArray<{readonly filename: string}>>(sftp.readdir.bind(sftp) as never)(directory)).map(({filename}) => filename).toSorted()),
		remove: async file => guard('remove', file, async sftp => removeAll(sftp, file)),
	};
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
	const stats = await promisify<string, Stats>(sftp.lstat.bind(sftp))(file);
	if (!stats.isDirectory()) {
		await promisify<string, undefined>(sftp.unlink.bind(sftp) as never)(file);
		return;
	}

	const entries = await promisify<string, ReadonlyArray<{readonly filename: string}>>(sftp.readdir.bind(sftp) as never)(file);
	for (const {filename} of entries) {
		await removeAll(sftp, `${file}/${filename}`);
	}

	await promisify<string, undefined>(sftp.rmdir.bind(sftp) as never)(file);
}
