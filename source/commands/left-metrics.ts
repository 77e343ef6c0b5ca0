import path from 'node:path';
import {messageOf} from '../core/errors.ts';
import {type RunState} from '../core/state.ts';
import {compressMetrics, removeRaw} from '../metrics/compress-metrics.ts';

/** Compresses what a runner that was killed left as `metrics.om` of benchmarks that had finished. */
export async function compressLeftMetrics({directory, state}: {readonly directory: string; readonly state: RunState}, note: (text: string) => void): Promise<void> {
	for (const {id, status} of state.benchmarks) {
		if (status === 'finished') {
			try {
				await compressMetrics(path.join(directory, id));
				await removeRaw(path.join(directory, id));
			} catch (error) {
				note(messageOf(error));
			}
		}
	}
}
