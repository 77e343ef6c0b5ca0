import {type ValueCounts} from '../core/value-counts.ts';
import {type Control} from './control.ts';
import {mergeBlocks, type Slab} from './merge-blocks.ts';
import {type RowSource} from './row-groups.ts';
import {LabelledThroughput, type Throughput, UnlabelledThroughput} from './throughput.ts';

/** What the order of a label's rows tells. */
export type OrderedFigures = {
	readonly throughput: ValueCounts;
	/** Nanoseconds after the analysis' base. */
	readonly firstStart: number;
	readonly lastStart: number;
};

type LabelState = {readonly throughput: Throughput; readonly firstStart: number; lastStart: number};

/** Takes all rows, the prefix included, in order. */
type SlabSink = (slab: Slab) => Promise<void>;

/**
Goes through all rows in the order of their starts.

@param source
@param sink Gets every slab too, and is waited for.
@returns By the labels' indices, in order of first appearance among the rows that count.
*/
export async function walkRows(source: RowSource, {control, sink}: {readonly control: Control; readonly sink?: SlabSink}): Promise<ReadonlyMap<number, OrderedFigures>> {
	const states = new Map<number, LabelState>();
	const byLabel: Array<LabelState | undefined> = source.labels.map(() => undefined);
	const enter = (label: number, start: number): LabelState => {
		const throughput = source.isLabelled ? new LabelledThroughput() : new UnlabelledThroughput();
		const state = {throughput, firstStart: start, lastStart: start};
		states.set(label, state);
		byLabel[label] = state;
		return state;
	};

	for (const slab of mergeBlocks(source.blocks, sink !== undefined)) {
		control.throwIfCanceled();
		walkSlab(slab, source, (label, start) => byLabel[label] ?? enter(label, start));
		await sink?.(slab);
	}

	return new Map([...states].map(([label, {throughput, firstStart, lastStart}]) => {
		throughput.end();
		return [label, {throughput: throughput.values, firstStart, lastStart}];
	}));
}

function walkSlab({rows, order, starts, counts, labels}: Slab, {cut, isLabelled}: RowSource, stateOf: (label: number, start: number) => LabelState): void {
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
	}
}
