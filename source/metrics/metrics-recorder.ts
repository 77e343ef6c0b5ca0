/*
Writes down what is scraped while a benchmark runs: `metrics.om`, OpenMetrics text with timestamps in the order of the
scrapes, so that a file which was cut off can still be read, and whoever follows it sees each sample at most a fifth of a
second late. At the end it becomes `metrics.om.gz`.

Nobody charts three hundred JVM gauges five times a second, but somebody may want to look at one of them later. So what the
charts are made of is recorded at every scrape, and everything else now and then; between two such answers a proc is asked for
what the charts need alone, for it is the one that is being measured.
*/
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {AppendFile} from './append-file.ts';
import {askedNames} from './asked-names.ts';
import {compressGrouped, compressMetrics, removeRaw} from './compress-metrics.ts';
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {ExpositionScanner} from './exposition-scanner.ts';
import {FamilyGroups} from './family-groups.ts';
import {FamilyLines} from './family-lines.ts';
import {metricsFile} from './metrics-files.ts';
import {nameFilter} from './name-filter.ts';
import {RecordedEndpoint, type RecordedSeries} from './recorded-endpoint.ts';
import {endpointName, type ScrapeEndpoint} from './scrape-endpoint.ts';
import {type Scrape} from './scraper.ts';

export type MetricsRecorderOptions = {
	/** The benchmark directory. */
	readonly directory: string;
	/** Names of samples to record at every scrape; one that ends in `*` stands for all that begin so. By default all are. */
	readonly names?: readonly string[];
	/**
	How often the others are recorded; Infinity: only once.

	@default 5000
	*/
	readonly othersEveryMs?: number;
	/** Told once where the disk refuses; one sentence. */
	readonly onTrouble?: (message: string) => void;
};

type RecorderCounts = {
	readonly samples: number;
	/** What was left out: samples no newer than the one before or of too many series, and answers for which the disk was too slow. */
	readonly leftOut: number;
	readonly bytes: number;
};

export type MetricsRecorder = {
	/**
	Takes an answer of an endpoint.

	@throws BenchError `metrics` where it cannot be read; then nothing of it is recorded.
	*/
	record(scrape: Pick<Scrape, 'endpoint' | 'at' | 'format' | 'names' | 'body'>): void;
	/** What an endpoint is to be asked for: the names of what is recorded at every scrape, or none where all is to be recorded. */
	namesOf(endpoint: ScrapeEndpoint, at: number): readonly string[];
	/** Takes the lack of one: `up` is 0 then. */
	miss(endpoint: ScrapeEndpoint, at: number): void;
	counts(): RecorderCounts;
	/** Whether to settle takes less than a tenth of a second, most of it on another thread. */
	isSmall(): boolean;
	/** Takes no more, and writes the rest. Idempotent. */
	finish(): Promise<void>;
	/** Finishes, compresses the file, and removes `metrics.om` once what it became is on the disk; what goes wrong is told, and leaves it behind. */
	settle(): Promise<void>;
};

/** Where the digits of a value stand. */
type ValuePlace = Pick<ExpositionScanner, 'textStart' | 'textEnd'>;

/** A time, and how it ends a line. */
type Stamp = {readonly at: number; readonly text: Bytes};

/** A little less than the usual interval, so that one write serves all endpoints. */
const flushEveryMs = 190;
const flushAtBytes = 256 * 1024;
/** More than this waits for the disk only where the disk hangs. */
const maxWaitingBytes = 32 * 1024 * 1024;
/** Up to here the place of each sample is remembered, so that the record need not be read again to be put in order. */
const smallBytes = 8_388_608;
const one = asBytes(Buffer.from('1'));
const zero = asBytes(Buffer.from('0'));
const digit: ValuePlace = {textStart: 0, textEnd: 1};

