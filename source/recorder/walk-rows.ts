import {type ValueCounts} from '../core/value-counts.ts';
import {type Control} from './control.ts';
import {mergeBlocks, type Slab} from './merge-blocks.ts';
import {type RowSource} from './row-groups.ts';
import {type RawWindow, WindowSeries} from './series.ts';
import {LabelledThroughput, type Throughput, UnlabelledThroughput} from './throughput.ts';

/** What the order of a label's rows tells. */
export type OrderedFigures = {
	readonly throughput: ValueCounts;
	readonly windows: readonly RawWindow[];
	/** Empty windows that were left out of a very long gap. */
	readonly skippedWindows: number;
	/** Nanoseconds after the analysis' base. */
	readonly firstStart: number;
	readonly lastStart: number;
};

type LabelState = {readonly throughput: Throughput; readonly series: WindowSeries; readonly firstStart: number; lastStart: number};

/** Takes all rows, the prefix included, in order. */
export type SlabSink = (slab: Slab) => Promise<void>;

/**
Goes through all rows in the order of their starts.

@param source
@param windowMs
@param sink Gets every slab too, and is waited for.
@returns By the labels' indices, in order of first appearance among the rows that count.
*/
export async function walkRows(source: RowSource, windowMs: number, {control, sink}: {readonly control: Control; readonly sink?: SlabSink}): Promise<ReadonlyMap<number, OrderedFigures>> {
	const states = new Map<number, LabelState>();
	const byLabel: Array<LabelState | undefined> = source.labels.map(() => undefined);
	let origin = NaN;
	const enter = (label: number, start: number): LabelState => {
		origin = Number.isNaN(origin) ? start : origin;
		const throughput = source.isLabelled ? new LabelledThroughput() : new UnlabelledThroughput();
		const state = {throughput, series: new WindowSeries(origin, windowMs * 1e6), firstStart: start, lastStart: start};
		states.set(label, state);
		byLabel[label] = state;
		return state;
	};

	for (const slab of mergeBlocks(source.blocks)) {
		control.throwIfCanceled();
		walkSlab(slab, source, (label, start) => byLabel[label] ?? enter(label, start));
		await sink?.(slab);
	}

	return new Map([...states].map(([label, {throughput, series, firstStart, lastStart}]) => {
		throughput.end();
		series.end();
		return [label, {throughput: throughput.values, windows: series.windows, skippedWindows: series.skipped, firstStart, lastStart}];
	}));
}

function walkSlab({rows, order, starts, latencies, counts, labels}: Slab, {cut, isLabelled}: RowSource, stateOf: (label: number, start: number) => LabelState): void {
	for (let index = 0; index < rows; index++) {
		const row = order[index]!;
		const start = starts[row]!;
		if (start < cut) {
			continue;
		}

		const count = counts[row]!;
		const state = stateOf(isLabelled ? labels[row]! : 0, start);
		state.lastStart = start;
		state.throughput.add(start, count);
		state.series.add(start, latencies[row]!, count);
	}
}
