import fs from 'node:fs/promises';
import path from 'node:path';
import {type LiveMetrics} from '../core/console.ts';
import {SeriesStore} from '../core/series-store.ts';
import {type SeriesSource} from '../core/series.ts';
import {followMetrics} from '../metrics/follow-metrics.ts';
import {compressedMetricsFile} from '../metrics/metrics-files.ts';
import {readMetrics} from '../metrics/read-metrics.ts';

const pollMs = 200;
const restMs = 3000;

type Record = SeriesSource & {readonly metrics: readonly string[]};

/**
A benchmark's samples: those that were recorded, and those that come while it is measured.

@param isAtRest Whether none are expected any more: they are then looked for every few seconds.
*/
export function liveMetrics(directory: string, isAtRest: () => boolean = () => false): LiveMetrics {
	const store = new SeriesStore();
	const follower = followMetrics(directory, store);
	const listeners = new Set<() => void>();
	let record: Record = store;
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	let known = 0;
	const tell = () => {
		for (const listener of listeners) {
			listener();
		}
	};

	const poll = async () => {
		try {
			await follower.poll();
			// A record that grows is followed; one that is compressed was whole before anybody looked.
			if (store.metrics.length === 0 && record === store && await isThere(path.join(directory, compressedMetricsFile))) {
				record = await readMetrics(directory) ?? store;
			}
		} catch {
			// A record that cannot be read now shows nothing; the next look tells.
		}

		// What has not changed need not be drawn; a record that was whole changes once.
		const now = record === store ? follower.bytes : Infinity;
		if (now !== known) {
			known = now;
			tell();
		}

		if (!isClosed) {
			timer = setTimeout(() => {
				void poll();
			}, isAtRest() ? restMs : (record === store ? pollMs : pollMs * 10));
			timer.unref();
		}
	};

	void poll();
	return {
		source: {select: metric => record.select(metric)},
		names: () => record.metrics,
		watch(onChange) {
			listeners.add(onChange);
			return () => {
				listeners.delete(onChange);
			};
		},
		async close() {
			isClosed = true;
			clearTimeout(timer);
			listeners.clear();
			await follower.close();
		},
	};
}

async function isThere(file: string): Promise<boolean> {
	try {
		await fs.access(file);
		return true;
	} catch {
		return false;
	}
}
