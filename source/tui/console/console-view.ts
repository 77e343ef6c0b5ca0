/*
What the console shows at a moment: a pure function of the run, of where a person is in it, of the time and of the size.
*/
import {type RunActions} from '../../core/console.ts';
import {type RunState} from '../../core/state.ts';
import {type Glyphs} from '../glyphs.ts';
import {type Line, lineWidth} from '../text/line.ts';
import {benchmarkListLines} from './benchmark-list.ts';
import {baseScreen, type ConsolePlace, type ConsoleView} from './console-frame.tsx';
import {runStanding} from './header.ts';
import {consoleLayout, mostListWidth} from './layout.ts';
import {type Chart} from './live-charts.ts';
import {messageLines} from './message.ts';
import {type ConsoleModel} from './model.ts';
import {planPanes} from './panes.tsx';
import {orderedProcs, shownBenchmark} from './select.ts';
import {knownRun} from './unheard-run.ts';

/** What this console can do, by what is there. */
type Powers = Pick<RunActions, 'skip' | 'stop' | 'openFile'>;

export type Moment = {
	readonly state: RunState;
	readonly model: ConsoleModel;
	readonly charts: readonly Chart[];
	readonly now: number;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
	readonly powers: Powers;
};

const chartsMost = 4;

/** What is shown, and where. */
export function viewOf({state: told, model, charts, now, columns, rows, glyphs, powers}: Moment): ConsoleView {
	const state = knownRun(told, now);
	const benchmark = shownBenchmark(state, model.benchmark);
	const procs = orderedProcs(benchmark, model.at);
	const focused = procs.find(({label}) => label === model.label) ?? procs[0];
	const standing = runStanding(state, now);
	const isOver = standing === 'finished' || standing === 'failed' || standing === 'interrupted' || standing === 'silent';
	const chartNames = Object.keys(state.live).length + model.metrics.length;
	const message = messageLines(state, benchmark, now, {columns, rows}, glyphs);
	// A narrow terminal has no room for two lists.
	const hidesList = columns < 120 && model.arrangement !== 'grid' && model.focus === 'panes';
	const layout = consoleLayout({
		columns,
		rows: rows - message.length,
		benchmarks: state.selected.length,
		listWidth: hidesList ? 0 : listWidth(state, mostListWidth(columns), glyphs),
		charts: Math.min(chartsMost, chartNames),
	});
	const plan = planPanes({benchmark, procs, focused, model, now, ...layout.panes}, glyphs);
	return {
		state, model, benchmark, procs, focused, charts, now, columns, rows, layout, plan, message,
		...keysFor(model.screen, isOver),
		without: withoutCommands(powers, isOver, state),
	};
}

const widths = new WeakMap<RunState, {readonly most: number; readonly width: number}>();

// What the widest row takes of the width that it may; worked out once for a state.
function listWidth(state: RunState, most: number, glyphs: Glyphs): number {
	if (state.selected.length === 0) {
		return 0;
	}

	const known = widths.get(state);
	if (known?.most === most) {
		return known.width;
	}

	const lines = benchmarkListLines({state, shown: undefined, isFocused: false, width: most, height: state.selected.length + 1}, glyphs);
	const width = Math.min(most, Math.max(0, ...lines.map(line => lineWidth(trimmed(line)))) + 1);
	widths.set(state, {most, width});
	return width;
}

function trimmed(line: Line): Line {
	const last = line.at(-1);
	return last?.text.trim() === '' ? trimmed(line.slice(0, -1)) : line;
}

function keysFor(screen: ConsoleView['model']['screen'], isOver: boolean): {readonly places: readonly ConsolePlace[]; readonly first: readonly string[]} {
	const after: readonly ConsolePlace[] = isOver ? ['finished'] : [];
	switch (baseScreen(screen)) {
		case 'charts': {
			return {places: ['chart', 'console', ...after, 'general'], first: ['chart-next', 'chart-split', 'earlier', 'later', 'charts']};
		}

		case 'zoomed': {
			return {places: ['console', 'searching', 'moving', ...after, 'general'], first: ['search', 'filter', 'next-error', 'next-pane', 'wrap', 'stream', 'copy', 'open']};
		}

		case 'panes': {
			return {
				places: ['console', 'searching', 'moving', ...after, 'general'],
				first: [...(isOver ? ['browse', 'failing'] : []), 'next-pane', 'zoom', 'search', 'charts', 'next-error', 'copy', 'filter', 'arrange'],
			};
		}
	}
}

// Footer, help and palette name no key that would do nothing.
function withoutCommands(powers: Powers, isOver: boolean, {benchmarks, held}: RunState): readonly string[] {
	return [
		...(held ? [] : ['let-go']),
		...(isOver || !powers.skip ? ['skip'] : []),
		...(isOver || !powers.stop ? ['stop'] : []),
		...(isOver ? ['detach'] : []),
		...(benchmarks.some(({status}) => status === 'failed') ? [] : ['failing']),
		...(powers.openFile ? [] : ['open']),
	];
}
