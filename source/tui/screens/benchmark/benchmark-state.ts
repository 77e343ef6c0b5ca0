/*
Where a person is in a benchmark: which process or file, which stream, and the one moment that charts and logs share.
*/
import {columnOf, timeOf, type TimeRange} from '../../text/time-chart.ts';
import {type Stream} from './item.ts';

export type BenchmarkState = {
	/** Index among procs and files. */
	readonly item: number;
	/** The stream that was chosen, by item; else the one with more to say. */
	readonly streams: ReadonlyMap<number, Stream>;
	/** Epoch ms; undefined until a person, or a death, points somewhere. */
	readonly at?: number;
	readonly charts: 'small' | 'large' | 'none';
	/** Which of the sources of charts. */
	readonly source: number;
	readonly isZoomed: boolean;
	readonly wraps: boolean;
	/** Whether lines keep the time that they begin with; undefined: where there is room for it and for the line. */
	readonly hasTimes?: boolean;
	/** Cells that logs are scrolled to the left. */
	readonly column: number;
	/** What covers the charts. */
	readonly panel: 'charts' | 'why' | 'inputs' | 'command';
};

export type BenchmarkAction =
	| {readonly type: 'went'; readonly step: 1 | -1; readonly count: number}
	| {readonly type: 'chose-item'; readonly index: number}
	| {readonly type: 'chose-stream'; readonly stream: Stream}
	| {readonly type: 'pointed'; readonly at: number}
	| {readonly type: 'resized-charts'}
	| {readonly type: 'changed-source'; readonly count: number}
	| {readonly type: 'zoomed'; readonly isZoomed: boolean}
	| {readonly type: 'wrapped'}
	| {readonly type: 'toggled-times'; readonly areShown: boolean}
	| {readonly type: 'scrolled'; readonly cells: number}
	| {readonly type: 'showed'; readonly panel: BenchmarkState['panel']};

export const startState: BenchmarkState = {item: 0, streams: new Map(), charts: 'small', source: 0, isZoomed: false, wraps: false, column: 0, panel: 'charts'};

export function reduceBenchmark(state: BenchmarkState, action: BenchmarkAction): BenchmarkState {
	switch (action.type) {
		case 'went': {
			return {...state, item: action.count === 0 ? 0 : (state.item + action.step + action.count) % action.count, column: 0};
		}

		case 'chose-item': {
			return {...state, item: action.index, column: 0};
		}

		case 'chose-stream': {
			return {...state, streams: new Map([...state.streams, [state.item, action.stream]]), column: 0};
		}

		case 'pointed': {
			return {...state, at: action.at};
		}

		case 'resized-charts': {
			return {...state, charts: state.charts === 'small' ? 'large' : (state.charts === 'large' ? 'none' : 'small')};
		}

		case 'changed-source': {
			return {...state, source: action.count === 0 ? 0 : (state.source + 1) % action.count};
		}

		case 'zoomed': {
			return {...state, isZoomed: action.isZoomed};
		}

		case 'wrapped': {
			return {...state, wraps: !state.wraps, column: 0};
		}

		case 'toggled-times': {
			return {...state, hasTimes: !action.areShown, column: 0};
		}

		case 'scrolled': {
			return {...state, column: Math.max(0, state.column + action.cells)};
		}

		case 'showed': {
			return {...state, panel: state.panel === action.panel ? 'charts' : action.panel};
		}
	}
}

/** The moment some columns of a chart further; without one, from the end that is stepped away from. */
export function stepped(at: number | undefined, columns: number, range: TimeRange, width: number): number {
	const start = columns > 0 ? -1 : width;
	const from = at === undefined ? start : columnOf(at, range, width);
	return timeOf(Math.max(0, Math.min(width - 1, from + columns)), range, width);
}
