import fs from 'node:fs/promises';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {type HostFiles} from '../core/host.ts';

/** Files of this machine. */
export function localFiles(address: string): HostFiles {
	const guard = async <Result>(what: string, file: string, work: () => Promise<Result>): Promise<Result> => {
		try {
			return await work();
		} catch (error) {
			throw new BenchError('host', `${address}: cannot ${what} ${file}: ${messageOf(error)}.`, {cause: error});
		}
	};

	return {
		makeDirectory: async directory => guard('make the directory', directory, async () => {
			await fs.mkdir(directory, {recursive: true});
		}),
		write: async (file, content) => guard('write', file, async () => {
			const temporary = `${file}.${process.pid}.tmp`;
			try {
				await fs.writeFile(temporary, content);
				await fs.rename(temporary, file);
			} catch (error) {
				await fs.rm(temporary, {force: true});
				throw error;
			}
		}),
		read: async (file, offset, length) => guard('read', file, async () => {
			await using handle = await fs.open(file);
			const {buffer, bytesRead} = await handle.read({buffer: Buffer.alloc(length), position: offset});
			return buffer.subarray(0, bytesRead);
		}),
		async size(file) {
			try {
				return (await fs.stat(file)).size;
			} catch {
				return undefined;
			}
		},
		upload: async (from, to) => guard('copy to', to, async () => copy(from, to)),
		download: async (from, to) => guard('copy from', from, async () => copy(from, to)),
		list: async directory => guard('list', directory, async () => (await fs.readdir(directory)).toSorted()),
		remove: async file => guard('remove', file, async () => fs.rm(file, {recursive: true, force: true})),
	};
}

async function copy(from: string, to: string): Promise<void> {
	if (path.resolve(from) !== path.resolve(to)) {
		await fs.copyFile(from, to);
	}
}
