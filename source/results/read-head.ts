import {localFile} from '../logs/local-file.ts';
import {readLines} from '../logs/read-lines.ts';
import {plainText} from '../logs/styled-text.ts';

/** The first lines of a file, without control sequences; none where it cannot be read. */
export async function readHead(file: string, count: number): Promise<readonly string[]> {
	const source = localFile(file);
	try {
		return (await readLines(source, 0, count, {lineBytes: 2048})).map(({text}) => plainText(text).trimEnd());
	} catch {
		return [];
	} finally {
		await source.close();
	}
}
