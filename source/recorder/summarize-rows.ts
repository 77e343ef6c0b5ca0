import {type Control} from './control.ts';
import {type LatencySummary, summarizeLatency} from './latency.ts';
import {type RowSource} from './row-groups.ts';
import {type Series, windowSeries} from './series.ts';

/** What is worked out of rows without putting them in order, so that another thread does it meanwhile; by the labels' indices. */
export type RowSummary = {
	readonly latency: ReadonlyMap<number, LatencySummary>;
	/** Empty where no windows are wanted. */
	readonly series: ReadonlyMap<number, Series>;
};

export type SummaryRequest = {
	readonly source: RowSource;
	/** Length of the windows that are wanted, if any. */
	readonly windowMs: number | undefined;
};

export function summarizeRows({source, windowMs}: SummaryRequest, control: Control): RowSummary {
	return {latency: summarizeLatency(source, control), series: windowMs === undefined ? new Map() : windowSeries(source, windowMs, control)};
}
