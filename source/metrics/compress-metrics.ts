import {createWriteStream} from 'node:fs';
import {open, readFile, rename, rm, writeFile, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';
import {createGzip, gzip} from 'node:zlib';
import {BenchError, messageOf} from '../core/errors.ts';
import {asBytes} from './exposition-bytes.ts';
import {orderedText, type FamilyGroups} from './family-groups.ts';
import {compressedMetricsFile, metricsFile, openIfThere} from './metrics-files.ts';
import {SampleGroups} from './sample-groups.ts';
import {SortedRuns} from './sorted-runs.ts';

const readBytes = 1024 * 1024;

/** Sorted text compresses as well as at level 6, in a quarter of the time. */
const level = 3;

const compress = promisify(gzip);

/**
Makes `metrics.om.gz` of a benchmark directory's `metrics.om`: by family, as OpenMetrics demands, with a last `# EOF`. It
appears whole or not at all; `metrics.om` stays, for `removeRaw`. Without a `metrics.om` nothing happens.

@param runBytes Text that is sorted in memory; three times that much is used.
@throws BenchError `metrics` naming the file.
*/
export async function compressMetrics(directory: string, runBytes = 16 * 1024 * 1024): Promise<void> {
	const source = path.join(directory, metricsFile);
	const target = path.join(directory, compressedMetricsFile);
	const [temporary, runsFile] = [`${target}.tmp`, `${source}.tmp`];
	try {
		const input = await openIfThere(source);
		if (!input) {
			return;
		}

		const runs = new SortedRuns(runsFile);
		try {
			const {size} = await input.stat();
			const groups = new SampleGroups(runs, Math.min(runBytes, size + 1));
			await readInto(groups, input);
			await pipeline(Readable.from(groups.sorted()), createGzip({level, chunkSize: 256 * 1024}), createWriteStream(temporary));
		} finally {
			await Promise.all([input.close(), runs.close()]);
		}

		await rename(temporary, target);
	} catch (error) {
		throw await givenUp(target, temporary, error);
	}
}

/**
The same for a record of which whoever wrote it knows what belongs together: it is not read again but for its bytes.

@throws BenchError `metrics` naming the file.
*/
export async function compressGrouped(directory: string, groups: FamilyGroups): Promise<void> {
	const target = path.join(directory, compressedMetricsFile);
	const temporary = `${target}.tmp`;
	try {
		const text = await readFile(path.join(directory, metricsFile));
		await writeFile(temporary, await compress(orderedText(groups, asBytes(text)), {level}));
		await rename(temporary, target);
	} catch (error) {
		throw await givenUp(target, temporary, error);
	}
}

/**
Removes a directory's `metrics.om` once what it became is on the disk, for which no benchmark need wait. Without a
`metrics.om.gz` nothing happens.

@throws BenchError `metrics` naming the file.
*/
export async function removeRaw(directory: string): Promise<void> {
	const target = path.join(directory, compressedMetricsFile);
	try {
		const compressed = await openIfThere(target);
		if (compressed) {
			await synced(compressed);
			// The rename itself is on disk only then.
			await synced(await open(directory, 'r'));
			await rm(path.join(directory, metricsFile), {force: true});
		}
	} catch (error) {
		throw new BenchError('metrics', `${target}: cannot be written: ${messageOf(error)}.`, {cause: error});
	}
}

async function givenUp(target: string, temporary: string, error: unknown): Promise<BenchError> {
	// What went wrong first is what counts.
	await rm(temporary, {force: true}).catch(() => undefined);
	return new BenchError('metrics', `${target}: cannot be written: ${messageOf(error)}.`, {cause: error});
}

async function readInto(groups: SampleGroups, input: FileHandle): Promise<void> {
	for (;;) {
		const room = groups.room();
		const {bytesRead} = await input.read(room, 0, Math.min(room.length, readBytes));
		if (bytesRead === 0) {
			return;
		}

		await groups.added(bytesRead);
	}
}

async function synced(handle: FileHandle): Promise<void> {
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
