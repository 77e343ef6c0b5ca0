/*
How the rows of a benchmark's page are shared out: charts or what covers them above, logs below.
*/
import {type Line} from '../../text/line.ts';
import {type BenchmarkState} from './benchmark-state.ts';
import {chartsRows} from './chart-lines.ts';

/** Rows of each chart's picture. */
export function pictureRowsOf({charts}: BenchmarkState, body: number): number {
	return charts === 'large' ? Math.max(3, Math.floor((body * 0.7) / 2) - 2) : Math.max(2, Math.min(7, Math.floor((body - 3) / 7)));
}

/** Rows above the logs. */
export function topRowsOf({
	state,
	panel,
	body,
	pictureRows,
}: {
	readonly state: BenchmarkState;
	readonly panel: readonly Line[] | undefined;
	readonly body: number;
	readonly pictureRows: number;
}): number {
	if (panel) {
		return Math.min(panel.length, Math.floor(body * 0.6));
	}

	if (state.charts === 'none') {
		return 0;
	}

	return pictureRows > 0 ? chartsRows(pictureRows) : 2;
}

/** Rows of one of several logs; what does not share out is the first one's. */
export function paneHeight(height: number, count: number, place: number): number {
	const each = Math.floor(height / count);
	return place === 0 ? height - (each * (count - 1)) : each;
}
