import {plainText} from '../../../logs/styled-text.ts';
import {type RecentRun} from '../../../results/recent-runs.ts';
import {type Glyphs} from '../../glyphs.ts';
import {type RunnableSuite} from '../../open-browser.ts';
import {aboutTime} from '../../text/about-time.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {shortTime} from '../../text/quantity.ts';
import {columnWidths, tableRow} from '../../text/table.ts';
import {dayAndTime} from '../day-text.ts';
import {selectedLine} from '../row-style.ts';
import {statusCell} from '../suites/suites-lines.ts';
import {type HomeData} from './use-home.ts';

/** What the cursor can be on. */
export type HomeItem = {readonly kind: 'run'; readonly run: RecentRun} | {readonly kind: 'suite'; readonly suite: RunnableSuite};

export function homeItems({recent, runnable}: HomeData): readonly HomeItem[] {
	return [...recent.map((run): HomeItem => ({kind: 'run', run})), ...runnable.map((suite): HomeItem => ({kind: 'suite', suite}))];
}

/** The screen as lines, and the line of the cursor. */
export function homeLines(data: HomeData, cursor: number, {glyphs, width}: {readonly glyphs: Glyphs; readonly width: number}): {readonly lines: readonly Line[]; readonly at: number} {
	const lines: Line[] = [[], lineOf(' What ran last', 'accent', {bold: true})];
	let at = 0;
	const add = (line: Line, isCursor: boolean) => {
		at = isCursor ? lines.length : at;
		lines.push(isCursor ? selectedLine(line, width) : line);
	};

	const runRows = data.recent.map(run => runCells(run, glyphs, width));
	const runColumns = [{title: ''}, {title: '', max: Math.max(16, Math.floor(width / 4))}, {title: ''}, {title: ''}, {title: '', align: 'right' as const}, {title: ''}];
	const runWidths = columnWidths(runColumns, runRows);
	for (const [index, run] of data.recent.entries()) {
		add([segment('  '), ...tableRow(runRows[index]!, runColumns, runWidths)], index === cursor);
		lines.push(...causeLines(run));
	}

	if (data.recent.length === 0) {
		lines.push(lineOf(data.isListing ? '  Reading …' : '  Nothing yet: choose a suite below.', 'muted'));
	}

	lines.push([], lineOf(' Suites that can be run here', 'accent', {bold: true}));
	const suiteRows = data.runnable.map(suite => suiteCells(suite));
	const suiteColumns = [{title: '', max: Math.max(20, Math.floor(width / 2))}, {title: '', align: 'right' as const}, {title: ''}, {title: '', max: Math.floor(width / 3)}];
	const suiteWidths = columnWidths(suiteColumns, suiteRows);
	for (const [index, row] of suiteRows.entries()) {
		add([segment('  '), ...tableRow(row, suiteColumns, suiteWidths)], data.recent.length + index === cursor);
	}

	if (data.isLooking || data.runnable.length === 0) {
		lines.push(lineOf(data.isLooking ? '  Looking …' : '  None: benchdeck list shows the suites, and which engines they take.', 'muted'));
	}

	return {lines, at};
}

function runCells({suite}: RecentRun, glyphs: Glyphs, width: number): readonly Line[] {
	const {startedAt, word, finished, total, failed, durationMs} = suite;
	return [
		statusCell(suite, glyphs),
		lineOf(plainText(suite.suite)),
		lineOf(width < 100 ? '' : word ?? '', 'muted'),
		lineOf(startedAt === undefined ? '' : dayAndTime(startedAt), 'muted'),
		lineOf(`${finished}/${total}${failed > 0 ? `, ${failed} failed` : ''}`),
		lineOf(durationMs === undefined ? '' : shortTime(durationMs), 'muted'),
	];
}

function whyOf({triage, suite}: RecentRun): string {
	if (triage) {
		const {cause, first, message} = triage;
		return `${cause ? `${cause.name}: ` : ''}${cause?.line ?? first?.lines.at(-1) ?? message}`;
	}

	return suite.status === 'interrupted' ? 'It was cut off.' : '';
}

/** Why, and what to do. */
function causeLines(run: RecentRun): readonly Line[] {
	const {missing, suite, canResume} = run;
	const why = whyOf(run);
	const left =
		missing && missing.count > 0
			? `resume the ${missing.count} that ${missing.count === 1 ? 'is' : 'are'} missing${missing.ms === undefined ? '' : ` in about ${aboutTime(missing.ms)}`}`
			: '';
	return suite.status === 'failed' || suite.status === 'interrupted'
		? [
			...(why === '' ? [] : [lineOf(`      ${plainText(why)}`, 'warn')]),
			[segment('      enter', 'accent'), segment(' see why', 'muted'), ...(left === '' || !canResume ? [] : [segment('   r', 'accent'), segment(` ${left}`, 'muted')])],
		]
		: [];
}

function suiteCells({name, benchmarks, estimateMs, hosts}: RunnableSuite): readonly Line[] {
	return [
		lineOf(plainText(name)),
		lineOf(`${benchmarks} benchmark${benchmarks === 1 ? '' : 's'}`, 'muted'),
		lineOf(`about ${aboutTime(estimateMs)}`, 'muted'),
		lineOf(`on ${hosts.map(host => plainText(host)).join(', ')}`, 'faint'),
	];
}
