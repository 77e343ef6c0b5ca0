import {parseQuery} from '../../../logs/query.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {cellText} from '../../../results/cell-text.ts';
import {type ViewRow} from '../../../results/table-view.ts';
import {type Glyphs} from '../../glyphs.ts';
import {type Line, lineOf, segment, type Tone} from '../../text/line.ts';
import {type Column, columnWidths, tableRow} from '../../text/table.ts';
import {textWidth} from '../../text/width.ts';
import {windowOn} from '../../text/window.ts';
import {marks, selectedLine} from '../row-style.ts';
import {type ShownRow, type SuiteState} from './suite-state.ts';

type Look = {readonly glyphs: Glyphs; readonly width: number; readonly height: number};

// Of a table of tens of thousands of rows, so many are measured for the widths of the columns.
const measured = 200;
const maxCell = 28;

/** The table as lines, its titles first. */
export function suiteLines(state: SuiteState, {glyphs, width, height}: Look): readonly Line[] {
	const {rows, row: cursor, column: cursorColumn, set} = state;
	if (rows.length === 0) {
		return [
			[],
			lineOf(state.where === '' ? '  No benchmark of it has begun.' : `  No benchmark fulfils ${state.where}.`, 'muted'),
			...set.warnings.map(warning => lineOf(`  ${plainText(warning)}.`, 'warn')),
		];
	}

	const columns = columnsOf(state, glyphs);
	const widths = widthsOf(rows, columns, row => cellsOf(row, glyphs));
	const shown = shownColumns({widths, frozen: state.frozen + 1, cursor: cursorColumn + 1, from: state.fromColumn + 1, width: width - 1});
	const pick = <Value>(values: readonly Value[]) => shown.map(place => values[place]!);
	const {from, to} = windowOn({length: rows.length, height: height - 1, cursor, from: state.from});
	const query = state.search === '' ? undefined : parseQuery(state.search);
	const titles = columns.map(({title}, place): Line => [segment(title, place === cursorColumn + 1 ? 'accent' : 'muted', {bold: place === cursorColumn + 1, underline: place === cursorColumn + 1})]);
	const lines = rows.slice(from, to).map((row, index): Line => {
		const line = marks([segment(' '), ...tableRow(pick(cellsOf(row, glyphs)), pick(columns), pick(widths))], query);
		return from + index === cursor ? selectedLine(line, width) : line;
	});
	const more = shown.at(-1)! < columns.length - 1 ? [segment(' ›', 'faint')] : [];
	return [[segment(' '), ...tableRow(pick(titles), pick(columns), pick(widths)), ...more], ...lines];
}

// Moving the cursor changes no width.
const widthsOnce = new WeakMap<readonly ShownRow[], {readonly key: string; readonly widths: readonly number[]}>();

function widthsOf(rows: readonly ShownRow[], columns: readonly Column[], cells: (row: ShownRow) => readonly Line[]): readonly number[] {
	const key = columns.map(({title}) => title).join('\n');
	const known = widthsOnce.get(rows);
	if (known?.key === key) {
		return known.widths;
	}

	const every = Math.ceil(rows.length / measured);
	const widths = columnWidths(columns, rows.filter((_, index) => index % every === 0).map(row => cells(row)));
	widthsOnce.set(rows, {key, widths});
	return widths;
}

function columnsOf({view, sort, set, frozen}: SuiteState, {up, down, vertical}: Glyphs): readonly Column[] {
	return [
		{title: set.run ? 'benchmark' : 'row', max: 16},
		...view.columns.map(({name, isNumeric}, place): Column => ({
			title: `${plainText(name)}${sort?.column === name ? ` ${sort.isDescending ? down : up}` : ''}${frozen === place + 1 ? ` ${vertical}` : ''}`,
			align: isNumeric ? 'right' : 'left',
			max: Math.max(maxCell, textWidth(name) + 2),
		})),
	];
}

function cellsOf({row: {id, status, cells, members}, kind}: ShownRow, glyphs: Glyphs): readonly Line[] {
	const [sign, tone] = statusSign(status, glyphs);
	const isMember = kind === 'member';
	const {opened, folded, times} = glyphs;
	const name = kind === 'folded' || kind === 'opened' ? `${kind === 'opened' ? opened : folded} ${members.length} ${times} ${id.slice(0, id.indexOf(','))}` : `${isMember ? '  ' : ''}${id}`;
	return [
		[segment(`${sign} `, tone), segment(name, isMember ? 'muted' : 'plain')],
		...cells.map(cell => lineOf(plainText(cellText(cell)), cell.value === undefined ? 'faint' : (isMember ? 'muted' : 'plain'))),
	];
}

function statusSign(status: ViewRow['status'], {done, failed, running, skipped, waiting}: Glyphs): readonly [string, Tone] {
	const signs: Readonly<Record<ViewRow['status'], readonly [string, Tone]>> = {
		finished: [done, 'good'], failed: [failed, 'bad'], running: [running, 'accent'], interrupted: [skipped, 'warn'], waiting: [waiting, 'faint'],
	};
	return signs[status];
}

type Fitting = {readonly widths: readonly number[]; readonly frozen: number; readonly cursor: number; readonly from: number; readonly width: number};

/** Places of the columns that fit: the frozen ones, then a stretch with the cursor's column in it. */
function shownColumns({widths, frozen, cursor, from, width}: Fitting): readonly number[] {
	const places = [...widths.keys()];
	const fixed = places.slice(0, frozen);
	const rest = places.slice(frozen);
	const room = width - fixed.reduce((sum, place) => sum + widths[place]! + 2, 0);
	const fitting = (start: number) => {
		let left = room;
		return rest.slice(start).filter(place => {
			left -= widths[place]! + 2;
			return left >= -2 || place === rest[start];
		});
	};

	for (let start = Math.max(0, Math.min(from - frozen, cursor - frozen)); start < rest.length; start++) {
		const shown = fitting(start);
		if (cursor < frozen || shown.includes(cursor)) {
			return [...fixed, ...shown];
		}
	}

	return fixed;
}
