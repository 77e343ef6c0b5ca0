/*
The table of a suite: which columns and rows are shown, how they are sorted, and where the cursor is. Pure; the view is
worked out by `results`.
*/
import {messageOf} from '../../../core/errors.ts';
import {fieldNames, type ResultSet} from '../../../results/result-set.ts';
import {tableView, type TableView, type ViewRow} from '../../../results/table-view.ts';
import {type MovingCommand} from '../../keys/common-keys.ts';
import {stepOf} from '../../text/move.ts';
import {clampCursor, windowOn} from '../../text/window.ts';

/** A row of the screen. */
export type ShownRow = {
	readonly row: ViewRow;
	/** Alone; repetitions as one, closed or opened; or one of the repetitions of an opened row, indented. */
	readonly kind: 'single' | 'folded' | 'opened' | 'member';
};

export type SuiteState = {
	readonly set: ResultSet;
	/** Names of columns; undefined for the usual ones. */
	readonly columns?: readonly string[];
	readonly where: string;
	/** The rows of the set that fulfil it; undefined where that is not known yet. */
	readonly selected?: readonly number[];
	readonly sort?: {readonly column: string; readonly isDescending: boolean};
	readonly isFolding: boolean;
	/** Ids of folded rows that are opened. */
	readonly opened: ReadonlySet<string>;
	/** Columns that stay at the left. */
	readonly frozen: number;
	readonly hasDetails: boolean;
	readonly search: string;
	/** No row has what is looked for. */
	readonly isMissing: boolean;
	readonly row: number;
	readonly column: number;
	/** The first row and column that are shown. */
	readonly from: number;
	readonly fromColumn: number;
	readonly view: TableView;
	readonly rows: readonly ShownRow[];
	/** What is wrong with the expression, or the columns; the view is the last one that was right. */
	readonly problem?: string;
};

export type SuiteAction =
	| {readonly type: 'read'; readonly set: ResultSet}
	| {readonly type: 'moved'; readonly command: MovingCommand; readonly height: number}
	/** Without the rows of a set that fulfil it, they are worked out here. */
	| {readonly type: 'filtered'; readonly where: string; readonly selected?: {readonly set: ResultSet; readonly rows: readonly number[]}}
	| {readonly type: 'searched'; readonly text: string}
	/** How a search in some rows has ended; undefined where none of them has it. */
	| {readonly type: 'found'; readonly rows: readonly ShownRow[]; readonly index: number | undefined; readonly height: number}
	| {readonly type: 'chose'; readonly columns: readonly string[]}
	| {readonly type: 'sorted'}
	| {readonly type: 'hid'}
	| {readonly type: 'froze'}
	| {readonly type: 'folded'}
	| {readonly type: 'toggled-row'}
	| {readonly type: 'toggled-details'};

export function openSuite(set: ResultSet): SuiteState {
	const view = tableView(set, {fold: true});
	return {
		set, where: '', isFolding: true, opened: new Set(), frozen: 0, hasDetails: false, search: '', isMissing: false,
		row: 0, column: 0, from: 0, fromColumn: 0, view, rows: rowsOf(view, set, new Set()),
	};
}

export function reduceSuite(state: SuiteState, action: SuiteAction): SuiteState {
	switch (action.type) {
		case 'read': {
			return action.set === state.set ? state : viewed({...state, set: action.set, selected: undefined});
		}

		case 'moved': {
			return moved({...state, isMissing: false}, action.command, action.height);
		}

		case 'filtered': {
			const {where, selected} = action;
			return viewed({...state, where, selected: selected?.set === state.set ? selected.rows : undefined});
		}

		case 'searched': {
			return {...state, search: action.text, isMissing: false};
		}

		case 'found': {
			const {rows, index, height} = action;
			return rows === state.rows ? {...(index === undefined ? state : goTo(state, index, height)), isMissing: index === undefined} : state;
		}

		case 'chose': {
			return viewed({...state, columns: action.columns, column: 0, fromColumn: 0, frozen: 0});
		}

		case 'sorted': {
			return sorted(state);
		}

		case 'hid': {
			const names = state.view.columns.map(({name}) => name);
			return names.length < 2 ? state : viewed({...state, columns: names.filter((_, place) => place !== state.column)});
		}

		case 'froze': {
			return {...state, frozen: state.frozen === state.column + 1 ? 0 : state.column + 1};
		}

		case 'folded': {
			return viewed({...state, isFolding: !state.isFolding, opened: new Set()});
		}

		case 'toggled-row': {
			const id = state.rows[state.row]?.row.id ?? '';
			const opened = new Set(state.opened);
			if (!opened.delete(id)) {
				opened.add(id);
			}

			return {...state, opened, rows: rowsOf(state.view, state.set, opened)};
		}

		case 'toggled-details': {
			return {...state, hasDetails: !state.hasDetails};
		}
	}
}

/** The choice of a column chooser: every field, and whether it is shown. */
export function columnChoice({set, view}: SuiteState): ReadonlyArray<{readonly name: string; readonly isShown: boolean}> {
	const shown = new Set(view.columns.map(({name}) => name));
	const others = fieldNames(set).filter(name => !shown.has(name) && name !== 'id' && name !== 'status');
	return [...view.columns.map(({name}) => ({name, isShown: true})), ...others.map(name => ({name, isShown: false}))];
}

// The view of the new state or, where that is none, the old view with the reason.
function viewed(state: SuiteState): SuiteState {
	const {set, columns, where, selected, sort, isFolding, opened} = state;
	try {
		const view = tableView(set, {columns, where, rows: selected, sort: sort && [`${sort.isDescending ? '-' : ''}${sort.column}`], fold: isFolding});
		const rows = rowsOf(view, set, opened);
		return {...state, view, rows, problem: undefined, isMissing: false, row: clampCursor(state.row, rows.length), column: clampCursor(state.column, view.columns.length)};
	} catch (error) {
		return {...state, problem: messageOf(error)};
	}
}

function rowsOf(view: TableView, set: ResultSet, opened: ReadonlySet<string>): readonly ShownRow[] {
	if (!view.isFolded) {
		return view.rows.map(row => ({row, kind: 'single'}));
	}

	return view.rows.flatMap((row): readonly ShownRow[] => {
		if (row.members.length === 1) {
			return [{row, kind: 'single'}];
		}

		return opened.has(row.id) ? [{row, kind: 'opened'}, ...row.members.map((member): ShownRow => ({row: memberRow(view, set, member), kind: 'member'}))] : [{row, kind: 'folded'}];
	});
}

function memberRow(view: TableView, set: ResultSet, member: number): ViewRow {
	const {id, status} = set.rows[member]!;
	return {members: [member], id, status, cells: view.columns.map(({name}) => ({value: set.value(name, member)}))};
}

function moved(state: SuiteState, command: MovingCommand, height: number): SuiteState {
	return command === 'left' || command === 'right'
		? {...state, column: clampCursor(state.column + (command === 'left' ? -1 : 1), state.view.columns.length)}
		: goTo(state, state.row + stepOf(command, height), height);
}

function goTo(state: SuiteState, to: number, height: number): SuiteState {
	const row = clampCursor(to, state.rows.length);
	return {...state, row, from: windowOn({length: state.rows.length, height, cursor: row, from: state.from}).from};
}

function sorted(state: SuiteState): SuiteState {
	const column = state.view.columns[state.column]?.name;
	if (column === undefined) {
		return state;
	}

	const isSame = state.sort?.column === column;
	return viewed({...state, sort: isSame && state.sort?.isDescending ? undefined : {column, isDescending: isSame}});
}
