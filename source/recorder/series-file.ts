import {pythonFloat} from '../core/python-text.ts';
import {type RawWindow} from './series.ts';
import {quoteField} from './split-row.ts';
import {formatTimestamp} from './timestamp.ts';

/**
The text of series.csv: one row a window and label, floats as results.csv has them.

@param windows
@param baseSeconds Epoch seconds that the windows' starts count from.
@param windowMs
*/
export function seriesText(windows: ReadonlyArray<{readonly label: string; readonly window: RawWindow}>, baseSeconds: number, windowMs: number): string {
	const lines = windows.map(({label, window: {start, count, quantiles, max}}) => {
		const whole = Math.floor(start / 1e9);
		const at = formatTimestamp({seconds: baseSeconds + whole, nanos: Math.round(start - (whole * 1e9))});
		return `${[quoteField(label), at, count, ...[count * 1000 / windowMs, ...quantiles, max].map(value => pythonFloat(value))].join(',')}\n`;
	});
	return `label,start,count,throughput,p50_ms,p95_ms,p99_ms,max_ms\n${lines.join('')}`;
}