/**
Starts a new record in a benchmark directory.

@throws BenchError `metrics` naming the file where it cannot be made.
*/
export async function startMetricsRecorder({directory, names, othersEveryMs = 5000, onTrouble}: MetricsRecorderOptions): Promise<MetricsRecorder> {
	const target = path.join(directory, metricsFile);
	const file = await AppendFile.create(target).catch((error: unknown) => {
		throw new BenchError('metrics', `${target}: cannot be made: ${messageOf(error)}.`, {cause: error});
	});
	const wanted = names && nameFilter(names);
	const toAsk = askedNames(names ?? []);
	const endpoints = new Map<string, RecordedEndpoint>();
	const families = new FamilyLines();
	let groups: FamilyGroups | undefined = new FamilyGroups();
	let [samples, leftOut] = [0, 0];
	let flushedAt = -Infinity;
	let finished: Promise<void> | undefined;
	let wasTold = false;
	putText(families.line('type', 'up', 'gauge', 'openmetrics') + families.line('help', 'up', 'Whether the scrape was answered.', 'openmetrics'));

	return {
		record({endpoint, at, format, names: asked, body}) {
			if (!isOpen()) {
				return;
			}

			const known = endpointOf(endpoint);
			const isFull = wanted === undefined || (at >= known.nextFullAt && asked.length === 0);
			const bytes = asBytes(body);
			const scanner = new ExpositionScanner(bytes, {source: endpointName(endpoint), format, metadata: isFull, ...(!isFull && {wanted})});
			const wasTrue = known.isTrueToNames;
			// Until it is read: what cannot be was not meant as an answer to names.
			known.isTrueToNames &&= asked.length === 0;
			const found = copySamples(scanner, bytes, known, {at, format});
			known.isTrueToNames = wasTrue && (asked.length === 0 || found >= known.wantedSamples);
			if (isFull) {
				known.nextFullAt = at + othersEveryMs;
				known.wantedSamples = found;
			}

			putSample(known.up, digit, one, stampOf(at));
			flush(at);
		},
		namesOf(endpoint, at) {
			const known = endpoints.get(endpoint.label);
			// Who has shown none of them may not answer to names at all, which only one that has can show.
			return known !== undefined && known.wantedSamples > 0 && known.isTrueToNames && at < known.nextFullAt ? toAsk : [];
		},
		miss(endpoint, at) {
			if (isOpen()) {
				putSample(endpointOf(endpoint).up, digit, zero, stampOf(at));
				flush(at);
			}
		},
		isSmall: () => groups !== undefined,
		counts: () => ({samples, leftOut, bytes: file.total}),
		async finish() {
			finished ??= close();
			return finished;
		},
		async settle() {
			finished ??= close();
			await finished;
			if (file.error !== undefined) {
				return;
			}

			try {
				await (groups ? compressGrouped(directory, groups) : compressMetrics(directory));
				await removeRaw(directory);
			} catch (error) {
				tell(error);
			}
		},
	};

	function endpointOf(endpoint: ScrapeEndpoint): RecordedEndpoint {
		const known = endpoints.get(endpoint.label) ?? new RecordedEndpoint(endpoint);
		endpoints.set(endpoint.label, known);
		return known;
	}

	/** How many of them are of what is recorded at every scrape. */
	function copySamples(scanner: ExpositionScanner, bytes: Bytes, endpoint: RecordedEndpoint, {at, format}: Pick<Scrape, 'at' | 'format'>): number {
		const before = {length: file.length, samples};
		const stamp = stampOf(at);
		let metadata = '';
		let found = 0;
		try {
			for (let scanned = scanner.next(); scanned !== 'end'; scanned = scanner.next()) {
				if (scanned === 'sample') {
					putSample(endpoint.series(scanner, bytes), scanner, bytes, stamp);
					found += Number(wanted?.(bytes, scanner.nameStart) === true);
				} else {
					const line = families.line(scanned, bytes.toString('latin1', scanner.nameStart, scanner.nameEnd), bytes.toString('utf8', scanner.textStart, scanner.textEnd), format);
					putText(line);
					metadata += line;
				}
			}
		} catch (error) {
			// Half an answer is none; what it said of families stays, for it is not written twice.
			file.truncate(before.length);
			groups = undefined;
			samples = before.samples;
			putText(metadata);
			throw error;
		}

		return found;
	}

	function putSample(series: RecordedSeries | undefined, {textStart, textEnd}: ValuePlace, bytes: Bytes, stamp: Stamp): void {
		if (!series || stamp.at <= series.lastAt) {
			leftOut++;
			return;
		}

		series.lastAt = stamp.at;
		const length = series.text.length + textEnd - textStart + stamp.text.length;
		const room = file.room(length);
		let end = file.length;
		room.set(series.text, end);
		end += series.text.length;
		// A value is a few digits: fewer than a call is worth.
		for (let index = textStart; index < textEnd; index++) {
			room[end++] = bytes[index]!;
		}

		room.set(stamp.text, end);
		if (groups !== undefined) {
			series.group ??= groups.groupOf(series.name, series.labels);
			series.group.lines.push(file.total, file.total + length);
		}

		file.added(length);
		samples++;
		if (file.total > smallBytes) {
			groups = undefined;
		}
	}

	function putText(text: string): void {
		if (text === '') {
			return;
		}

		groups?.describeAll(text);
		const bytes = Buffer.from(text);
		file.room(bytes.length).set(bytes, file.length);
		file.added(bytes.length);
	}

	function isOpen(): boolean {
		if (file.error !== undefined) {
			tell(file.error);
		}

		const isOpenStill = finished === undefined && file.error === undefined && file.length < maxWaitingBytes;
		leftOut += Number(!isOpenStill);
		return isOpenStill;
	}

	function flush(at: number): void {
		if (at >= flushedAt + flushEveryMs || at < flushedAt || file.length >= flushAtBytes) {
			flushedAt = at;
			file.flush();
		}
	}

	async function close(): Promise<void> {
		try {
			await file.close();
		} catch (error) {
			tell(error);
		}
	}

	function tell(error: unknown): void {
		if (!wasTold) {
			wasTold = true;
			onTrouble?.(error instanceof BenchError ? error.message : `${target}: the metrics are not recorded any more: ${messageOf(error)}.`);
		}
	}
}

function stampOf(at: number): Stamp {
	return {at, text: asBytes(Buffer.from(` ${(at / 1000).toFixed(3)}\n`))};
}
