import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import path from 'node:path';
import {pipeline} from 'node:stream';
import {constants, createGunzip} from 'node:zlib';
import {BenchError, messageOf} from '../core/errors.ts';
import {SeriesStore, type LeftOut, type SeriesStoreLimits} from '../core/series-store.ts';
import {type SeriesSource} from '../core/series.ts';
import {type Family} from './exposition.ts';
import {compressedMetricsFile, metricsFile} from './metrics-files.ts';
import {SampleIntake} from './sample-intake.ts';

type ReadMetricsOptions = {
	/** Names of samples; one that ends in `*` stands for all that begin so. By default all. */
	readonly names?: readonly string[];
	/** Memory for samples; by default 16 million of them (256 MiB) of at most 200,000 series. The oldest give way. */
	readonly limits?: SeriesStoreLimits;
};

type RecordedMetrics = SeriesSource & {
	/** Names that have samples, sorted. */
	readonly metrics: readonly string[];
	/** All families that the record describes, also those that were not asked for. */
	readonly families: ReadonlyMap<string, Family>;
	/** Whether the record was cut off: it was never compressed, or the file ends too early. */
	readonly isCut: boolean;
	/** Samples for which there was no room. */
	readonly leftOut: LeftOut;
	/** Lines that could not be read. */
	readonly badLines: number;
};

/**
Reads the recorded metrics of a benchmark directory, from `metrics.om.gz` or, where a run was cut off, from `metrics.om`.

@returns Undefined where there is no record.
@throws BenchError `metrics` naming the file where it cannot be read.
*/
export async function readMetrics(directory: string, {names, limits}: ReadMetricsOptions = {}): Promise<RecordedMetrics | undefined> {
	const found = await recordIn(directory);
	if (found === undefined) {
		return undefined;
	}

	const store = new SeriesStore({samplesPerSeries: Infinity, maxSeries: 200_000, maxSamples: 16_777_216, ...limits});
	const intake = new SampleIntake(store, names);
	const isCut = await readAll(found, intake);
	return {
		select: metric => store.select(metric),
		metrics: store.metrics,
		families: intake.families,
		isCut,
		leftOut: store.leftOut,
		badLines: intake.badLines,
	};
}

async function readAll(file: string, intake: SampleIntake): Promise<boolean> {
	const isCompressed = file.endsWith('.gz');
	let tail = '';
	try {
		const input = createReadStream(file, {highWaterMark: 256 * 1024});
		// What a cut file holds is given all the same.
		const gunzip = createGunzip({finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 256 * 1024});
		// Either is closed with the other, whatever ends it; the loop is told why.
		const text = isCompressed ? pipeline(input, gunzip, () => undefined) : input;
		for await (const chunk of text) {
			const bytes = chunk as Uint8Array;
			intake.push(bytes);
			tail = (tail + Buffer.from(bytes.subarray(-6)).toString('latin1')).slice(-6);
		}
	} catch (error) {
		throw new BenchError('metrics', `${file}: cannot be read: ${messageOf(error)}.`, {cause: error});
	}

	return tail !== '# EOF\n';
}

async function recordIn(directory: string): Promise<string | undefined> {
	for (const name of [compressedMetricsFile, metricsFile]) {
		const file = path.join(directory, name);
		try {
			await stat(file);
			return file;
		} catch (error) {
			if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
				throw new BenchError('metrics', `${file}: cannot be read: ${messageOf(error)}.`, {cause: error});
			}
		}
	}

	return undefined;
}
