import {open, type FileHandle} from 'node:fs/promises';

/** Samples in the order of the scrapes, while they are recorded. */
export const metricsFile = 'metrics.om';

/** The same by family, once the record is complete. */
export const compressedMetricsFile = 'metrics.om.gz';

/** Opens a file for reading; undefined where there is none. */
export async function openIfThere(file: string): Promise<FileHandle | undefined> {
	try {
		return await open(file, 'r');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
}
