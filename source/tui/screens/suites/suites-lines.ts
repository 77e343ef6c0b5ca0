import {parseQuery} from '../../../logs/query.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {type Glyphs} from '../../glyphs.ts';
import {type PaletteEntry} from '../../text/palette.ts';
import {type Line, lineOf, segment, type Tone} from '../../text/line.ts';
import {shortTime} from '../../text/quantity.ts';
import {type Column, columnWidths, tableRow, tableTitles} from '../../text/table.ts';
import {windowOn} from '../../text/window.ts';
import {dayAndTime} from '../day-text.ts';
import {marks, selectedLine} from '../row-style.ts';
import {cursorIndex, shownSuites, type SortKey, type SuitesState} from './suites-state.ts';

type Look = {readonly glyphs: Glyphs; readonly width: number; readonly height: number};

// Hosts are shown from this width on.
const wide = 110;

const sortColumns: Readonly<Record<SortKey, string>> = {started: 'started', suite: 'suite', status: 'status', failed: 'done', took: 'took'};

/** The list as lines, its titles first. */
export function suitesLines(state: SuitesState, {glyphs, width, height}: Look): readonly Line[] {
	const shown = shownSuites(state);
	if (shown.length === 0) {
		return emptyLines(state);
	}

	const hasNotes = shown.some(({note, problem}) => (note ?? problem) !== undefined);
	const columns = columnsFor(state, {width, hasNotes, glyphs});
	const query = state.search === '' ? undefined : parseQuery(state.search);
	const widths = widthsOf(shown, columns, suite => cellsOf(suite, state, glyphs, width));
	const cursor = cursorIndex(state);
	const {from, to} = windowOn({length: shown.length, height: height - 1, cursor, from: state.from});
	const rows = shown.slice(from, to).map((suite, index): Line => {
		const line = marks([segment(' '), ...tableRow(cellsOf(suite, state, glyphs, width), columns, widths)], query);
		return from + index === cursor ? selectedLine(line, width) : line;
	});
	return [[segment(' '), ...tableTitles(columns, widths)], ...rows];
}

// Moving the cursor changes no width.
const measured = new WeakMap<readonly ListedSuite[], {readonly key: string; readonly widths: readonly number[]}>();

function widthsOf(shown: readonly ListedSuite[], columns: readonly Column[], cells: (suite: ListedSuite) => readonly Line[]): readonly number[] {
	const key = columns.map(({title, max = 0}) => `${title} ${max}`).join('\n');
	const known = measured.get(shown);
	if (known?.key === key) {
		return known.widths;
	}

	const widths = columnWidths(columns, shown.map(suite => cells(suite)));
	measured.set(shown, {key, widths});
	return widths;
}

function emptyLines({isComplete, filter, problem}: SuitesState): readonly Line[] {
	if (problem !== undefined) {
		return [[], lineOf(`  ${plainText(problem)}`, 'warn')];
	}

	if (!isComplete) {
		return [[], lineOf('  Reading …', 'muted')];
	}

	return filter === ''
		? [
			[],
			lineOf('  There is nothing here yet. Run a suite:', 'muted'),
			[],
			lineOf('    benchdeck run unreplicated/smoke', 'accent'),
			[],
			lineOf('  or name where suites lie: benchdeck browse DIRECTORY.', 'muted'),
		]
		: [[], lineOf(`  Nothing matches ${filter}. Escape shows all.`, 'muted')];
}

function columnsFor({sort, isReversed}: SuitesState, {width, hasNotes, glyphs: {up, down}}: Pick<Look, 'width' | 'glyphs'> & {readonly hasNotes: boolean}): readonly Column[] {
	const title = (name: string) => (sortColumns[sort] === name ? `${name} ${isReversed === (sort === 'suite' || sort === 'status') ? down : up}` : name);
	return [
		{title: ' '},
		{title: title('started'), max: 16},
		{title: title('suite'), max: Math.max(14, Math.floor(width / 4))},
		{title: 'word', max: 10},
		{title: title('status'), max: 13},
		{title: title('done'), max: 17},
		{title: title('took'), align: 'right', max: 8},
		...(width >= wide ? [{title: 'hosts', max: Math.max(10, Math.floor(width / 6))}] : []),
		...(hasNotes ? [{title: 'note', max: Math.max(8, Math.floor(width / 2))}] : []),
	];
}

function cellsOf(suite: ListedSuite, {marked}: SuitesState, glyphs: Glyphs, width: number): readonly Line[] {
	const {path, startedAt, word, finished, failed, total, durationMs, hosts, note, problem, isRead, kind} = suite;
	const place = marked.indexOf(path);
	const isRun = kind === 'journaled' || kind === 'harness';
	const done: Line = isRead && kind !== 'foreign' && kind !== 'unreadable'
		? [segment(isRun ? `${finished}/${total}` : `${total} rows`), ...(failed > 0 ? [segment(` ${failed} failed`, 'bad')] : [])]
		: [segment(isRead ? '' : glyphs.ellipsis, 'faint')];
	return [
		[segment(place === -1 ? ' ' : String(place + 1), 'accent', {bold: true})],
		lineOf(startedAt === undefined ? '' : dayAndTime(startedAt), 'muted'),
		[...(suite.engine === 'rehearsal' ? [segment('rehearsal ', 'warn')] : []), segment(plainText(suite.suite))],
		lineOf(word ?? '', 'muted'),
		statusCell(suite, glyphs),
		done,
		lineOf(durationMs === undefined ? '' : shortTime(durationMs), 'muted'),
		...(width >= wide ? [lineOf(hosts.map(host => plainText(host)).join(' '), 'faint')] : []),
		problem === undefined ? lineOf(plainText(note ?? ''), 'muted') : lineOf(plainText(problem), 'warn'),
	];
}

/** A suite as an entry of the palette. */
export function suiteShortcut({name, word, suite, startedAt, status, kind}: ListedSuite): PaletteEntry {
	return {
		kind: 'place',
		name: plainText(word ?? name),
		detail: plainText(
			[suite, startedAt === undefined ? '' : dayAndTime(startedAt), status ?? kindWords[kind]].filter(part => part !== '').join('  '),
		),
		keys: [],
	};
}

const kindWords: Readonly<Record<ListedSuite['kind'], string>> = {journaled: '', harness: '', results: 'results file', foreign: 'no run', unreadable: 'unreadable'};

/** The state of a run as a sign and a word. */
export function statusCell({status, kind, isRead}: ListedSuite, glyphs: Glyphs): Line {
	if (status === undefined) {
		return lineOf(isRead ? kindWords[kind] : '', 'faint');
	}

	const [sign, tone] = statusSigns(glyphs)[status];
	return [segment(`${sign} `, tone), segment(status, tone)];
}

function statusSigns({done, failed, running, skipped}: Glyphs): Readonly<Record<NonNullable<ListedSuite['status']>, readonly [string, Tone]>> {
	return {finished: [done, 'good'], failed: [failed, 'bad'], running: [running, 'accent'], interrupted: [skipped, 'warn']};
}
