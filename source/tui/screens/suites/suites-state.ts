/*
The list of suites: what is known of them so far, how they are sorted and filtered, and where the cursor is. Pure; a suite
that fills in never moves the cursor, which stays on its path.
*/
import {compareNaturally} from '../../../core/natural-order.ts';
import {parseQuery} from '../../../logs/query.ts';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {type MovingCommand} from '../../keys/common-keys.ts';
import {stepOf} from '../../text/move.ts';
import {clampCursor, windowOn} from '../../text/window.ts';

export type SortKey = 'started' | 'suite' | 'status' | 'failed' | 'took';

const sortKeys: readonly SortKey[] = ['started', 'suite', 'status', 'failed', 'took'];

export type SuitesState = {
	readonly suites: ReadonlyMap<string, ListedSuite>;
	/** All have been read. */
	readonly isComplete: boolean;
	readonly problem?: string;
	readonly sort: SortKey;
	readonly isReversed: boolean;
	readonly search: string;
	readonly filter: string;
	/** Path of the suite under the cursor; undefined for the first. */
	readonly cursor?: string;
	/** The first row that is shown. */
	readonly from: number;
	/** In the order of marking. */
	readonly marked: readonly string[];
};

export const emptySuites: SuitesState = {suites: new Map(), isComplete: false, sort: 'started', isReversed: false, search: '', filter: '', from: 0, marked: []};

export type SuitesAction =
	| {readonly type: 'listed'; readonly suites: readonly ListedSuite[]}
	| {readonly type: 'vanished'; readonly paths: readonly string[]}
	| {readonly type: 'completed'; readonly problem?: string}
	| {readonly type: 'moved'; readonly command: MovingCommand; readonly height: number}
	| {readonly type: 'searched'; readonly text: string; readonly height: number}
	| {readonly type: 'went-to-match'; readonly step: 1 | -1; readonly height: number}
	| {readonly type: 'filtered'; readonly text: string}
	| {readonly type: 'marked'; readonly height: number}
	| {readonly type: 'unmarked'}
	| {readonly type: 'sorted'}
	| {readonly type: 'reversed'};

export function reduceSuites(state: SuitesState, action: SuitesAction): SuitesState {
	switch (action.type) {
		case 'listed': {
			return {...state, problem: undefined, suites: new Map([...state.suites, ...action.suites.map(suite => [suite.path, suite] as const)])};
		}

		case 'vanished': {
			const gone = new Set(action.paths);
			return {...state, suites: new Map([...state.suites].filter(([path]) => !gone.has(path))), marked: state.marked.filter(path => !gone.has(path))};
		}

		case 'completed': {
			return {...state, isComplete: true, problem: action.problem};
		}

		case 'moved': {
			return goTo(state, cursorIndex(state) + stepOf(action.command, action.height), action.height);
		}

		case 'searched': {
			return matchFrom({...state, search: action.text}, cursorIndex(state), 1, action.height);
		}

		case 'went-to-match': {
			return matchFrom(state, cursorIndex(state) + action.step, action.step, action.height);
		}

		case 'filtered': {
			return {...state, filter: action.text, from: 0};
		}

		case 'marked': {
			const path = currentSuite(state)?.path;
			if (path === undefined) {
				return state;
			}

			const marked = state.marked.includes(path) ? state.marked.filter(other => other !== path) : [...state.marked, path];
			return goTo({...state, marked}, cursorIndex(state) + 1, action.height);
		}

		case 'unmarked': {
			return {...state, marked: []};
		}

		case 'sorted': {
			return {...state, sort: sortKeys[(sortKeys.indexOf(state.sort) + 1) % sortKeys.length]!, from: 0};
		}

		case 'reversed': {
			return {...state, isReversed: !state.isReversed, from: 0};
		}
	}
}

// A key asks for the same list several times: it is sorted once for each state of what is known.
const sortedOnce = new WeakMap<SuitesState['suites'], {readonly key: string; readonly shown: readonly ListedSuite[]}>();

/** The suites that are shown, in order. */
export function shownSuites(state: SuitesState): readonly ListedSuite[] {
	const key = `${state.sort} ${state.isReversed} ${state.filter}`;
	const known = sortedOnce.get(state.suites);
	if (known?.key === key) {
		return known.shown;
	}

	const shown = sortedSuites(state);
	sortedOnce.set(state.suites, {key, shown});
	return shown;
}

function sortedSuites({suites, filter, sort, isReversed}: SuitesState): readonly ListedSuite[] {
	const query = filter === '' ? undefined : parseQuery(filter);
	const kept = [...suites.values()].filter(suite => !query || query.test(searchText(suite)));
	const sorted = kept.toSorted((one, other) => compare(one, other, sort) || compareNaturally(other.name, one.name));
	return isReversed ? sorted.toReversed() : sorted;
}

/** What search and filter look at. */
function searchText({name, word, suite, status, kind, hosts, note, problem}: ListedSuite): string {
	return [name, word, suite, status ?? kind, ...hosts, note, problem].filter(part => part !== undefined).join(' ');
}

export function currentSuite(state: SuitesState): ListedSuite | undefined {
	return shownSuites(state)[cursorIndex(state)];
}

export function cursorIndex(state: SuitesState): number {
	return state.cursor === undefined ? 0 : Math.max(0, shownSuites(state).findIndex(({path}) => path === state.cursor));
}

function goTo(state: SuitesState, index: number, height: number): SuitesState {
	const shown = shownSuites(state);
	const cursor = clampCursor(index, shown.length);
	return {...state, cursor: shown[cursor]?.path, from: windowOn({length: shown.length, height, cursor, from: state.from}).from};
}

function matchFrom(state: SuitesState, start: number, step: 1 | -1, height: number): SuitesState {
	const shown = shownSuites(state);
	if (state.search === '' || shown.length === 0) {
		return state;
	}

	const query = parseQuery(state.search);
	for (let tried = 0; tried < shown.length; tried++) {
		const index = (start + (tried * step) + shown.length + shown.length) % shown.length;
		if (query.test(searchText(shown[index]!))) {
			return goTo(state, index, height);
		}
	}

	return state;
}

// What went wrong comes first; what is no run comes last.
const severity: Readonly<Record<string, number>> = {failed: 0, interrupted: 1, running: 2, finished: 3};

function compare(one: ListedSuite, other: ListedSuite, sort: SortKey): number {
	switch (sort) {
		case 'started': {
			return (other.startedAt ?? -Infinity) - (one.startedAt ?? -Infinity) || 0;
		}

		case 'suite': {
			return compareNaturally(one.suite, other.suite);
		}

		case 'status': {
			return (severity[one.status ?? ''] ?? 4) - (severity[other.status ?? ''] ?? 4);
		}

		case 'failed': {
			return other.failed - one.failed;
		}

		case 'took': {
			return (other.durationMs ?? -1) - (one.durationMs ?? -1);
		}
	}
}
