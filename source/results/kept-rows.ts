import fs from 'node:fs/promises';
import path from 'node:path';
import {compareNaturally} from '../core/natural-order.ts';
import {type RecorderFile} from '../recorder/request.ts';

/**
The recorder rows that a benchmark kept: `data.csv.gz` (or `data.csv`) where all clients' rows are in one file, else the
clients' own files, in the order of their numbers.

@param directory The benchmark directory.
@returns Empty where nothing was kept.
*/
export async function keptRows(directory: string): Promise<readonly RecorderFile[]> {
	const all = await namesIn(directory);
	const isData = await Promise.all(all.map(async name => isDataFile(path.join(directory, name))));
	const names = all.filter((_, place) => isData[place]);
	const merged = ['data.csv.gz', 'data.csv'].find(name => names.includes(name));
	const own = names.filter(name => /_data\.csv(?:\.gz)?$/.test(name)).toSorted(compareNaturally);
	return (merged === undefined ? own : [merged]).map(name => ({path: path.join(directory, name), label: name.replace(/_?data\.csv(?:\.gz)?$/, '') || 'data'}));
}

// A pipe of that name would be waited for.
async function isDataFile(file: string): Promise<boolean> {
	try {
		return /data\.csv(?:\.gz)?$/.test(file) && (await fs.stat(file)).isFile();
	} catch {
		return false;
	}
}

async function namesIn(directory: string): Promise<readonly string[]> {
	try {
		return await fs.readdir(directory);
	} catch {
		return [];
	}
}
