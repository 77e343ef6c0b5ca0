import {type RunEvent} from '../core/event.ts';
import {reduce} from '../core/reduce.ts';
import {emptyState, type RunState} from '../core/state.ts';

/**
A journal, folded.

@returns Undefined where no `suite-started` stands in it, for without that nothing else makes sense.
*/
export function stateOf(events: readonly RunEvent[]): RunState | undefined {
	const isWhole = events.some(({type}) => type === 'suite-started');
	return isWhole ? events.reduce((state, event) => reduce(state, event), emptyState) : undefined;
}
