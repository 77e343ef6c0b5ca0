import {type BenchmarkState, type RunState} from '../../core/state.ts';
import {type Glyphs} from '../glyphs.ts';
import {fitLine, type Line, lineOf, lineWidth, segment} from '../text/line.ts';
import {shortNumber} from '../text/quantity.ts';
import {type Column, columnWidths, tableRow} from '../text/table.ts';
import {windowOn} from '../text/window.ts';
import {cellText, differingParameters, headline, leavesOf, phaseNow, shortNames} from './select.ts';

type BenchmarkListView = {
	readonly state: RunState;
	/** Index of the benchmark on the screen. */
	readonly shown: number | undefined;
	readonly isFocused: boolean;
	readonly width: number;
	readonly height: number;
};

type Cells = ReadonlyArray<Line | undefined>;

/** Every selected benchmark: what differs between them, how each stands, and its result; the shown one in view. */
export function benchmarkListLines({state, shown, isFocused, width, height}: BenchmarkListView, glyphs: Glyphs): readonly Line[] {
	const chosen = state.selected.flatMap(index => state.benchmarks[index - 1] ?? []);
	const {columns, rows, titles} = benchmarkTable(state, chosen, width - 3, glyphs);
	const widths = columnWidths(columns, [titles, ...rows]);
	const room = Math.max(0, height - 1);
	const cursor = Math.max(0, chosen.findIndex(({index}) => index === shown));
	const {from, to} = windowOn({length: chosen.length, height: room, cursor, from: Math.max(0, cursor - Math.floor(room / 2))});
	const more = to < chosen.length || from > 0 ? `${from + 1}-${to} of ${chosen.length}` : '';
	const head: Line = [segment(' '.repeat(3)), ...tableRow(titles, columns, widths)];
	return [
		lineWidth(head) + more.length + 2 <= width ? [...fitLine(head, width - more.length - 1), segment(`${more} `, 'faint')] : head,
		...chosen.slice(from, to).map((benchmark, row): Line => {
			const isShown = from + row === cursor;
			const mark = isShown ? segment(glyphs.cursor, isFocused ? 'accent' : 'muted', {bold: true}) : segment(' ');
			const line = fitLine([mark, statusGlyph(benchmark, glyphs), segment(' '), ...tableRow(rows[from + row]!, columns, widths)], width, glyphs.ellipsis);
			return isShown ? line.map(part => ({...part, selected: true})) : line;
		}),
	];
}

/** The sign of a benchmark's state: the shape says it, the colour repeats it. */
function statusGlyph({status, endedAt}: Pick<BenchmarkState, 'status' | 'endedAt'>, glyphs: Glyphs): Line[number] {
	switch (status) {
		case 'finished': {
			return segment(glyphs.done, 'good');
		}

		case 'failed': {
			return segment(glyphs.failed, 'bad', {bold: true});
		}

		case 'running': {
			return endedAt === undefined ? segment(glyphs.running, 'accent', {bold: true}) : segment('?', 'warn', {bold: true});
		}

		case 'waiting': {
			return segment(glyphs.waiting, 'faint');
		}
	}
}

// Results first: parameters that find no room are left out, from the right.
function benchmarkTable(
	state: RunState,
	benchmarks: readonly BenchmarkState[],
	width: number,
	glyphs: Glyphs,
): {readonly columns: readonly Column[]; readonly rows: readonly Cells[]; readonly titles: Cells} {
	const names = differingParameters(state);
	const short = shortNames(names);
	// A column that nobody fills yet would take the room of a name.
	const found = benchmarks.map(benchmark => resultCells(benchmark));
	const filled = ([0, 1] as const).filter(place => found.some(cells => cells[place].length > 0));
	const results = found.map(cells => filled.map(place => cells[place]));
	const ends = filled.map((): Column => ({title: '', align: 'right'}));
	const endWidth = columnWidths(ends, results).reduce((sum, one) => sum + one + 2, 0);
	const number: Column = {title: '', align: 'right'};
	const numbers = benchmarks.map(({index}): Line => lineOf(String(index), 'muted'));
	let room = width - endWidth - Math.max(...numbers.map(line => lineWidth(line)), 1);
	const parameters: Array<{readonly column: Column; readonly title: string; readonly cells: readonly Line[]}> = [];
	for (const [place, name] of names.entries()) {
		const cells = benchmarks.map(({input}): Line => lineOf(cellText(leavesOf(input).get(name))));
		const widest = Math.max(...cells.map(cell => lineWidth(cell)));
		const title = short[place]!;
		const isNumber = benchmarks.every(({input}) => typeof leavesOf(input).get(name) === 'number');
		const full = Math.max(widest, Math.min(title.length, parameters.length === 0 ? Math.max(widest, room - 2) : Math.max(widest, 12)));
		if (room < full + 2) {
			break;
		}

		parameters.push({column: {title, align: isNumber ? 'right' : 'left', max: full}, title, cells});
		room -= full + 2;
	}

	return {
		columns: [number, ...parameters.map(({column}) => column), ...ends],
		titles: [
			undefined,
			...parameters.map(({title, column}): Line => lineOf(shortTitle(title, column.max ?? title.length, glyphs.ellipsis), 'muted')),
			...ends.map(() => undefined),
		],
		rows: benchmarks.map((_, row): Cells => [numbers[row], ...parameters.map(({cells}) => cells[row]), ...results[row]!]),
	};
}

// The end of a name says more than its beginning.
function shortTitle(title: string, width: number, ellipsis: string): string {
	return title.length <= width ? title : `${ellipsis}${title.slice(title.length - width + 1)}`;
}

function resultCells(benchmark: BenchmarkState): readonly [Line, Line] {
	const {status, output, failure, endedAt} = benchmark;
	if (failure) {
		return [lineOf(failure.kind.replaceAll('-', ' '), 'bad'), []];
	}

	if (status === 'running') {
		// Its runner has told of nothing more.
		return [endedAt === undefined ? lineOf(phaseNow(benchmark), 'accent') : lineOf('cut off', 'bad'), []];
	}

	const {latencyMs, throughput} = headline(output);
	return [latencyMs === undefined ? [] : lineOf(`${shortNumber(latencyMs)} ms`), throughput === undefined ? [] : lineOf(`${shortNumber(throughput)}/s`)];
}
