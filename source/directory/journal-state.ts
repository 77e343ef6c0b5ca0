import {type RunEvent} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {emptyState, type RunState} from '../core/state.ts';

/**
A journal, folded. A run that was resumed has a `suite-started` for each time: what ended before stays, and whether the run
ended is what the last time says.

@returns Undefined where no `suite-started` stands in it, for without that nothing else makes sense.
*/
export function stateOf(events: readonly RunEvent[]): RunState | undefined {
	const isWhole = events.some(({type}) => type === 'suite-started');
	return isWhole ? events.reduce((state, event) => step(state, event), emptyState) : undefined;
}

function step(state: RunState, event: RunEvent): RunState {
	return event.type === 'suite-started' ? restarted(state, reduce(emptyState, event)) : reduce(state, event);
}

function restarted(before: RunState, state: RunState): RunState {
	return {
		...state,
		startedAt: before.startedAt || state.startedAt,
		selected: [...new Set([...before.selected, ...state.selected])],
		warnings: before.warnings,
		benchmarks: state.benchmarks.map((benchmark, place) => {
			const earlier = before.benchmarks[place];
			return earlier && earlier.status !== 'waiting' ? earlier : benchmark;
		}),
	};
}
