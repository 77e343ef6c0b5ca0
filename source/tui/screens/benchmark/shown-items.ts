import {type Triage} from '../../../results/triage.ts';
import {type BenchmarkState, startState} from './benchmark-state.ts';
import {type Item, type Stream, tellingStream} from './item.ts';

/** Where a benchmark is opened: on the proc that died first, at that moment. */
export function initialState(items: readonly Item[], triage: Triage | undefined): BenchmarkState {
	const dead = triage?.first ? items.findIndex(item => item.kind === 'proc' && item.proc.label === triage.first?.label) : -1;
	return {...startState, item: Math.max(0, dead), panel: triage ? 'why' : 'charts', ...(triage?.first?.diedAt !== undefined && {at: triage.first.diedAt})};
}

/** The stream of an item that is shown: the one that was chosen, else the one with more to say. */
export function streamOf({streams}: BenchmarkState, items: readonly Item[], index: number): Stream {
	const item = items[index];
	return streams.get(index) ?? (item ? tellingStream(item) : 'out');
}

/** The item in focus, then those after it that have anything to say. */
export function shownItems(items: readonly Item[], {item}: BenchmarkState, count: number): readonly number[] {
	const others = items.flatMap((one, index) => (index !== item && one.kind === 'proc' && (one.proc.outBytes ?? 0) + (one.proc.errBytes ?? 0) > 0 ? [index] : []));
	const after = [...others.filter(index => index > item), ...others.filter(index => index < item)];
	return items.length === 0 ? [] : [item, ...after].slice(0, count);
}
