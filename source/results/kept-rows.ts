import fs from 'node:fs/promises';
import path from 'node:path';
import {type RecorderFile} from '../recorder/request.ts';

/**
The recorder rows that a benchmark kept: `data.csv.gz` (or `data.csv`) where all clients' rows are in one file, else the
clients' own files, in the order of their numbers.

@param directory The benchmark directory.
@returns Empty where nothing was kept.
*/
export async function keptRows(directory: string): Promise<readonly RecorderFile[]> {
	const names = await namesIn(directory);
	const merged = ['data.csv.gz', 'data.csv'].find(name => names.includes(name));
	const own = names.filter(name => /_data\.csv(?:\.gz)?$/.test(name)).toSorted((one, other) => one.localeCompare(other, 'en', {numeric: true}));
	return (merged === undefined ? own : [merged]).map(name => ({path: path.join(directory, name), label: name.replace(/_?data\.csv(?:\.gz)?$/, '') || 'data'}));
}

async function namesIn(directory: string): Promise<readonly string[]> {
	try {
		return await fs.readdir(directory);
	} catch {
		return [];
	}
}
