import fs from 'node:fs/promises';
import {BenchError} from '../core/errors.ts';
import {reasonOf} from '../directory/directory-error.ts';

/**
Writes a file that a person asked for with `-o`, whole or not at all.

@throws BenchError `usage` naming the file.
*/
export async function writeOutput(file: string, content: string | Uint8Array): Promise<void> {
	const temporary = `${file}.${process.pid}.tmp`;
	try {
		await fs.writeFile(temporary, content);
		await fs.rename(temporary, file);
	} catch (error) {
		await fs.rm(temporary, {force: true}).catch(() => undefined);
		throw new BenchError('usage', `Cannot write ${file}: ${reasonOf(error)}; name another file with -o.`, {cause: error});
	}
}
