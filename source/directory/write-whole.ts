import fs from 'node:fs/promises';
import {directoryError} from './directory-error.ts';

let written = 0;

/**
Writes a text file whole or not at all: whoever looks while a run goes on, or after it was killed, sees the text before or
the text after.

@param options.isDurable The text is on the disk before it takes the name.
@throws BenchError `directory` naming the file.
*/
export async function writeWhole(file: string, text: string, {isDurable = false}: {readonly isDurable?: boolean} = {}): Promise<void> {
	const temporary = `${file}.${process.pid}-${written++}.tmp`;
	try {
		await fs.writeFile(temporary, text, {flush: isDurable});
		await fs.rename(temporary, file);
	} catch (error) {
		await fs.rm(temporary, {force: true}).catch(() => undefined);
		throw directoryError('write', file, error);
	}
}

/** Makes the names in a directory durable; a file system that cannot is none of our business. */
export async function syncDirectory(path: string): Promise<void> {
	try {
		const handle = await fs.open(path);
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch {
		// The rows and files themselves are flushed; only their names could be lost, and only with the machine.
	}
}
