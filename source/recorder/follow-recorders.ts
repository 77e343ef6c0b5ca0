/*
The recorder files of a benchmark's clients while they grow, as series: what a console draws for clients that export no
metrics. It reads at most four kilobytes of each file a second, and only while someone watches.
*/
import {type ByteSource} from '../core/byte-source.ts';
import {type LiveMetrics} from '../core/console.ts';
import {bucketOf, bucketStart, bucketWidth} from '../core/latency-buckets.ts';
import {recordedLatency, recordedRequests} from '../core/recorded-live.ts';
import {SeriesStore} from '../core/series-store.ts';
import {TailReader, type TailRows} from './tail-reader.ts';

type FollowedRecorder = {
	/** The client's: `client_0`. */
	readonly label: string;
	/** Its recorder file; closed with what follows it. */
	readonly source: ByteSource;
};

export type FollowOptions = {
	/** @default 1000 */
	readonly everyMs?: number;
	/** Whether no rows are expected any more: they are then looked for every few seconds. */
	readonly isAtRest?: () => boolean;
	/** Epoch ms. */
	readonly now?: () => number;
};

/** Buckets at most an eighth of their values wide, from a microsecond to two minutes. */
const bits = 3;
const firstBucket = bucketOf(1023, bits);
const lastBucket = bucketOf(2 ** 37 - 1, bits);
/** Above so many labels the rest go under one name: a file that is wrong must not fill the memory. */
const maxLabels = 16;
const otherLabels = 'others';
const samplesPerSeries = 900;
const restMs = 3000;

type Client = {
	readonly label: string;
	readonly reader: TailReader;
	/** Requests so far, by label. */
	readonly requests: Map<string, number>;
};

type Histogram = {readonly counts: Float64Array; above: number};

/** Follows the recorder files; a file that is not there yet, or cannot be read for now, is looked for again. */
export function followRecorders(recorders: readonly FollowedRecorder[], {everyMs = 1000, isAtRest = () => false, now = Date.now}: FollowOptions = {}): LiveMetrics {
	const store = new SeriesStore({samplesPerSeries});
	const clients = recorders.map(({label, source}): Client => ({label, reader: new TailReader(source), requests: new Map()}));
	const histograms = new Map<string, Histogram>();
	const watchers = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;

	const look = async () => {
		const found = await Promise.all(clients.map(async client => ({client, rows: await lookAt(client, now())})));
		const fresh = found.flatMap(({client, rows}) => rows ? [{client, rows}] : []);
		for (const {client, rows} of fresh) {
			addRequests(store, client, groupedBy(rows, histograms));
		}

		if (fresh.length > 0) {
			addHistograms(store, histograms, Math.max(...fresh.map(({rows: {at}}) => at)));
		}

		for (const onChange of fresh.length > 0 ? watchers : []) {
			onChange();
		}
	};

	const keepLooking = async () => {
		await look();
		if (watchers.size > 0 && !isClosed) {
			timer = setTimeout(() => {
				void keepLooking();
			}, isAtRest() ? Math.max(everyMs, restMs) : everyMs);
			// It must not hold a console open.
			timer.unref();
		} else {
			timer = undefined;
			isLooking = false;
		}
	};

	let isLooking = false;
	return {
		source: store,
		names: () => store.metrics,
		watch(onChange) {
			watchers.add(onChange);
			if (!isLooking && !isClosed) {
				isLooking = true;
				void keepLooking();
			}

			return () => {
				watchers.delete(onChange);
			};
		},
		async close() {
			isClosed = true;
			watchers.clear();
			clearTimeout(timer);
			await Promise.all(clients.map(async ({reader}) => reader.close()));
		},
	};
}

async function lookAt({reader}: Client, now: number): Promise<TailRows | undefined> {
	try {
		return await reader.look(now);
	} catch {
		// Its own benchmark says what is wrong with a recorder file; a live figure is only missing.
		return undefined;
	}
}

/** Adds the rows to the histograms; the requests of each label. */
function groupedBy({at, rows, weight}: TailRows, histograms: Map<string, Histogram>): {readonly at: number; readonly requests: ReadonlyMap<string, number>} {
	const requests = new Map<string, number>();
	for (const {label, count, latencyNanos} of rows) {
		const name = histograms.has(label) || histograms.size < maxLabels ? label : otherLabels;
		requests.set(name, (requests.get(name) ?? 0) + (count * weight));
		let histogram = histograms.get(name);
		if (!histogram) {
			histogram = {counts: new Float64Array(lastBucket + 1), above: 0};
			histograms.set(name, histogram);
		}

		const bucket = Math.max(firstBucket, bucketOf(latencyNanos, bits));
		if (bucket <= lastBucket) {
			histogram.counts[bucket]! += weight;
		} else {
			histogram.above += weight;
		}
	}

	return {at, requests};
}

function addRequests(store: SeriesStore, client: Client, {at, requests}: {readonly at: number; readonly requests: ReadonlyMap<string, number>}): void {
	for (const [label, count] of requests) {
		client.requests.set(label, (client.requests.get(label) ?? 0) + count);
	}

	// A label without a new row has a sample too: its rate is falling.
	for (const [label, total] of client.requests) {
		store.add(recordedRequests, {instance: client.label, label}, at, total);
	}
}

function addHistograms(store: SeriesStore, histograms: ReadonlyMap<string, Histogram>, at: number): void {
	for (const [label, {counts, above}] of histograms) {
		let total = 0;
		for (let bucket = firstBucket; bucket <= lastBucket; bucket++) {
			total += counts[bucket]!;
			store.add(`${recordedLatency}_bucket`, {label, le: String(bucketStart(bucket, bits) + bucketWidth(bucket, bits) - 1)}, at, total);
		}

		store.add(`${recordedLatency}_bucket`, {label, le: '+Inf'}, at, total + above);
	}
}
